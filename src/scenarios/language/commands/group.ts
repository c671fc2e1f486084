import { defineCommand } from '../define-command';
import { named, number } from '../words';

export const group = defineCommand({
  name: 'group',
  words: { group: named('group') },
  options: { coordinator: number('broker') },
  about:
    'Chooses the real name behind the group id so that this broker coordinates it. Groups need no other declaration.',
});
