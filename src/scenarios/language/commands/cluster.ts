import { defineCommand } from '../define-command';
import { duration, number } from '../words';

export const cluster = defineCommand({
  name: 'cluster',
  words: {},
  options: {
    seed: number('seed'),
    'replica-lag': duration,
    'broker-session': duration,
    'group-delay': duration,
    'offsets-retention': duration,
    'producer-id-expiration': duration,
    'txn-max-timeout': duration,
    'tid-expiration': duration,
  },
  about:
    'Model only: settings of all brokers in place of those of the test clusters (`replica.lag.time.max.ms`, `broker.session.timeout.ms`, `group.initial.rebalance.delay.ms`, `offsets.retention.minutes`, `producer.id.expiration.ms`, `transaction.max.timeout.ms`, `transactional.id.expiration.ms`). `seed` draws the pauses of `write` and of `mode=work` at random, by up to a quarter either way; without it, or with 0, they are exact. Prints nothing.',
});
