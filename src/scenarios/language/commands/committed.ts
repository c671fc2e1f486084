import { defineCommand } from '../define-command';
import { named, partition } from '../words';

export const committed = defineCommand({
  name: 'committed',
  words: { group: named('group'), of: partition },
  flags: ['stable'],
  isQuery: true,
  about:
    'OffsetFetch at the coordinator, raw; `stable` asks with require_stable. Prints the offset, `none`, or `error UNSTABLE_OFFSET_COMMIT`.',
});
