/** A scenario with what was printed, as `plugins/reference` makes it. */
import type { BothLanguages } from '../../course/define-experiment';

/** K kafkajs · C @confluentinc/kafka-javascript · J Java kafka-clients · R requests made by hand. */
export type Letter = 'K' | 'C' | 'J' | 'R';
export const LETTERS: readonly Letter[] = ['K', 'C', 'J', 'R'];

/** One output of a block, and everybody who expects or printed it. */
export interface Printed {
  readonly lines: readonly string[];
  /** Clients for which the scenario says so. */
  readonly expected: readonly Letter[];
  /** Clients with which a real cluster printed it; `times` where the runs differed. */
  readonly kafka: readonly { readonly letter: Letter; readonly times: number | null }[];
  /** Clients that printed it on the model. */
  readonly model: readonly Letter[];
}

export interface TranscriptBlock {
  /** Commands and comments. */
  readonly commands: readonly string[];
  /** Empty for set-up. */
  readonly printed: readonly Printed[];
}

export interface Transcript {
  /** Why runs on a real cluster may differ, or null. */
  readonly unstable: BothLanguages | null;
  readonly clients: readonly {
    readonly letter: Letter;
    /** Name and version; null where nothing is recorded. */
    readonly client: string | null;
    readonly date: string | null;
    readonly runs: number;
  }[];
  readonly blocks: readonly TranscriptBlock[];
}
