/** What `plugins/reference` says of the JavaScript clients. */
import type { BothLanguages } from '../../course/define-experiment';
import type { Standing } from './fidelity-data';
import type { Transcript } from './transcript';

/** One scenario with one client. */
export interface ShownRun {
  readonly file: string;
  readonly title: BothLanguages;
  /** Name and version. */
  readonly client: string;
  readonly date: string;
  /** Runs on a real cluster. */
  readonly times: number;
  readonly standing: Standing;
  readonly transcript: Transcript;
}

export interface ClientFinding {
  /** The anchor on the page. */
  readonly id: string;
  readonly rules: readonly string[];
  readonly title: BothLanguages;
  readonly what: BothLanguages;
  readonly remedy: BothLanguages;
  /** The way round it as code, or null. */
  readonly code: string | null;
  readonly runs: readonly ShownRun[];
}

export interface Clients {
  readonly kafka: string;
  readonly kafkajs: readonly ClientFinding[];
  readonly confluent: readonly ClientFinding[];
}
