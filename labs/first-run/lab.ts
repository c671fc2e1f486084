/**
 * The first lab: no faults, one record in two is dropped by a condition. Its world, a topic of sensor readings and a
 * store that keeps them, is used by `commit-the-next-offset` as well.
 */
import { defineLab } from '../../src/course/define-lab';
import type { Lab, LabRecord, LabService } from '../../src/grader/lab';

interface Reading {
  readonly id: string;
  readonly sensor: string;
  readonly celsius: number;
}

/** A reading as it lies in the topic `readings`, which has one partition. */
export function readingRecord(id: string, sensor: string, celsius: number): LabRecord {
  const reading: Reading = { id, sensor, celsius };
  return { id, topic: 'readings', partition: 0, key: sensor, value: JSON.stringify(reading) };
}

/**
 * Keeps every reading that is posted to it, also one that it has already. Of the readings it knows it takes no other
 * values than the measured ones; it knows `known`, and not the fresh ones that a storm makes.
 */
export function readingStore(known: readonly LabRecord[]): LabService {
  const measured = new Map(known.map(({ id, value }) => [id, parseReading(value)]));
  return {
    name: 'store',
    urlVariable: 'STORE_URL',
    handle: ({ method, path, body }) => {
      if (path !== '/readings') return { status: 404, body: `nothing at ${path}`, applied: null };
      if (method !== 'POST') return { status: 405, body: `${method} is not allowed here`, applied: null };
      const reading = parseReading(body);
      if (reading === null) {
        return { status: 400, body: 'the body has to be {"id", "sensor", "celsius"}', applied: null };
      }
      const { sensor, celsius } = measured.get(reading.id) ?? reading;
      if (sensor !== reading.sensor || celsius !== reading.celsius) {
        return { status: 409, body: `reading ${reading.id} was measured as ${celsius} by ${sensor}`, applied: null };
      }
      return { status: 201, body: JSON.stringify({ stored: reading.id }), applied: reading.id };
    },
  };
}

function parseReading(body: string): Reading | null {
  try {
    const value = JSON.parse(body) as Partial<Reading> | null;
    const isReading =
      typeof value?.id === 'string' && typeof value.sensor === 'string' && typeof value.celsius === 'number';
    return isReading ? (value as Reading) : null;
  } catch {
    return null;
  }
}

const workloads: Lab['workloads'] = [
  {
    topics: [{ name: 'readings', partitions: 1 }],
    batches: [
      [
        readingRecord('1', 'cellar', 11.5),
        readingRecord('2', 'freezer', -18.2),
        readingRecord('3', 'cellar', 11.7),
        readingRecord('4', 'freezer', -17.9),
      ],
    ],
  },
  {
    topics: [{ name: 'readings', partitions: 1 }],
    batches: [
      [
        readingRecord('7f3a', 'roof', -3.4),
        readingRecord('c09e', 'dock', 0),
        readingRecord('51bd', 'freezer', -24.6),
        readingRecord('e4f8', 'oven', 184),
        readingRecord('0a6c', 'dock', 0),
      ],
    ],
  },
];

export default defineLab({
  id: 'first-run',
  lesson: 'welcome',
  minutes: 5,
  points: 1,
  process: 'consumer',
  workloads,
  services: [readingStore(workloads.flatMap(({ batches }) => batches.flat()))],
  restartBetweenBatches: false,
  faults: { kinds: [], max: 0 },
  anomalies: { A7: 'forbidden', L1: 'forbidden', L2: 'forbidden', A9: 'allowed', A10: 'allowed', A15: 'allowed' },
  words: {
    en: {
      record: 'reading {record}',
      effect: 'reading {record} is stored',
      headlines: {
        pass: 'Every reading is stored',
        A7: 'Reading {record} was never stored',
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
        pass: 'Все показания сохранены',
        A7: 'Показание {record} так и не сохранено',
        L1: 'Консьюмер застрял на показании {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Не сохранено ни одного показания',
      },
      effectColumn: 'сохранено',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A7', faults: 0 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/each-batch': { status: 'pass', anomaly: null },
    'alternatives/main-function': { status: 'pass', anomaly: null },
    'alternatives/store-class': { status: 'pass', anomaly: null },
    'attempts/empty-handler': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    'attempts/start-at-the-end': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    'attempts/shift-the-limit': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/skip-falsy-values': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/store-other-values': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-print-the-answer': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A7', faults: 0 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {
    'dropped-reading': { version: 'starter', execution: 'v0:-' },
  },
});
