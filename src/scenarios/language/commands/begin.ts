import { defineCommand } from '../define-command';
import { named } from '../words';

export const begin = defineCommand({
  name: 'begin',
  words: { producer: named('producer') },
  about:
    'Begins a transaction (K, C: `producer.transaction()`; J: `beginTransaction()`). Prints nothing, or `error TYPE`.',
});
