import { defineCommand } from '../define-command';
import { partition } from '../words';

export const values = defineCommand({
  name: 'values',
  words: { of: partition },
  isQuery: true,
  about:
    'The values of `log` in order without offsets and control records: for rows in which the number of markers is not fixed.',
});
