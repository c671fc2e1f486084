import { defineCommand } from '../define-command';
import { number, partition } from '../words';

export const replica = defineCommand({
  name: 'replica',
  words: { broker: number('broker'), of: partition },
  isQuery: true,
  about:
    'The log that this broker has on its disk, above the high watermark too, whether it runs or not. Prints as `log`.',
});
