import { defineCommand } from '../define-command';
import { choice, named, number } from '../words';

export const dropRequest = defineCommand({
  name: 'drop-request',
  words: {
    client: named('producer or consumer'),
    api: choice('Produce', 'OffsetCommit', 'EndTxn', 'TxnOffsetCommit', 'AddPartitionsToTxn', 'AddOffsetsToTxn'),
  },
  options: { times: number('count') },
  about:
    'Model only: the next `times` such requests of this client (one; 0 takes the rest of the order back) are lost before they arrive, and the connection breaks.',
});
