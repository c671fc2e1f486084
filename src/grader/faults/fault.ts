/** What a fault is: at which requests it can strike, when the search is reduced and when it is not. */
import type { Outages } from '../../kafka/outages';
import type { Choice, SentRequest } from '../../simulation/network';
import type { FaultKind } from '../verdict';

/** Which side of a request's effect a fault is on, for those that can be on either. */
export type FaultPhase = 'before' | 'after' | null;

export interface Fault {
  readonly kind: FaultKind;
  /** What happens in the world, in one sentence; the reference page is made of these. */
  readonly meaning: string;
  /** When it strikes: as a request leaves, right after its effect, either, between requests, or as a record arrives. */
  readonly strikes: 'send' | 'effect' | 'both' | 'rest' | 'input';
  /** What becomes of the request or its process. */
  readonly choice: Choice;
  /** Whether it can strike at this request at all; at any when absent. */
  readonly isPossible?: (request: SentRequest, outages: Outages) => boolean;
  /** Whether the search has to try it at this request; the naive search tries every possible one (exploration.md c.3). */
  readonly matters: (request: SentRequest) => boolean;
  /**
   * It lasts: what is sent meanwhile feels it as well, so it makes a difference to strike before that. It is tried also where it
   * does not matter by itself, once for every durable state and receiver.
   */
  readonly isFeltLater?: true;
  /** What it does to the cluster, beside its choice. */
  readonly disturb?: (outages: Outages, request: SentRequest, phase: FaultPhase) => void;
}

/**
 * Whether a request asks a broker to store something for good. What befalls a broker elsewhere is a delay: what reads is
 * asked again, and finds what was stored, or not stored, at the nearest of these.
 */
export function isStored({ kind, isMutating }: SentRequest): boolean {
  return isMutating && STORED.has(kind);
}

const STORED: ReadonlySet<string> = new Set([
  'produce',
  'commit',
  'init-producer-id',
  'add-partitions',
  'add-offsets',
  'txn-offsets',
  'end-txn',
]);
