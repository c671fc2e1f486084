import { defineCommand } from '../define-command';
import { target } from '../words';

export const resume = defineCommand({
  name: 'resume',
  words: {},
  rest: { targets: target },
  about: 'SIGCONT.',
});
