import { defineCommand } from '../define-command';
import { named } from '../words';

export const take = defineCommand({
  name: 'take',
  words: { consumer: named('consumer') },
  about:
    'Waits for the next delivery to the handler and leaves it hanging there. Prints `t/0 0:a`, in batch mode `t/0 0:a 1:b`.',
});
