import { defineCommand } from '../define-command';
import { choice, named, number } from '../words';

export const dropResponse = defineCommand({
  name: 'drop-response',
  words: {
    client: named('producer or consumer'),
    api: choice('Produce', 'OffsetCommit', 'EndTxn', 'TxnOffsetCommit', 'AddPartitionsToTxn', 'AddOffsetsToTxn'),
  },
  options: { times: number('count'), by: choice('close', 'swallow') },
  about:
    'The next `times` answers (one; 0 takes the rest of the order back) to such requests of this client are lost after the broker acted: by closing the connection, or swallowed, so that the client waits for its time-out.',
});
