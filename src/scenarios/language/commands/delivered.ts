import { defineCommand } from '../define-command';
import { named, partition } from '../words';

export const delivered = defineCommand({
  name: 'delivered',
  words: { consumer: named('consumer'), of: partition },
  isQuery: true,
  about: 'Prints every delivery of that partition so far, also repeated ones, in order: `0:a 1:b 1:b`, or `nothing`.',
});
