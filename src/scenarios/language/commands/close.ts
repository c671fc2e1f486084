import { defineCommand } from '../define-command';
import { named } from '../words';

export const close = defineCommand({
  name: 'close',
  words: { client: named('producer or consumer') },
  about: 'Disconnects cleanly. Prints nothing, or `error TYPE`.',
});
