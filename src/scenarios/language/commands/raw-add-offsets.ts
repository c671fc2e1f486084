import { defineCommand } from '../define-command';
import { named } from '../words';

export const rawAddOffsets = defineCommand({
  name: 'raw add-offsets',
  words: { identity: named('identity'), group: named('group') },
  about: 'AddOffsetsToTxn v1. Prints `ok` or `error TYPE`.',
});
