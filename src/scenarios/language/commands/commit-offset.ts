import { defineCommand } from '../define-command';
import { choice, named, offset, partition } from '../words';

export const commitOffset = defineCommand({
  name: 'commit-offset',
  words: { consumer: named('consumer'), of: partition, offset },
  options: { then: choice('kill') },
  about:
    'Commits exactly this offset (K, C: `await commitOffsets`; J: commitSync), also from inside a hanging handler. With `then=kill` the process kills itself in the statement behind it. Prints `ok` or `error TYPE`.',
});
