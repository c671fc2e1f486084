/** What `plugins/reference` says of the model and a real Kafka. */
import type { BothLanguages } from '../../course/define-experiment';
import type { Letter } from './transcript';

/** As `Standing` of tests/conformance/standing.ts. */
export type Standing = 'same' | 'differs' | 'recorded' | 'model' | 'not run';
export const STANDINGS: readonly Standing[] = ['same', 'differs', 'recorded', 'model', 'not run'];

export interface FidelityCell {
  readonly letter: Letter;
  readonly standing: Standing;
  /** Runs on a real cluster. */
  readonly runs: number;
  /** Why the model differs or nothing is recorded, where that is listed. */
  readonly reason: BothLanguages | null;
}

export interface FidelityRow {
  /** `<guarantee>/<name>` */
  readonly file: string;
  readonly row: string;
  readonly title: BothLanguages;
  readonly rules: readonly string[];
  readonly brokers: 1 | 3;
  readonly cells: readonly FidelityCell[];
}

/** Something that the model leaves out. */
export interface NotModelled {
  readonly rules: readonly string[];
  readonly what: BothLanguages;
}

/** A rule that turned out to be wrong or incomplete. */
export interface Correction {
  readonly rules: readonly string[];
  readonly was: BothLanguages;
  readonly is: BothLanguages;
  /** Scenarios that show it. */
  readonly scenarios: readonly string[];
}

export interface Fidelity {
  readonly kafka: string;
  /** First and last day of the recordings, YYYY-MM-DD. */
  readonly from: string | null;
  readonly until: string | null;
  /** Names and versions. */
  readonly clients: Readonly<Partial<Record<Letter, string>>>;
  readonly rows: readonly FidelityRow[];
  readonly notModelled: readonly NotModelled[];
  readonly corrections: readonly Correction[];
}
