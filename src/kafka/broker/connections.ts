/**
 * Connections that a broker has closed (ACK-3). What had been sent on one before its client could notice is lost, without a
 * word where nobody waits for an answer.
 */
import { LATENCY_MS, type Request } from '../../simulation/network';

type Sent = Pick<Request, 'connection' | 'sender' | 'sentAt'>;

export class Connections {
  private closedAt: Map<object, number> | null = null;

  close(request: Sent, now: number): void {
    this.closedAt ??= new Map();
    this.closedAt.set(connectionOf(request), now);
  }

  /** Whether a request that arrives has been sent on a connection that is closed by now. */
  isClosed(request: Sent): boolean {
    const closedAt = this.closedAt?.get(connectionOf(request));
    // Its client learns of the end one way later; what it sends from then on goes over a new connection.
    return closedAt !== undefined && request.sentAt < closedAt + LATENCY_MS;
  }
}

/** Of a client that does not tell its connections apart, all requests come over one. */
function connectionOf({ connection, sender }: Sent): object {
  return connection ?? sender;
}
