import { defineCommand } from '../define-command';
import { named, partition } from '../words';

export const rawAddPartitions = defineCommand({
  name: 'raw add-partitions',
  words: { identity: named('identity') },
  rest: { partitions: partition },
  about: 'AddPartitionsToTxn v1 for an identity made with `tid`. Prints `ok` or `error TYPE`.',
});
