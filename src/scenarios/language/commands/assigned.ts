import { defineCommand } from '../define-command';
import { named } from '../words';

export const assigned = defineCommand({
  name: 'assigned',
  words: { consumer: named('consumer') },
  isQuery: true,
  about: 'Prints the partitions that the consumer believes to own: `t/0 t/1`, or `nothing`.',
});
