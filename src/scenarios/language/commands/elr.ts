import { defineCommand } from '../define-command';
import { partition } from '../words';

export const elr = defineCommand({
  name: 'elr',
  words: { of: partition },
  isQuery: true,
  about: 'Prints the eligible leader replicas, ascending, or `nothing`.',
});
