import { defineCommand } from '../define-command';
import { broker } from '../words';

export const restart = defineCommand({
  name: 'restart',
  words: {},
  rest: { brokers: broker },
  about: 'Starts a killed or stopped broker on its own disk.',
});
