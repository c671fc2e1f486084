import { defineCommand } from '../define-command';
import { partition } from '../words';

export const log = defineCommand({
  name: 'log',
  words: { of: partition },
  isQuery: true,
  about:
    'A raw read_uncommitted Fetch with its control records: the log below the high watermark. Prints `0:a 1:•commit 2:b 3:•abort`, or `nothing`.',
});
