import { defineCommand } from '../define-command';
import { duration, named, number, partition, value } from '../words';

export const sendEach = defineCommand({
  name: 'send-each',
  words: { producer: named('producer'), to: partition, prefix: value, count: number('count') },
  options: { pace: duration },
  about:
    'One awaited `send` a value, waiting `pace` between them: `send-each p t/0 r 40` sends r1 to r40. Prints one line a value that was rejected (`r7 error TYPE`), then `sent N`, the number of resolved sends.',
});
