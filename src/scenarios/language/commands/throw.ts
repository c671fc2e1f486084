import { defineCommand } from '../define-command';
import { choice, named } from '../words';

export const throwError = defineCommand({
  name: 'throw',
  words: { consumer: named('consumer') },
  options: { error: choice('Error', 'TypeError', 'undefined') },
  about: 'Lets the hanging handler throw (K, C). Prints nothing.',
});
