/**
 * A broker's connections. One that is closed (ACK-3) loses what had been sent on it before its client could notice, without
 * a word where nobody waits for an answer. And a broker reads the next request of a connection only when the last one is
 * answered: a batch that is not replicated yet holds back those behind it, before they are appended.
 */
import { LATENCY_MS, type Request } from '../../simulation/network';
import type { KafkaAnswer, KafkaRequest } from '../protocol/messages';

type Sent = Pick<Request, 'connection' | 'sender' | 'sentAt'>;
type AnyRequest = Request<KafkaRequest, KafkaAnswer>;

export class Connections {
  private closedAt: Map<object, number> | null = null;
  /** Requests that wait for their turn, by connections whose last request has no answer yet. */
  private waiting: Map<object, AnyRequest[]> | null = null;

  /** @returns whether it is the request's turn; otherwise `leave` gives it later */
  enter(request: AnyRequest): boolean {
    const { connection } = request;
    if (connection === null) return true;
    this.waiting ??= new Map();
    const queue = this.waiting.get(connection);
    if (queue === undefined) this.waiting.set(connection, []);
    else queue.push(request);
    return queue === undefined;
  }

  /** A request has its answer, or needs none. @returns the next one of its connection; undefined for none */
  leave({ connection }: Sent): AnyRequest | undefined {
    if (connection === null) return undefined;
    const queue = this.waiting?.get(connection);
    for (let next = queue?.shift(); next !== undefined; next = queue?.shift()) if (next.isOpen) return next;
    this.waiting?.delete(connection);
    return undefined;
  }

  clear(): void {
    this.waiting = null;
  }

  /** Requests that will still be carried out. */
  fingerprint(): string {
    if (this.waiting === null) return '';
    return [...this.waiting.values()]
      .flat()
      .map(({ message }) => JSON.stringify(message))
      .join();
  }

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
