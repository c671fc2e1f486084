import { defineCommand } from '../define-command';
import { partition } from '../words';

export const isr = defineCommand({
  name: 'isr',
  words: { of: partition },
  isQuery: true,
  about: 'Prints the in-sync replicas, ascending: `1 2 3`, or `nothing`.',
});
