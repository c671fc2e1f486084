import { defineCommand } from '../define-command';
import { named, number, offset, partition } from '../words';

export const rawCommit = defineCommand({
  name: 'raw commit',
  words: { group: named('group'), of: partition, offset },
  options: { member: named('member'), generation: number('generation') },
  about:
    'OffsetCommit v7 with the id of the member and its last generation, or the one given; without `member` with generation -1 and no member id. Prints `ok` or `error TYPE`.',
});
