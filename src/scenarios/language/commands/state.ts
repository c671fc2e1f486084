import { defineCommand } from '../define-command';
import { named } from '../words';

export const state = defineCommand({
  name: 'state',
  words: { consumer: named('consumer') },
  isQuery: true,
  about: 'Prints `running`, `crashed` (K: a CRASH event without restart) or `gone` (the process has ended).',
});
