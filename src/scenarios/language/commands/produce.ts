import { defineCommand } from '../define-command';
import { choice, partition, value } from '../words';

export const produce = defineCommand({
  name: 'produce',
  words: { to: partition },
  rest: { values: value },
  options: { acks: choice('0', '1', 'all') },
  about:
    'Set-up: writes the values one after another without any client of the row (no producer id, acks=all), each until it is acknowledged. Prints nothing.',
});
