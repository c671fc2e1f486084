import { defineCommand } from '../define-command';
import { choice, named, number } from '../words';

export const delayRequest = defineCommand({
  name: 'delay-request',
  words: { client: named('producer or consumer'), api: choice('Produce', 'OffsetCommit', 'EndTxn', 'TxnOffsetCommit') },
  options: { times: number('count') },
  about:
    'Model only: the next `times` such requests of this client (one; 0 takes the rest of the order back) are held up on their way and arrive after the client has given them up, or after 45 seconds when it does not.',
});
