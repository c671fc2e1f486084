/** What an anomaly is: an id, a name and a judgement over a history (exploration.md a.2). */
import type { History } from '../../simulation/history';
import type { StuckReason } from '../../simulation/trace';
import type { AnomalyId, TextParams } from '../verdict';

/** What a checker may read: the observables, and how the execution ended. Never the broker. */
export interface Evidence {
  readonly history: History;
  /** L1's subtype when the execution did not come to a good rest. */
  readonly stuck: StuckReason | null;
  /** The supervisor has given the program up. */
  readonly hasGivenUp: boolean;
}

export interface AnomalyInstance {
  /** Business id of the first record concerned; null when it is not about a record. */
  readonly record: string | null;
  /** Parameters of its texts. */
  readonly params: TextParams;
}

export interface Anomaly {
  readonly id: AnomalyId;
  /** Jepsen's word where there is one. */
  readonly name: string;
  /** One sentence for the catalogue. */
  readonly meaning: string;
  /** The first instance in input order, or null. */
  readonly check: (evidence: Evidence) => AnomalyInstance | null;
}
