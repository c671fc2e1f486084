import { defineCommand } from '../define-command';
import { partition } from '../words';

export const leader = defineCommand({
  name: 'leader',
  words: { of: partition },
  isQuery: true,
  about: 'Prints the number of the leader, or `none`.',
});
