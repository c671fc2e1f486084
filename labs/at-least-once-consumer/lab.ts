/** At least once on the consumer's side: whatever crashes or gets lost, no order may stay unshipped. */
import { defineLab } from '../../src/course/define-lab';
import type { LabRecord, LabService } from '../../src/grader/lab';

function orderRecord(id: string, item: string, partition = 0): LabRecord {
  return { id, topic: 'orders', partition, key: id, value: JSON.stringify({ id, item }) };
}

/**
 * Ships what it is asked to ship, also a second time: it knows orders, not what was asked before. A PUT under an order's
 * id ships it once; experiments of lessons use it.
 */
const shipping: LabService = {
  name: 'shipping',
  urlVariable: 'SHIPPING_URL',
  handle: ({ method, path, body }) => {
    const put = method === 'PUT' ? /^\/shipments\/([\w-]+)$/.exec(path) : null;
    if (put !== null) return { status: 200, body: '', applied: put[1]!, isIdempotent: true };
    if (path !== '/shipments') return { status: 404, body: `nothing at ${path}`, applied: null };
    if (method !== 'POST') return { status: 405, body: `${method} is not allowed here`, applied: null };
    const order = parseOrderId(body);
    if (order === null) return { status: 400, body: 'the body has to be {"order": id}', applied: null };
    return { status: 201, body: JSON.stringify({ shipped: order }), applied: order };
  },
};

function parseOrderId(body: string): string | null {
  try {
    const value = JSON.parse(body) as { readonly order?: unknown } | null;
    return typeof value?.order === 'string' ? value.order : null;
  } catch {
    return null;
  }
}

export default defineLab({
  id: 'at-least-once-consumer',
  lesson: 'at-least-once',
  minutes: 20,
  points: 3,
  process: 'consumer',
  workloads: [
    {
      topics: [{ name: 'orders', partitions: 1 }],
      batches: [
        [orderRecord('1', 'kettle'), orderRecord('2', 'lamp'), orderRecord('3', 'chair'), orderRecord('4', 'carpet')],
      ],
    },
    {
      topics: [{ name: 'orders', partitions: 2 }],
      batches: [
        [
          orderRecord('7f3a', 'mirror', 0),
          orderRecord('c09e', 'shelf', 1),
          orderRecord('51bd', 'clock', 0),
          orderRecord('e4f8', 'stool', 1),
          orderRecord('0a6c', 'vase', 0),
        ],
      ],
    },
  ],
  services: [shipping],
  restartBetweenBatches: false,
  faults: { kinds: ['crash', 'lost-answer', 'lost-request'], max: 2 },
  anomalies: {
    A7: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    // Whoever commits what nobody has been given loses whatever comes to stand there, also where the log is too short to show it.
    A16: 'forbidden',
    A9: 'witness',
    A10: 'allowed',
    A15: 'allowed',
  },
  words: {
    en: {
      record: 'order {record}',
      effect: 'order {record} is shipped',
      headlines: {
        pass: 'No order is ever lost',
        A7: 'Order {record} was never shipped',
        A9: 'Order {record} was shipped {count} times',
        A10: 'Order {record} was delivered more than once',
        A15: 'A restart without new input delivered order {record} again',
        A16: 'Offset {offset} was committed, and the program had come to {position}',
        L1: 'The consumer never gets past order {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single order was shipped',
      },
      effectColumn: 'shipped',
    },
    ru: {
      record: 'заказ {record}',
      effect: 'заказ {record} отправлен',
      headlines: {
        pass: 'Ни один заказ не теряется',
        A7: 'Заказ {record} так и не отправлен',
        A9: 'Заказ {record} отправлен больше одного раза: {count}',
        A10: 'Заказ {record} доставлен больше одного раза',
        A15: 'После перезапуска без новых данных заказ {record} доставлен ещё раз',
        A16: 'Закоммичено смещение {offset}, а программа дошла только до {position}',
        L1: 'Консьюмер застрял на заказе {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Не отправлено ни одного заказа',
      },
      effectColumn: 'отправлен',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A7', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/auto-commit': { status: 'pass', anomaly: null },
    'alternatives/circuit-breaker': { status: 'pass', anomaly: null },
    'alternatives/each-batch': { status: 'pass', anomaly: null },
    'alternatives/lowest-open-offset': { status: 'pass', anomaly: null },
    'alternatives/retry-in-place': { status: 'pass', anomaly: null },
    'alternatives/shipping-class': { status: 'pass', anomaly: null },
    'alternatives/time-to-cancel': { status: 'pass', anomaly: null },
    'attempts/commit-before-and-wait': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/forget-to-await': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/for-each-async': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/catch-and-continue': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/commit-in-finally': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/resolve-in-finally': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/each-for-itself': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/seek-back-under-auto-commit': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/mark-before-shipping': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/add-to-the-string': { status: 'fail', anomaly: 'A16', faults: 0 },
    'attempts/start-at-the-end': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A7', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 1 },
    // The handler throws, so the client delivers again: it takes a crash before that to lose the order.
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A7', faults: 2 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'crash-before-shipping': { version: 'starter', execution: 'v0:crash@effect#2.before' },
    'crash-after-shipping': { version: 'attempts/catch-and-continue', execution: 'v0:crash@effect#2.after' },
    'lost-request': { version: 'attempts/catch-and-continue', execution: 'v0:lost-request@effect#2' },
  },
});
