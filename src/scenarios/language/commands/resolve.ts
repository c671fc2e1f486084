import { defineCommand } from '../define-command';
import { named, offset } from '../words';

export const resolve = defineCommand({
  name: 'resolve',
  words: { consumer: named('consumer'), offset },
  about: 'Batch mode (K, C): calls `resolveOffset` in the hanging handler. Prints nothing.',
});
