import { defineCommand } from '../define-command';
import { choice, duration, named, number, retries } from '../words';

export const producer = defineCommand({
  name: 'producer',
  words: { producer: named('producer') },
  flags: ['idempotent', 'plain'],
  options: {
    tid: named('transactional id'),
    in: named('process'),
    acks: choice('0', '1', 'all'),
    retries,
    'txn-timeout': duration,
    'request-timeout': duration,
    'ack-timeout': duration,
    'delivery-timeout': duration,
    linger: duration,
    'in-flight': number('count'),
    'retry-backoff': duration,
    'retry-backoff-max': duration,
  },
  about:
    "Makes and connects a producer of the row's client, with that client's own defaults. `plain` says idempotence off, `idempotent` on. With `tid` the transactional id is initialised before the command ends (K: transaction and abort, C: connect, J: initTransactions), so predecessors are fenced. `ack-timeout` is the time-out that the broker is given for acks=all (J: the request time-out). Model only: `linger`, `in-flight` (`max.in.flight.requests.per.connection`), `retry-backoff`, `retry-backoff-max`. `in` names its process; without it the process is called as the producer. Prints nothing, or `error TYPE`.",
});
