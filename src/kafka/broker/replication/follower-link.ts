/**
 * How a replica follows its leader: fetch, answer, fetch … (REP-1, REP-2; Kafka: `ReplicaFetcherThread`). The copy, the
 * leader's learning of it with the next fetch, and the follower's high watermark are steps of their own (MOD-3 c).
 *
 * The link is its own event: it waits for one thing at a time. While the leader has nothing new, the fetch lies with it as
 * a long poll and nothing is scheduled.
 */
import { LATENCY_MS } from '../../../simulation/network';
import type { World } from '../../../simulation/world';
import { ClusterEvent } from '../../cluster-event';
import { ERRORS } from '../../errors';
import type { EpochEnd } from '../leader-epoch-cache';
import type { RecordBatch } from '../record-batch';
import type { Replica } from '../replica';
import { followerHighWatermark } from '../watermarks';
import { truncationOffset } from './divergence';

/** `replica.fetch.backoff.ms`. */
const BACKOFF_MS = 1000;

export interface FollowerAnswer {
  readonly errorCode: number;
  /** Where the logs part; null when they do not. */
  readonly diverging: EpochEnd | null;
  readonly batches: readonly RecordBatch[];
  readonly highWatermark: number;
  readonly logStartOffset: number;
}

/** The leader's broker. */
export interface LinkLeader {
  readonly id: number;
  receiveFollowerFetch(link: FollowerLink): void;
}

/** The follower's broker. */
export interface LinkFollower {
  readonly id: number;
  readonly world: World;
  /** An answer has arrived; to be passed on to `link.take` as soon as the broker runs. */
  receiveFollowerAnswer(link: FollowerLink): void;
  /** Records have been cut off; the log ended at `endBefore`. */
  onTruncated(replica: Replica, endBefore: number): void;
}

type Stage = 'new' | 'fetch-under-way' | 'at-leader' | 'answer-under-way' | 'backing-off' | 'over';

export class FollowerLink extends ClusterEvent {
  private stage: Stage = 'new';
  private answer: FollowerAnswer | null = null;
  fetchOffset = -1;
  /** Epoch of the last batch of the follower's log; -1 for an empty one. */
  lastFetchedEpoch = -1;
  /** What the leader told it last. */
  sentHighWatermark = -1;
  sentLogStart = -1;
  /** When the fetch came to the leader. */
  arrivedAt = 0;
  /** When the leader answers it without data; -1 while it has nothing to say. */
  endsAt = -1;

  constructor(
    readonly follower: LinkFollower,
    readonly leader: LinkLeader,
    readonly replica: Replica,
    readonly leaderEpoch: number,
  ) {
    super(false);
  }

  get isOver(): boolean {
    return this.stage === 'over';
  }

  /** Sends the first fetch, unless it has been sent. */
  begin(): void {
    if (this.stage === 'new') this.send();
  }

  /** Sends the next fetch. */
  send(): void {
    this.fetchOffset = this.replica.log.logEndOffset;
    this.lastFetchedEpoch = this.replica.log.lastEpoch;
    this.go('fetch-under-way', LATENCY_MS);
  }

  /** To be called by the leader. */
  respond(answer: FollowerAnswer): void {
    if (this.stage !== 'at-leader') return;
    this.answer = answer;
    this.sentHighWatermark = answer.highWatermark;
    this.sentLogStart = answer.logStartOffset;
    this.go('answer-under-way', LATENCY_MS);
  }

  /** The follower runs again, and its poll has ended meanwhile. */
  pollAgain(): void {
    if (this.stage === 'at-leader') this.send();
  }

  /** The leader is gone before the answer on its way has left its machine: it does not arrive. */
  cutOff(): void {
    if (this.stage === 'answer-under-way') this.answer = null;
  }

  /** The follower has another leader, or none. */
  end(): void {
    this.stage = 'over';
    this.answer = null;
  }

  fire(): void {
    switch (this.stage) {
      case 'fetch-under-way':
        this.stage = 'at-leader';
        this.leader.receiveFollowerFetch(this);
        return;
      case 'answer-under-way':
        this.follower.receiveFollowerAnswer(this);
        return;
      case 'backing-off':
        this.send();
        return;
      default:
    }
  }

  /** The follower takes the answer that has arrived, and asks for more. */
  take(): void {
    const { answer, replica, follower } = this;
    if (this.stage !== 'answer-under-way' || answer === null) return;
    this.answer = null;
    const { now } = follower.world;
    if (answer.diverging !== null) this.truncate(truncationOffset(replica, answer.diverging), now);
    else if (answer.errorCode === ERRORS.OFFSET_OUT_OF_RANGE) replica.restartAt(answer.logStartOffset);
    else if (answer.errorCode !== ERRORS.NONE) {
      this.go('backing-off', BACKOFF_MS);
      return;
    } else {
      for (const batch of answer.batches) replica.take(batch, now);
      replica.log.advanceLogStart(answer.logStartOffset);
      replica.setHighWatermark(followerHighWatermark(answer.highWatermark, replica.log.logEndOffset), now);
    }
    this.send();
  }

  private truncate(offset: number, now: number): void {
    const { logEndOffset } = this.replica.log;
    if (this.replica.truncateTo(offset, now)) this.follower.onTruncated(this.replica, logEndOffset);
  }

  private go(stage: Stage, delayMs: number): void {
    this.stage = stage;
    this.renew();
    this.follower.world.schedule(this, delayMs);
  }

  describe(): string {
    return `${this.follower.id}<${this.replica.name}:${this.stage}`;
  }

  fingerprint(): string {
    const ending = this.endsAt < 0 ? '' : this.endsAt - this.follower.world.now;
    const isEmpty = this.stage === 'answer-under-way' && this.answer === null;
    return `${this.stage}${isEmpty ? '-' : ''}>${this.leader.id}:${this.fetchOffset}:${this.sentHighWatermark}:${ending}`;
  }
}
