import { defineCommand } from '../define-command';
import { choice, named, number, partition, value } from '../words';

export const send = defineCommand({
  name: 'send',
  words: { producer: named('producer'), to: partition },
  rest: { values: value },
  options: { size: number('bytes'), acks: choice('0', '1', 'all') },
  about:
    'One `send` with these values (J: one a value, then flush), inside the open transaction if there is one, and awaits it. `size` pads each value with dots. Prints `ok offset=N`, N being the base offset the client was told, `ok` where it is told none (acks=0), or `error TYPE`.',
});
