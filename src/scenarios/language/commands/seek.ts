import { defineCommand } from '../define-command';
import { named, offset, partition } from '../words';

export const seek = defineCommand({
  name: 'seek',
  words: { consumer: named('consumer'), of: partition, offset },
  about: "The consumer's `seek`. Prints nothing, or `error TYPE`.",
});
