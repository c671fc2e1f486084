/**
 * A member that froze and was replaced wakes up in the middle of its work and goes on (GRP-9). The group refuses its
 * commits; nobody refuses its mails, unless the mails say what they are.
 */
import { defineLab } from '../../src/course/define-lab';
import type { LabRecord } from '../../src/grader/lab';
import { mailer } from '../../src/services/mailer';

function orderRecord(id: string, item: string, partition = 0): LabRecord {
  return { id, topic: 'orders', partition, key: id, value: JSON.stringify({ id, item }) };
}

export default defineLab({
  id: 'evicted-consumer',
  lesson: 'rebalances-and-zombies',
  minutes: 25,
  points: 4,
  process: 'consumer',
  workloads: [
    {
      topics: [{ name: 'orders', partitions: 1 }],
      batches: [[orderRecord('1', 'kettle'), orderRecord('2', 'lamp'), orderRecord('3', 'chair')]],
    },
    {
      topics: [{ name: 'orders', partitions: 2 }],
      // Two orders ask for the same: a key made of what they ask for is no key.
      batches: [
        [
          orderRecord('7f3a', 'mirror', 0),
          orderRecord('c09e', 'shelf', 1),
          orderRecord('51bd', 'mirror', 0),
          orderRecord('e4f8', 'stool', 1),
        ],
      ],
    },
  ],
  services: [mailer],
  restartBetweenBatches: false,
  faults: { kinds: ['crash', 'service-error', 'pause'], max: 2 },
  anomalies: {
    A7: 'forbidden',
    A9: 'forbidden',
    A24: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A10: 'witness',
    A14: 'allowed',
    A15: 'allowed',
  },
  words: {
    en: {
      record: 'order {record}',
      effect: 'order {record} is confirmed by mail',
      headlines: {
        pass: 'A member that has been replaced does no harm',
        A7: 'Order {record} was never confirmed',
        A9: 'Order {record} was confirmed {count} times',
        A10: 'Order {record} was delivered more than once',
        A15: 'A restart without new input delivered order {record} again',
        A24: 'A member that had been replaced still committed',
        L1: 'The consumer never gets past order {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single order was confirmed',
      },
      effectColumn: 'mails',
    },
    ru: {
      record: 'заказ {record}',
      effect: 'заказ {record} подтверждён письмом',
      headlines: {
        pass: 'Заменённый участник не вредит',
        A7: 'Заказ {record} так и не подтверждён',
        A9: 'Заказ {record} подтверждён больше одного раза: {count}',
        A10: 'Заказ {record} доставлен больше одного раза',
        A15: 'После перезапуска без новых данных заказ {record} доставлен ещё раз',
        A24: 'Заменённый участник всё-таки закоммитил',
        L1: 'Консьюмер застрял на заказе {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Не подтверждено ни одного заказа',
      },
      effectColumn: 'писем',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A9', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/key-from-coordinates': { status: 'pass', anomaly: null },
    'alternatives/all-of-a-batch': { status: 'pass', anomaly: null },
    'alternatives/confirmation-class': { status: 'pass', anomaly: null },
    'attempts/key-from-the-content': { status: 'fail', anomaly: 'L1', faults: 0 },
    'attempts/key-per-attempt': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/remember-in-memory': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/believe-the-commit': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/ask-then-send': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/raise-the-session-timeout': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/ask-whether-it-is-stale': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/any-answer-will-do': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/commit-first': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    zombie: { version: 'starter', execution: 'v0:pause@effect#2' },
    'zombie-with-a-key': { version: 'solution', execution: 'v0:pause@effect#2' },
  },
});
