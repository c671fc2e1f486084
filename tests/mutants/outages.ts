/** Faults of what befalls brokers in labs: the grader would try something else than it says. */
import type { Mutant } from './mutant';

const BROKERS = ['tests/unit/grader/broker-faults.test.ts'];

export const OUTAGE_MUTANTS: readonly Mutant[] = [
  {
    id: 'dead-leader-still-copies',
    rule: 'ACK-4',
    file: 'kafka/outages.ts',
    from: '      if (isCutOff) this.cutOff(id);\n',
    to: '',
    tests: BROKERS,
  },
  {
    id: 'leader-left-alone-still-waits',
    rule: 'REP-5',
    file: 'kafka/outages.ts',
    from: 'follower.lastCaughtUpAt = Number.NEGATIVE_INFINITY;',
    to: 'follower.lastCaughtUpAt += 0;',
    tests: BROKERS,
  },
  {
    id: 'hanging-follower-copies',
    rule: 'ISR-3',
    file: 'kafka/broker/broker.ts',
    from: 'if (this.isHanging) this.untaken.push(link);\n    else this.whenRunning',
    to: 'this.whenRunning',
    tests: BROKERS,
  },
  {
    id: 'pause-shorter-than-a-session',
    rule: 'REP-9',
    file: 'kafka/outages.ts',
    from: 'brokerSessionTimeoutMs + REPLACEMENT_MS',
    to: 'brokerSessionTimeoutMs - REPLACEMENT_MS',
    tests: BROKERS,
  },
  {
    id: 'refused-connection-uses-up-a-repetition',
    rule: 'CLI-54',
    file: 'kafka/client/confluent/producer/partition-queue.ts',
    from: ' || producer.cluster.broker(leader).isRefusing === true',
    to: '',
    tests: BROKERS,
  },
];
