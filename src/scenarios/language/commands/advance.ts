import { defineCommand } from '../define-command';
import { duration } from '../words';

export const advance = defineCommand({
  name: 'advance',
  words: { by: duration },
  about: 'Lets this much time pass: virtual time on the model, at least as long on a real cluster.',
});
