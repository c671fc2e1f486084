import { defineCommand } from '../define-command';
import { named } from '../words';

export const commit = defineCommand({
  name: 'commit',
  words: { producer: named('producer') },
  about: 'Commits the transaction. Prints `ok` or `error TYPE`.',
});
