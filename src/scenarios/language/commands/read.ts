import { defineCommand } from '../define-command';
import { choice, partition } from '../words';

export const read = defineCommand({
  name: 'read',
  words: { isolation: choice('ru', 'rc'), of: partition },
  isQuery: true,
  about:
    "What a fresh consumer of the row's client gets from offset 0 up to the end that this isolation level has now (R: a raw Fetch, aborted records taken out). Prints `0:a 1:b`, or `nothing`.",
});
