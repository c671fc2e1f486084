/**
 * A transaction fails, is rolled back, and the program goes on: with the same batch, not with the next one. An abort takes
 * back what was written; it does not take back the consumer.
 */
import { defineLab } from '../../src/course/define-lab';
import type { LabRecord } from '../../src/grader/lab';

function paymentRecord(id: string, cents: number, partition = 0): LabRecord {
  return { id, topic: 'payments', partition, key: id, value: JSON.stringify({ id, cents }) };
}

/** A booking is right when its amount is. */
function isBooking(value: string, payment: LabRecord): boolean {
  const { cents } = JSON.parse(payment.value) as { cents: number };
  return (JSON.parse(value) as { euros?: unknown }).euros === (cents / 100).toFixed(2);
}

export default defineLab({
  id: 'abort-and-go-on',
  lesson: 'when-transactions-fail',
  minutes: 25,
  points: 4,
  process: 'consumer',
  workloads: [
    {
      topics: [
        { name: 'payments', partitions: 1 },
        { name: 'bookings', partitions: 1 },
      ],
      batches: [[paymentRecord('1', 1250), paymentRecord('2', 300), paymentRecord('3', 9999)]],
    },
    {
      topics: [
        { name: 'payments', partitions: 2 },
        { name: 'bookings', partitions: 2 },
      ],
      batches: [[paymentRecord('7f3a', 501, 0), paymentRecord('c09e', 20, 1), paymentRecord('51bd', 7000, 0)]],
    },
  ],
  services: [],
  output: { topic: 'bookings', isRight: isBooking },
  restartBetweenBatches: false,
  faults: { kinds: ['crash', 'send-error', 'abortable-error'], max: 2 },
  anomalies: {
    A7: 'forbidden',
    A9: 'forbidden',
    A17: 'forbidden',
    A19: 'forbidden',
    A20: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A10: 'witness',
  },
  words: {
    en: {
      record: 'payment {record}',
      effect: 'payment {record} is booked',
      headlines: {
        pass: 'What is rolled back is done again, and nothing is done twice',
        A7: 'Payment {record} was never booked',
        A9: 'Payment {record} was booked {count} times',
        A10: 'Payment {record} was delivered more than once',
        A20: 'The booking of payment {record} and its offset went different ways',
        L1: 'The program never gets past payment {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single booking can be read',
      },
      effectColumn: 'bookings',
    },
    ru: {
      record: 'платёж {record}',
      effect: 'платёж {record} проведён',
      headlines: {
        pass: 'Отменённое сделано снова, и ничего не сделано дважды',
        A7: 'Платёж {record} так и не проведён',
        A9: 'Платёж {record} проведён больше одного раза: {count}',
        A10: 'Платёж {record} доставлен больше одного раза',
        A20: 'Проводка по платежу {record} и его смещение разошлись',
        L1: 'Программа застряла на платеже {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Прочитать нельзя ни одной проводки',
      },
      effectColumn: 'проводок',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A7', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/each-message': { status: 'pass', anomaly: null },
    'alternatives/new-producer': { status: 'pass', anomaly: null },
    'alternatives/exit-on-error': { status: 'pass', anomaly: null },
    'alternatives/seek-back': { status: 'pass', anomaly: null },
    'alternatives/try-again-in-place': { status: 'pass', anomaly: null },
    'attempts/abort-in-finally': { status: 'fail', anomaly: 'A9', faults: 0 },
    'attempts/fall-back': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/never-abort': { status: 'fail', anomaly: 'L1', faults: 1 },
    'attempts/resolve-first': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/retry-in-the-transaction': { status: 'fail', anomaly: 'L1', faults: 1 },
    'attempts/retry-once': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/seek-forward': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/skip-what-fails': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/step-over': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 1 },
    // It loses too, with two faults; what is named is what one fault shows.
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A20', faults: 1 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'rolled-back-and-skipped': { version: 'starter', execution: 'v0:send-error@produce#1' },
    'rolled-back-and-done-again': { version: 'solution', execution: 'v0:send-error@produce#2' },
    'offsets-refused': { version: 'solution', execution: 'v0:abortable-error@txn-offsets#1' },
  },
});
