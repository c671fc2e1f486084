import { defineCommand } from '../define-command';
import { named, partition } from '../words';

export const ownCommitted = defineCommand({
  name: 'own-committed',
  words: { consumer: named('consumer'), of: partition },
  isQuery: true,
  about:
    "The consumer's own `committed()` (C, J), which C needs as a barrier behind a commit (CLI-51). Prints the offset or `none`.",
});
