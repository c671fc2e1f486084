/**
 * A process crash: it vanishes, before a request leaves or right after the request took effect.
 *
 * Reduction (exploration.md c.3): a crash is seen only through durable state, so it is tried around requests that change
 * something, once for each different durable state and set of requests under way (`PlanChooser` keeps the signature).
 */
import type { Fault } from './fault';

export const crash: Fault = {
  kind: 'crash',
  meaning: 'The process vanishes: no finally, no pending promise, no timer survives. A supervisor starts it again.',
  strikes: 'both',
  choice: 'crash',
  matters: (request) => request.isMutating && request.kind !== 'leave',
};
