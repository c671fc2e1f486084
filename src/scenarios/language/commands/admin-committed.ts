import { defineCommand } from '../define-command';
import { named, partition } from '../words';

export const adminCommitted = defineCommand({
  name: 'admin-committed',
  words: { group: named('group'), of: partition },
  flags: ['stable'],
  isQuery: true,
  about: "As `committed`, but asked with the client's own admin. Prints the offset, `none` or `error TYPE`.",
});
