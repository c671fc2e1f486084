/**
 * At most once on the consumer's side: whatever crashes or gets lost, no reading may be shown twice. Losing is allowed for
 * what a fault has struck, and has to be seen; dropping anything else is no answer (N4).
 */
import { defineLab } from '../../src/course/define-lab';
import type { LabRecord, LabService } from '../../src/grader/lab';
import { readingRecord } from '../first-run/lab';

/**
 * Shows what it is sent, also a reading that it has shown before. A PUT under a reading's id shows it once; the lessons
 * measure it against the other two guarantees.
 */
const display: LabService = {
  name: 'display',
  urlVariable: 'DISPLAY_URL',
  handle: ({ method, path, body }) => {
    const put = method === 'PUT' ? /^\/readings\/([\w-]+)$/.exec(path) : null;
    if (put !== null) return { status: 200, body: '', applied: put[1]!, isIdempotent: true };
    if (path !== '/readings') return { status: 404, body: `nothing at ${path}`, applied: null };
    if (method !== 'POST') return { status: 405, body: `${method} is not allowed here`, applied: null };
    const reading = parseReadingId(body);
    if (reading === null) return { status: 400, body: 'the body has to be a reading with its id', applied: null };
    return { status: 201, body: JSON.stringify({ shown: reading }), applied: reading };
  },
};

function parseReadingId(body: string): string | null {
  try {
    const value = JSON.parse(body) as { readonly id?: unknown } | null;
    return typeof value?.id === 'string' ? value.id : null;
  } catch {
    return null;
  }
}

function at(partition: number, record: LabRecord): LabRecord {
  return { ...record, partition };
}

export default defineLab({
  id: 'at-most-once-consumer',
  lesson: 'at-most-once',
  minutes: 25,
  points: 3,
  process: 'consumer',
  workloads: [
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
      topics: [{ name: 'readings', partitions: 2 }],
      batches: [
        [
          at(0, readingRecord('7f3a', 'roof', -3.4)),
          at(1, readingRecord('c09e', 'dock', 0)),
          at(0, readingRecord('51bd', 'roof', -3.1)),
          at(1, readingRecord('e4f8', 'dock', 0.5)),
          at(0, readingRecord('0a6c', 'roof', -2.8)),
        ],
      ],
    },
  ],
  services: [display],
  restartBetweenBatches: false,
  faults: { kinds: ['crash'], max: 2 },
  anomalies: {
    A9: 'forbidden',
    L1: 'forbidden',
    L2: 'forbidden',
    N4: 'forbidden',
    A7: 'witness',
    // A crash before the commit is stored delivers the reading again; it has not been shown yet.
    A10: 'allowed',
    A15: 'allowed',
  },
  words: {
    en: {
      record: 'reading {record}',
      effect: 'reading {record} is shown',
      headlines: {
        pass: 'No reading is ever shown twice',
        A7: 'Reading {record} was never shown',
        A9: 'Reading {record} was shown {count} times',
        A10: 'Reading {record} was delivered more than once',
        A15: 'A restart without new input delivered reading {record} again',
        L1: 'The consumer never gets past reading {record}',
        L2: 'The program ends with an error, each time it is started',
        N1: 'Not a single reading was shown',
        N4: 'Reading {record} was dropped, and no fault had touched it',
      },
      effectColumn: 'shown',
    },
    ru: {
      record: 'показание {record}',
      effect: 'показание {record} на табло',
      headlines: {
        pass: 'Ни одно показание не показано дважды',
        A7: 'Показание {record} так и не показано',
        A9: 'Показание {record} показано больше одного раза: {count}',
        A10: 'Показание {record} доставлено больше одного раза',
        A15: 'После перезапуска без новых данных показание {record} доставлено ещё раз',
        L1: 'Консьюмер застрял на показании {record}',
        L2: 'Программа завершается с ошибкой при каждом запуске',
        N1: 'Не показано ни одного показания',
        N4: 'Показание {record} отброшено, хотя сбои его не коснулись',
      },
      effectColumn: 'на табло',
    },
  },
  versions: {
    starter: { status: 'fail', anomaly: 'A9', faults: 1 },
    solution: { status: 'pass', anomaly: null },
    'alternatives/display-class': { status: 'pass', anomaly: null },
    'alternatives/drop-when-unsure': { status: 'pass', anomaly: null },
    'alternatives/each-batch': { status: 'pass', anomaly: null },
    'alternatives/ask-the-admin': { status: 'pass', anomaly: null },
    'alternatives/queue-behind-the-barrier': { status: 'pass', anomaly: null },
    'attempts/believe-the-commit': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/commit-after': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/commit-at-the-end-of-the-batch': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/leave-it-to-auto-commit': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/remember-in-memory': { status: 'fail', anomaly: 'A9', faults: 1 },
    // What leaves together with the question has not waited for its answer (CLI-51).
    'attempts/ask-while-showing': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/look-before-the-commit': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/sure-of-one-partition': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/drop-everything': { status: 'inconclusive', anomaly: 'N1', faults: 0 },
    // A commit beyond the end of the log is out of range: the next start reads everything anew (FET-8).
    'attempts/commit-two-ahead': { status: 'fail', anomaly: 'A9', faults: 0 },
    'attempts/show-every-second': { status: 'inconclusive', anomaly: 'N4', faults: 0 },
    // Keeps more than is asked for, by a means of the display that the task does not name; `comparison` measures it.
    'attempts/show-under-its-id': { status: 'inconclusive', anomaly: 'N3', faults: 0 },
    'attempts/cheat-hard-coded': { status: 'inconclusive', anomaly: 'N4', faults: 0 },
    'attempts/cheat-global-state': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/cheat-swallow-errors': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/cheat-finally': { status: 'fail', anomaly: 'A9', faults: 1 },
    'attempts/cheat-busy-loop': { status: 'fail', anomaly: 'L1', faults: 0 },
  },
  runs: {},
});
