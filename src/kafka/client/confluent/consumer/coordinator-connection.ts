/**
 * The connection to the group's coordinator. Requests leave it in the order of their queueing.
 *
 * A commit is queued first and sent by the client's own thread (MOD-3 f). Whether it still leaves before the process
 * dies is open (CLI-51): when the world holds one back, everything behind it waits too, for good.
 */
import type { Request } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import { CoordinatorLookup } from '../../coordinator-lookup';

export class CoordinatorConnection extends CoordinatorLookup {
  private isHeld = false;

  send<Message, Answer>(request: Request<Message, Answer>): void {
    if (this.isHeld) return;
    if (request.kind === 'commit' && request.sender.world.chooser.holds(request)) {
      this.isHeld = true;
      return;
    }
    request.send();
  }
}

/** The coordinator is another one, or not ready: the same request goes again a little later (OFS-11, GRP-15). */
export function isAboutCoordinator(code: number): boolean {
  return (
    code === ERRORS.NOT_COORDINATOR ||
    code === ERRORS.COORDINATOR_NOT_AVAILABLE ||
    code === ERRORS.COORDINATOR_LOAD_IN_PROGRESS
  );
}
