import { defineCommand } from '../define-command';
import { choice, named } from '../words';

export const rawEndTxn = defineCommand({
  name: 'raw end-txn',
  words: { identity: named('identity'), result: choice('commit', 'abort') },
  about: 'EndTxn v1. Prints `ok` or `error TYPE`.',
});
