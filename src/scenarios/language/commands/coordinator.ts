import { defineCommand } from '../define-command';
import { choice, named } from '../words';

export const coordinator = defineCommand({
  name: 'coordinator',
  words: { kind: choice('group', 'tid'), of: named('group or transactional id') },
  isQuery: true,
  about: 'Prints the number of the broker that coordinates it, or `none`.',
});
