import { defineCommand } from '../define-command';
import { named, number, offset, partition } from '../words';

export const rawTxnCommit = defineCommand({
  name: 'raw txn-commit',
  words: { identity: named('identity'), group: named('group'), of: partition, offset },
  options: { member: named('member'), generation: number('generation') },
  about:
    "TxnOffsetCommit v3, with the member's id and generation if one is named, else without any. Prints `ok` or `error TYPE`.",
});
