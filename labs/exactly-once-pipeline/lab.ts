/**
 * Read, process, write: a receipt for every order, in another topic, once. Receipts and offsets take effect in one
 * transaction or not at all, under crashes, lost messages, and a zombie that comes back in the middle of one.
 */
import { defineLab } from '../../src/course/define-lab';
import type { LabRecord } from '../../src/grader/lab';

function orderRecord(id: string, price: number, quantity: number, partition = 0): LabRecord {
  return { id, topic: 'orders', partition, key: id, value: JSON.stringify({ id, price, quantity }) };
}

/** A receipt is right when its total is. */
function isReceipt(value: string, order: LabRecord): boolean {
  const { price, quantity } = JSON.parse(order.value) as { price: number; quantity: number };
  return (JSON.parse(value) as { total?: unknown }).total === price * quantity;
}

export default defineLab({
  id: 'exactly-once-pipeline',
  lesson: 'consume-transform-produce',
  minutes: 30,
  points: 5,
  process: 'consumer',
  workloads: [
    {
      topics: [
        { name: 'orders', partitions: 1 },
        { name: 'receipts', partitions: 1 },
      ],
      batches: [[orderRecord('1', 20, 2), orderRecord('2', 15, 1), orderRecord('3', 7, 3)]],
    },
    {
      topics: [
        { name: 'orders', partitions: 2 },
        { name: 'receipts', partitions: 1 },
      ],
      // The second batch comes when all is quiet: whoever has woken up by then has partitions again.
      batches: [[orderRecord('7f3a', 120, 1, 0)], [orderRecord('e4f8', 8, 5, 1)]],
    },
    {
      // Three brokers cost much: one order is enough for a leader or a coordinator to die at every step of it.
      cluster: { brokers: 3, minInsyncReplicas: 2 },
      topics: [
        { name: 'orders', partitions: 1 },
        { name: 'receipts', partitions: 1 },
      ],
      batches: [[orderRecord('b81c', 12, 6)]],
    },
  ],
  services: [],
  output: { topic: 'receipts', isRight: isReceipt },
  restartBetweenBatches: false,
  faults: { kinds: ['crash', 'lost-answer', 'pause', 'fail-over'], max: 2 },
  anomalies: {
    A7: 'forbidden',
    A9: 'forbidden',
    A19: 'forbidden',
    A20: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A10: 'witness',
  },
  words: {
    en: {
      record: 'order {record}',
      effect: 'order {record} has its receipt',
      headlines: {
        pass: 'Every order has exactly one receipt',
        A7: 'Order {record} never got a receipt',
        A9: 'Order {record} got {count} receipts',
        A10: 'Order {record} was delivered more than once',
        A20: 'The receipt for order {record} and its offset went different ways',
        L1: 'The pipeline never gets past order {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single receipt can be read',
      },
      effectColumn: 'receipts',
    },
    ru: {
      record: 'заказ {record}',
      effect: 'на заказ {record} выписан чек',
      headlines: {
        pass: 'На каждый заказ ровно один чек',
        A7: 'Чека на заказ {record} так и нет',
        A9: 'Чеков на заказ {record} больше одного: {count}',
        A10: 'Заказ {record} доставлен больше одного раза',
        A20: 'Чек на заказ {record} и его смещение разошлись',
        L1: 'Конвейер застрял на заказе {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Прочитать нельзя ни одного чека',
      },
      effectColumn: 'чеков',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A9', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/each-batch': { status: 'pass', anomaly: null },
    'alternatives/new-producer': { status: 'pass', anomaly: null },
    'alternatives/unique-id': { status: 'pass', anomaly: null },
    'attempts/commit-offsets-as-well': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/send-the-offset-after-next': { status: 'fail', anomaly: 'A9', faults: 0 },
    'attempts/commit-offsets-beside': { status: 'fail', anomaly: 'A20', faults: 1 },
    'attempts/commit-offsets-first': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/send-the-offset-read': { status: 'fail', anomaly: 'A20', faults: 0 },
    'attempts/leave-auto-commit-on': { status: 'fail', anomaly: 'A20', faults: 1 },
    'attempts/two-transactions': { status: 'fail', anomaly: 'A20', faults: 1 },
    'attempts/send-outside': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/only-idempotent': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/never-give-up': { status: 'fail', anomaly: 'L1', faults: 1 },
    'attempts/forget-to-abort': { status: 'fail', anomaly: 'L1', faults: 1 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'between-receipt-and-offset': { version: 'attempts/commit-offsets-beside', execution: 'v0:crash@end-txn#1.after' },
    'crash-in-a-transaction': { version: 'solution', execution: 'v0:crash@txn-offsets#2.after' },
    'zombie-in-a-transaction': { version: 'solution', execution: 'v0:pause@end-txn#2' },
  },
});
