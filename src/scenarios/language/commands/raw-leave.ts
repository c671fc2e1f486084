import { defineCommand } from '../define-command';
import { named } from '../words';

export const rawLeave = defineCommand({
  name: 'raw leave',
  words: { group: named('group'), member: named('member') },
  about: 'LeaveGroup. Prints `ok` or `error TYPE`.',
});
