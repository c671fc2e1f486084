/** What a fault is: at which requests it can strike, when the search is reduced and when it is not. */
import type { Choice, SentRequest } from '../../simulation/network';
import type { FaultKind } from '../verdict';

export interface Fault {
  readonly kind: FaultKind;
  /** What happens in the world, in one sentence; the reference page is made of these. */
  readonly meaning: string;
  /** When it strikes: as a request leaves, right after its effect, either (a crash), or between requests. */
  readonly strikes: 'send' | 'effect' | 'both' | 'rest';
  /** What becomes of the request or its process. */
  readonly choice: Choice;
  /** Whether it can strike at this request at all; at any when absent. */
  readonly isPossible?: (request: SentRequest) => boolean;
  /** Whether the search has to try it at this request; the naive search tries every possible one (exploration.md c.3). */
  readonly matters: (request: SentRequest) => boolean;
}
