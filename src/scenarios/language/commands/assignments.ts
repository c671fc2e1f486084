import { defineCommand } from '../define-command';
import { named } from '../words';

export const assignments = defineCommand({
  name: 'assignments',
  words: { consumer: named('consumer') },
  isQuery: true,
  about:
    'Prints how many times the consumer has been given an assignment: one more with every rebalance that it takes part in.',
});
