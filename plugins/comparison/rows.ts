/** What the lesson `three-guarantees` compares: programs of labs, graded in the same world under the same faults. */
import type { AnomalyId } from '../../src/grader/verdict';

export interface ComparedProgram {
  /** Named by `<Measured row="…" />`. */
  readonly row: string;
  readonly lab: string;
  /** File of the lab's folder, without ending. */
  readonly version: string;
}

/** How loss and repetition are called in a lab, and what happens once for each record without faults. */
export interface Yardstick {
  readonly loss: AnomalyId;
  readonly repeat: AnomalyId;
  readonly beat: 'deliver' | 'append';
}

export const YARDSTICKS: Readonly<Record<string, Yardstick>> = {
  'at-most-once-consumer': { loss: 'A7', repeat: 'A9', beat: 'deliver' },
  'at-most-once-producer': { loss: 'A1', repeat: 'A3', beat: 'append' },
};

export const COMPARED: readonly ComparedProgram[] = [
  { row: 'consumer-at-most-once', lab: 'at-most-once-consumer', version: 'solution' },
  { row: 'consumer-at-least-once', lab: 'at-most-once-consumer', version: 'starter' },
  { row: 'consumer-exactly-once', lab: 'at-most-once-consumer', version: 'attempts/show-under-its-id' },
  { row: 'producer-at-most-once', lab: 'at-most-once-producer', version: 'solution' },
  { row: 'producer-at-least-once', lab: 'at-most-once-producer', version: 'starter' },
  { row: 'producer-idempotent', lab: 'at-most-once-producer', version: 'attempts/number-the-records' },
];
