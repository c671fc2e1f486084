import { defineCommand } from '../define-command';
import { broker } from '../words';

export const stop = defineCommand({
  name: 'stop',
  words: {},
  rest: { brokers: broker },
  about: 'SIGTERM: a controlled shutdown, which moves leadership first. Prints nothing.',
});
