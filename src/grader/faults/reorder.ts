/**
 * A request overtakes those that its process has sent to the same receiver over other connections and that have not arrived
 * yet. On one connection the order is kept; a produce request changes places with another one of its client only by being
 * sent again, which is not this fault (RTY-6).
 */
import { Request, type SentRequest } from '../../simulation/network';
import { isSameConnection } from '../../simulation/late';
import { isStored, type Fault } from './fault';

export const reorder: Fault = {
  kind: 'reorder',
  meaning: 'Two requests that are under way on different connections arrive in the other order.',
  strikes: 'send',
  choice: 'overtake',
  isPossible: (request) => {
    const { world } = request.sender;
    let isAny = false;
    for (const other of world.pending()) {
      if (!(other instanceof Request) || !other.isUnderWay || other.endpoint !== request.endpoint) continue;
      if (isSameConnection(other, request as Request)) return false;
      if (other.time > world.now && changes(other)) isAny = true;
    }
    return isAny;
  },
  matters: changes,
};

/** Reads see no order but that of the writes. */
function changes(request: SentRequest): boolean {
  return isStored(request) || (request.kind === 'effect' && request.isMutating);
}
