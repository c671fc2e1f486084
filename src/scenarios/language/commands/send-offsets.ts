import { defineCommand } from '../define-command';
import { named, offset, partition } from '../words';

export const sendOffsets = defineCommand({
  name: 'send-offsets',
  words: { producer: named('producer'), consumer: named('consumer'), of: partition, offset },
  about:
    "Adds the offset to the transaction for the consumer's group (K: by group id; C: `consumer`; J: `groupMetadata()`). Prints `ok` or `error TYPE`.",
});
