import { defineCommand } from '../define-command';
import { named } from '../words';

export const abort = defineCommand({
  name: 'abort',
  words: { producer: named('producer') },
  about: 'Aborts the transaction. Prints `ok` or `error TYPE`.',
});
