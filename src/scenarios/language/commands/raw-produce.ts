import { defineCommand } from '../define-command';
import { broker, choice, duration, named, number, partition, sequences, value } from '../words';

export const rawProduce = defineCommand({
  name: 'raw produce',
  words: { to: partition },
  rest: { values: value },
  flags: ['transactional'],
  options: {
    pid: named('identity'),
    epoch: number('epoch'),
    seq: sequences,
    acks: choice('0', '1', 'all'),
    timeout: duration,
    broker,
  },
  about:
    "One Produce request with one batch, never repeated, to the leader or the given broker. Without `pid` it is a plain batch; `epoch` is the identity's unless given. Prints `ok offset=N`, or `error TYPE`, or `error TYPE offset=N` where the answer carries an offset.",
});
