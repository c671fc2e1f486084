import { defineCommand } from '../define-command';
import { target } from '../words';

export const pause = defineCommand({
  name: 'pause',
  words: {},
  rest: { targets: target },
  about: 'SIGSTOP. On the real cluster no outstanding fetch reaches a paused broker any more when the command ends.',
});
