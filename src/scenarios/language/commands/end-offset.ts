import { defineCommand } from '../define-command';
import { choice, partition } from '../words';

export const endOffset = defineCommand({
  name: 'end-offset',
  words: { of: partition, isolation: choice('ru', 'rc') },
  isQuery: true,
  about: 'ListOffsets latest, raw: the high watermark (ru) or the last stable offset (rc).',
});
