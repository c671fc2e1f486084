/**
 * The connection to the group's coordinator. Requests leave it in the order of their queueing.
 *
 * A commit is queued first and sent by the client's own thread (MOD-3 f). Whether it still leaves before the process
 * dies is open (CLI-51): when the world holds one back, everything behind it waits too, for good.
 */
import type { Request } from '../../../../simulation/network';

export class CoordinatorConnection {
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
