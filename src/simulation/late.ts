/**
 * Requests that are held up on their way. What was sent behind one of them on the same connection arrives behind it: TCP keeps
 * the order of a connection, and of nothing else.
 */
import { SimEvent } from './event-queue';
import type { RequestKind, SentRequest } from './network';
import type { VirtualTimeMs } from './trace';

/** A sender's patience with a request that is not answered. */
export class GivingUp extends SimEvent {
  constructor(private readonly request: { giveUp(): void }) {
    super(false);
  }

  fire(): void {
    this.request.giveUp();
  }
}

/** What a request needs to be told apart by its connection, and how far it is. */
export type OnItsWay = SentRequest & {
  readonly connection: object | null;
  readonly time: VirtualTimeMs;
  readonly isGivenUp: boolean;
};

/**
 * Which of a client's connections a kind of request takes. A client keeps one connection to each broker for records, and
 * further ones to its coordinators.
 */
const CHANNELS: Readonly<Record<RequestKind, string>> = {
  effect: '',
  query: 'database',
  produce: 'records out',
  fetch: 'records in',
  'list-offsets': 'records in',
  metadata: 'metadata',
  'create-topics': 'metadata',
  commit: 'group',
  join: 'group',
  sync: 'group',
  heartbeat: 'group',
  leave: 'group',
  committed: 'group',
  'init-producer-id': 'transactions',
  'add-partitions': 'transactions',
  'add-offsets': 'transactions',
  'end-txn': 'transactions',
  'txn-offsets': 'offsets',
};

/** Whether the order of two requests of one process cannot change. */
export function isSameConnection(a: OnItsWay, b: OnItsWay): boolean {
  if (a.sender !== b.sender || a.endpoint !== b.endpoint) return false;
  // Every call of a service that is under way has a connection of its own, as with HTTP/1.1.
  if (a.kind === 'effect' || b.kind === 'effect') return false;
  if (a.connection !== null || b.connection !== null) return a.connection === b.connection;
  return CHANNELS[a.kind] === CHANNELS[b.kind];
}

/** Virtual time before which a request that leaves now cannot arrive. @param late requests that were held up */
export function earliestArrival(request: OnItsWay, late: readonly OnItsWay[]): VirtualTimeMs {
  let earliest = 0;
  for (const other of late)
    if (other !== request && other.isUnderWay && !other.isGivenUp && isSameConnection(other, request))
      earliest = Math.max(earliest, other.time);
  return earliest;
}
