/**
 * At least once on the producer's side: a job takes the accepted orders from a module beside it, and its end with exit
 * code 0 says that all of them are in the topic. Whatever gets lost on the way, that has to be so.
 */
import { defineLab } from '../../src/course/define-lab';
import { orders } from './orders';

export default defineLab({
  id: 'at-least-once-producer',
  lesson: 'at-least-once',
  minutes: 15,
  points: 2,
  process: 'producer',
  workloads: [
    {
      topics: [{ name: 'orders', partitions: 1 }],
      batches: [],
      input: { module: 'orders', values: orders },
    },
    {
      topics: [{ name: 'orders', partitions: 2 }],
      batches: [],
      input: {
        module: 'orders',
        values: [
          { id: '7f3a', item: 'mirror' },
          { id: 'c09e', item: 'shelf' },
          { id: '51bd', item: 'clock' },
          { id: 'e4f8', item: 'stool' },
          { id: '0a6c', item: 'vase' },
        ],
      },
    },
  ],
  cluster: { brokers: 3, minInsyncReplicas: 2 },
  services: [],
  restartBetweenBatches: false,
  faults: { kinds: ['lost-answer', 'lost-request', 'fail-over'], max: 2 },
  anomalies: {
    A1: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A3: 'witness',
  },
  words: {
    en: {
      record: 'order {record}',
      effect: 'order {record} is stored',
      headlines: {
        pass: 'Every accepted order reaches the topic',
        A1: 'Order {record} never reached the topic',
        A3: 'Order {record} stands in the topic {count} times',
        L1: 'The program does not come to its end',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single order is in the topic',
      },
      effectColumn: null,
    },
    ru: {
      record: 'заказ {record}',
      effect: 'заказ {record} сохранён',
      headlines: {
        pass: 'Каждый принятый заказ попадает в топик',
        A1: 'Заказ {record} не попал в топик',
        A3: 'Заказ {record} лежит в топике не один раз: {count}',
        L1: 'Программа не доходит до конца',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'В топике нет ни одного заказа',
      },
      effectColumn: null,
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A1', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/all-at-once': { status: 'pass', anomaly: null },
    'alternatives/exit-code': { status: 'pass', anomaly: null },
    'alternatives/let-the-supervisor-retry': { status: 'pass', anomaly: null },
    'alternatives/one-each-half-minute': { status: 'pass', anomaly: null },
    'alternatives/own-retry-loop': { status: 'pass', anomaly: null },
    'alternatives/read-the-end-between': { status: 'pass', anomaly: null },
    'alternatives/until-none-is-left': { status: 'pass', anomaly: null },
    'attempts/acks-0-with-retries': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/acks-1': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/swallow-the-error': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/stop-quietly': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/one-more-try': { status: 'fail', anomaly: 'A1', faults: 2 },
    'attempts/all-settled': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/leave-it-to-disconnect': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/exit-in-finally': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/accepted-before-acknowledged': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/number-the-records': { status: 'inconclusive', anomaly: 'N3', faults: 0 },
    'attempts/cheat-hard-coded': { status: 'fail', anomaly: 'A1', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A1', faults: 1 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'nobody-answers': { version: 'starter', execution: 'v0:lost-request@produce#2' },
    retried: { version: 'solution', execution: 'v0:lost-answer@produce#2' },
    'started-again': { version: 'alternatives/let-the-supervisor-retry', execution: 'v0:lost-answer@produce#1' },
  },
});
