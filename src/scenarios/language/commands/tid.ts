import { defineCommand } from '../define-command';
import { named, number } from '../words';

export const tid = defineCommand({
  name: 'tid',
  words: { tid: named('transactional id') },
  options: { coordinator: number('broker') },
  about: 'The same for a transactional id.',
});
