import { defineCommand } from '../define-command';
import { named } from '../words';

export const processed = defineCommand({
  name: 'processed',
  words: { consumer: named('consumer') },
  about:
    'Model only: prints the values that a consumer with `mode=work` has processed, in order, or `nothing`. What the process did before it died counts.',
  isQuery: true,
});
