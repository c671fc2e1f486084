import { defineCommand } from '../define-command';
import { duration, named } from '../words';

export const rawInitProducer = defineCommand({
  name: 'raw init-producer',
  words: { identity: named('identity') },
  options: { tid: named('transactional id'), timeout: duration },
  about:
    'InitProducerId, repeated while the answer is COORDINATOR_LOAD_IN_PROGRESS or CONCURRENT_TRANSACTIONS; keeps producer id and epoch under the name. Prints `ok epoch=N` or `error TYPE`.',
});
