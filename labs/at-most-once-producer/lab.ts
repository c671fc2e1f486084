/**
 * At most once on the producer's side: whatever gets lost on the way, no reading may stand in the topic twice. The
 * program is a job that takes its readings from a module beside it. Losing is allowed for what a fault has struck.
 */
import { defineLab } from '../../src/course/define-lab';
import { readings } from './readings';

export default defineLab({
  id: 'at-most-once-producer',
  lesson: 'at-most-once',
  minutes: 15,
  points: 2,
  process: 'producer',
  workloads: [
    {
      topics: [{ name: 'readings', partitions: 1 }],
      batches: [],
      input: { module: 'readings', values: readings },
    },
    {
      topics: [{ name: 'readings', partitions: 2 }],
      batches: [],
      input: {
        module: 'readings',
        values: [
          { id: '7f3a', sensor: 'roof', celsius: -3.4 },
          { id: 'c09e', sensor: 'dock', celsius: 0 },
          { id: '51bd', sensor: 'roof', celsius: -3.1 },
          { id: 'e4f8', sensor: 'dock', celsius: 0.5 },
          { id: '0a6c', sensor: 'roof', celsius: -2.8 },
        ],
      },
    },
  ],
  services: [],
  restartBetweenBatches: false,
  faults: { kinds: ['lost-answer', 'lost-request'], max: 2 },
  anomalies: {
    A3: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    N4: 'forbidden',
    A1: 'witness',
  },
  words: {
    en: {
      record: 'reading {record}',
      effect: 'reading {record} is stored',
      headlines: {
        pass: 'No reading stands in the topic twice',
        A1: 'Reading {record} is not in the topic',
        A3: 'Reading {record} stands in the topic {count} times',
        L1: 'The program does not come to its end',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single reading is in the topic',
        N4: 'Reading {record} is not in the topic, and no fault had touched it',
      },
      effectColumn: null,
    },
    ru: {
      record: 'показание {record}',
      effect: 'показание {record} сохранено',
      headlines: {
        pass: 'Ни одно показание не лежит в топике дважды',
        A1: 'Показания {record} в топике нет',
        A3: 'Показание {record} лежит в топике не один раз: {count}',
        L1: 'Программа не доходит до конца',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'В топике нет ни одного показания',
        N4: 'Показания {record} в топике нет, хотя сбои его не коснулись',
      },
      effectColumn: null,
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A3', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/acks-0': { status: 'pass', anomaly: null },
    'alternatives/librdkafka-options': { status: 'pass', anomaly: null },
    'alternatives/nobody-waits': { status: 'pass', anomaly: null },
    'alternatives/one-request': { status: 'pass', anomaly: null },
    'alternatives/probe-class': { status: 'pass', anomaly: null },
    'attempts/acks-1-keeps-retrying': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/one-retry': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/catch-and-leave-retries-on': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/send-again-in-catch': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/let-the-error-escape': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/short-time-out': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/tell-by-the-exit-code': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/new-producer-for-each-try': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/stop-at-the-first-error': { status: 'inconclusive', anomaly: 'N4', faults: 1 },
    'attempts/exit-before-it-leaves': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    // Keeps more than is asked for; `comparison` measures it.
    'attempts/number-the-records': { status: 'inconclusive', anomaly: 'N3', faults: 0 },
    'attempts/cheat-hard-coded': { status: 'inconclusive', anomaly: 'N4', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A3', faults: 1 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'lost-answer': { version: 'starter', execution: 'v0:lost-answer@produce#2' },
    'lost-request': { version: 'solution', execution: 'v0:lost-request@produce#2' },
    'nobody-answers': { version: 'alternatives/acks-0', execution: 'v0:lost-request@produce#2' },
  },
});
