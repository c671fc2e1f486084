/**
 * Manual commits under clean restarts: the program is stopped when it is at rest, between two batches and once more at
 * the end, and whatever is delivered again or skipped then comes from the committed offset alone.
 */
import { defineLab } from '../../src/course/define-lab';
import type { Lab } from '../../src/grader/lab';
import { readingRecord, readingStore } from '../first-run/lab';

const workloads: Lab['workloads'] = [
  {
    topics: [{ name: 'readings', partitions: 1 }],
    batches: [
      [readingRecord('1', 'cellar', 11.5), readingRecord('2', 'freezer', -18.2), readingRecord('3', 'cellar', 11.7)],
      [readingRecord('4', 'freezer', -17.9)],
    ],
  },
  {
    topics: [{ name: 'readings', partitions: 1 }],
    batches: [
      [readingRecord('b81d', 'roof', 3.4), readingRecord('4e07', 'dock', 0)],
      [readingRecord('f2c6', 'oven', 184)],
      [readingRecord('93aa', 'roof', 3.1), readingRecord('0d5b', 'dock', 0.5)],
    ],
  },
];

export default defineLab({
  id: 'commit-the-next-offset',
  lesson: 'log-and-offsets',
  minutes: 10,
  points: 2,
  process: 'consumer',
  workloads,
  services: [readingStore(workloads.flatMap(({ batches }) => batches.flat()))],
  restartBetweenBatches: true,
  // Every execution has the restarts of the workload; the fault is one more, at any point at which the program rests.
  faults: { kinds: ['restart'], max: 1 },
  anomalies: {
    A7: 'forbidden',
    A15: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    A9: 'allowed',
    A10: 'allowed',
  },
  words: {
    en: {
      record: 'reading {record}',
      effect: 'reading {record} is stored',
      headlines: {
        pass: 'After every restart the group goes on with the next reading',
        A7: 'Reading {record} was skipped after a restart',
        A15: 'A restart without new input delivered reading {record} again',
        L1: 'The consumer never gets past reading {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single reading was stored',
      },
      effectColumn: 'stored',
    },
    ru: {
      record: 'показание {record}',
      effect: 'показание {record} сохранено',
      headlines: {
        pass: 'После каждого перезапуска группа читает со следующего показания',
        A7: 'Показание {record} пропущено после перезапуска',
        A15: 'После перезапуска без новых данных показание {record} доставлено ещё раз',
        L1: 'Консьюмер застрял на показании {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Не сохранено ни одного показания',
      },
      effectColumn: 'сохранено',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A15', faults: 0 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/auto-commit': { status: 'pass', anomaly: null },
    'alternatives/checkpoint-class': { status: 'pass', anomaly: null },
    'alternatives/each-batch': { status: 'pass', anomaly: null },
    'alternatives/in-a-transaction': { status: 'pass', anomaly: null },
    'alternatives/now-and-then': { status: 'pass', anomaly: null },
    'alternatives/when-told-to-stop': { status: 'pass', anomaly: null },
    'attempts/commit-the-offset-read': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/commit-two-ahead': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/skip-the-first': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/add-to-the-string': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/seek-instead-of-commit': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/new-group-each-start': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/commit-in-threes': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/start-at-the-end': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    'attempts/cheat-hard-coded': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A15', faults: 0 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'commit-the-offset-read': { version: 'attempts/commit-the-offset-read', execution: 'v0:-' },
    'commit-two-ahead': { version: 'attempts/commit-two-ahead', execution: 'v0:-' },
  },
});
