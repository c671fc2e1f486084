/** What a fault is: at which requests it can strike, when the search is reduced and when it is not. */
import type { SentRequest } from '../../simulation/network';
import type { FaultKind } from '../verdict';

export interface Fault {
  readonly kind: FaultKind;
  /** What happens in the world, in one sentence; the reference page is made of these. */
  readonly meaning: string;
  /** Whether the search has to try it at this request; the naive search tries every request (exploration.md c.3). */
  readonly matters: (request: SentRequest) => boolean;
}
