/**
 * One row an order, in a real table: redelivery repeats a record at the same offset, an impatient shop sends an order
 * again at another one, and a process that has been replaced still writes.
 */
import { defineLab } from '../../src/course/define-lab';
import type { LabDatabase, LabRecord } from '../../src/grader/lab';

type Row = NonNullable<Parameters<LabDatabase['effects']>[0][string]>[number];

interface Order {
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
}

function orderRecord(id: string, item: string, quantity: number, partition = 0): LabRecord {
  return { id, topic: 'orders', partition, key: id, value: JSON.stringify({ id, item, quantity }) };
}

function ordersOf(records: readonly LabRecord[]): ReadonlyMap<string, string> {
  const orders = records.map(({ value }) => JSON.parse(value) as Order);
  return new Map(orders.map(({ id, item, quantity }) => [id, contentOf({ item, quantity })]));
}

/** `kettle × 1`: what was ordered, or what a row says was ordered. */
function contentOf({ item, quantity }: Row): string {
  return `${String(item)} × ${String(quantity)}`;
}

/** What the rows of each order say, one wrong row before any right ones; nothing is wrong with rows that are not there (A7). */
function contents(rows: readonly Row[], records: readonly LabRecord[]): Record<string, string> {
  const said = new Map(ordersOf(records));
  for (const row of rows) {
    const content = contentOf(row);
    if (content !== said.get(String(row['order_id']))) said.set(String(row['order_id']), content);
  }
  return Object.fromEntries(said);
}

/** The key is a text of the program's own choice; `order_id` says which order a row is. */
const database: LabDatabase = {
  schema: `
    CREATE TABLE orders (
      key TEXT PRIMARY KEY,
      order_id TEXT NOT NULL,
      item TEXT NOT NULL,
      quantity INTEGER NOT NULL
    );
  `,
  effects: ({ orders }) => {
    const counts: Record<string, number> = {};
    for (const { order_id: id } of orders ?? []) counts[String(id)] = (counts[String(id)] ?? 0) + 1;
    return counts;
  },
  // A row counts by its `order_id`; whether it says what was ordered is asked at the end. A row of no order says too much.
  fold: {
    expected: (records) => Object.fromEntries(ordersOf(records)),
    actual: ({ orders }, records) => contents(orders ?? [], records),
  },
};

export default defineLab({
  id: 'create-order',
  lesson: 'natural-keys-and-upserts',
  minutes: 25,
  points: 3,
  process: 'consumer',
  workloads: [
    {
      topics: [{ name: 'orders', partitions: 1 }],
      // The shop did not get an answer for order 2 and sent it again.
      batches: [
        [
          orderRecord('1', 'kettle', 1),
          orderRecord('2', 'lamp', 2),
          orderRecord('2', 'lamp', 2),
          orderRecord('3', 'chair', 4),
        ],
      ],
    },
    {
      topics: [{ name: 'orders', partitions: 2 }],
      // Two orders ask for the same: a key made of what they ask for is no key.
      batches: [
        [
          orderRecord('7f3a', 'mirror', 1, 0),
          orderRecord('c09e', 'shelf', 3, 1),
          orderRecord('51bd', 'mirror', 1, 0),
          orderRecord('c09e', 'shelf', 3, 1),
        ],
      ],
    },
    {
      topics: [{ name: 'orders', partitions: 1 }],
      // More orders than a pool has connections: those that are never given back are missed at the eleventh.
      batches: [Array.from({ length: 12 }, (_none, index) => orderRecord(`b${index + 1}`, 'chair', 1))],
      maxFaults: 0,
    },
  ],
  services: [],
  database,
  restartBetweenBatches: false,
  faults: { kinds: ['crash', 'connection-lost-after-commit', 'connection-lost-before-commit', 'pause'], max: 2 },
  anomalies: {
    A7: 'forbidden',
    A9: 'forbidden',
    A11: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A10: 'witness',
    A14: 'allowed',
    A15: 'allowed',
  },
  words: {
    en: {
      record: 'order {record}',
      effect: 'order {record} has its row',
      headlines: {
        pass: 'Every order has exactly one row',
        A7: 'Order {record} has no row',
        A9: 'Order {record} has {count} rows',
        A10: 'Order {record} was delivered more than once',
        A11: 'The row of order {key} says "{actual}" and has to say "{expected}"',
        A15: 'A restart without new input delivered order {record} again',
        L1: 'The consumer never gets past order {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single row was written',
      },
      effectColumn: 'rows',
    },
    ru: {
      record: 'заказ {record}',
      effect: 'у заказа {record} есть строка',
      headlines: {
        pass: 'У каждого заказа ровно одна строка',
        A7: 'У заказа {record} нет строки',
        A9: 'У заказа {record} несколько строк: {count}',
        A10: 'Заказ {record} доставлен больше одного раза',
        A11: 'В строке заказа {key} стоит «{actual}», а должно быть «{expected}»',
        A15: 'После перезапуска без новых данных заказ {record} доставлен ещё раз',
        L1: 'Консьюмер застрял на заказе {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Не записано ни одной строки',
      },
      effectColumn: 'строк',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'L1', faults: 0 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/catch-the-duplicate': { status: 'pass', anomaly: null },
    'alternatives/upsert-batch': { status: 'pass', anomaly: null },
    'alternatives/check-in-a-transaction': { status: 'pass', anomaly: null },
    'alternatives/hashed-key': { status: 'pass', anomaly: null },
    'attempts/key-from-the-offset': { status: 'fail', anomaly: 'A9', faults: 0 },
    'attempts/key-from-the-content': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/key-per-attempt': { status: 'fail', anomaly: 'A9', faults: 0 },
    'attempts/key-from-the-process': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/select-then-insert': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/remember-in-memory': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/check-under-read-committed': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/insert-where-not-exists': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/insert-then-count': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/key-from-the-timestamp': { status: 'fail', anomaly: 'A9', faults: 0 },
    'attempts/upsert-twice-in-a-batch': { status: 'fail', anomaly: 'L1', faults: 0 },
    'attempts/forget-to-release': { status: 'fail', anomaly: 'L1', faults: 0 },
    'attempts/placeholders-in-the-row': { status: 'fail', anomaly: 'A11', faults: 0 },
    'attempts/add-quantities': { status: 'fail', anomaly: 'A11', faults: 0 },
    'attempts/rows-of-no-order': { status: 'fail', anomaly: 'A11', faults: 0 },
    'attempts/delete-then-insert': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/commit-before': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/forget-to-await': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/any-error-is-a-duplicate': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'blocked-by-a-duplicate': { version: 'starter', execution: 'v0:-' },
    'two-at-once': { version: 'attempts/select-then-insert', execution: 'v0:pause@query#2' },
  },
});
