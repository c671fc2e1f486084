/**
 * What a leader knows of its partition's replicas: the ISR, how far each follower has come, and who waits for that
 * (Kafka: `Partition`). With one replica there is nothing to know, and the high watermark is the log end (ISR-7).
 */
import { ERRORS } from '../../errors';
import type { ActiveBrokers } from '../../controller/election';
import { effectiveMinIsr, isUnderMinIsr, type PartitionRegistration } from '../../controller/partition-registration';
import type { Replica } from '../replica';
import { highWatermark } from '../watermarks';
import type { FollowerLink } from './follower-link';

/** A follower as its leader sees it. */
export interface FollowerState {
  readonly brokerId: number;
  /** Where its last fetch began, so everything before is copied (REP-1); -1 until its first fetch. */
  logEndOffset: number;
  /** When it last had everything that the leader had (ISR-3). */
  lastCaughtUpAt: number;
  /** Its fetch waits here for data; null while none does. */
  poll: FollowerLink | null;
}

/** An acks=all append that is not replicated yet. */
export interface WaitingAppend {
  /** The high watermark it waits for. */
  readonly requiredOffset: number;
  done(errorCode: number): void;
}

/** ISR-2: the follower has all that is committed, and has come into the present leader's epoch. */
export function isFollowerInSync(logEndOffset: number, highWatermark: number, epochStartOffset: number): boolean {
  return logEndOffset >= highWatermark && logEndOffset >= epochStartOffset;
}

/** ISR-3: fallen behind, and for longer than `replica.lag.time.max.ms`. How many records it lacks does not count. */
export function isOutOfSync(
  follower: FollowerState,
  leaderEndOffset: number,
  now: number,
  lagTimeMaxMs: number,
): boolean {
  return follower.logEndOffset !== leaderEndOffset && now - follower.lastCaughtUpAt > lagTimeMaxMs;
}

/**
 * ACK-5, ACK-8, ACK-9: what an acks=all append is told now; null while it has to wait on.
 * @param isrSize size of the maximal ISR (ISR-1)
 */
export function acksAllOutcome(
  highWatermark: number,
  requiredOffset: number,
  isrSize: number,
  minIsr: number,
): number | null {
  if (highWatermark < requiredOffset) return null;
  return isrSize >= minIsr ? ERRORS.NONE : ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
}

export class Leadership {
  readonly followers: FollowerState[] = [];
  /** Asked of the controller and not answered yet: the ISR as it is to be (ISR-1). */
  pendingIsr: readonly number[] | null = null;
  private waiting: WaitingAppend[] = [];
  /** Looks for followers that have fallen behind; set while one has. */
  isLagCheckDue = false;

  constructor(
    readonly replica: Replica,
    readonly brokerId: number,
    public registration: PartitionRegistration,
    /** Log end when this leadership began (REP-3). */
    readonly epochStartOffset: number,
    now: number,
  ) {
    for (const id of registration.replicas) {
      if (id === brokerId) continue;
      const lastCaughtUpAt = registration.isr.includes(id) ? now : Number.NEGATIVE_INFINITY;
      this.followers.push({ brokerId: id, logEndOffset: -1, lastCaughtUpAt, poll: null });
    }
  }

  follower(brokerId: number): FollowerState {
    const found = this.followers.find((follower) => follower.brokerId === brokerId);
    if (found === undefined) throw new Error(`broker ${brokerId} is no replica of ${this.replica.name}`);
    return found;
  }

  /** ISR-1: committed members, and those whose addition is pending. A pending removal counts only once it is committed. */
  get maximalIsr(): readonly number[] {
    const { isr } = this.registration;
    if (this.pendingIsr === null || this.pendingIsr.length <= isr.length) return isr;
    return this.pendingIsr;
  }

  get isUnderMinIsr(): boolean {
    return isUnderMinIsr(this.registration);
  }

  /**
   * ISR-5, ISR-6: moves the high watermark if it may move.
   * @param brokers knows who may become a member of the ISR (ISR-2)
   * @returns whether it has moved
   */
  maybeIncrementHighWatermark(now: number, lagTimeMaxMs: number, brokers: ActiveBrokers): boolean {
    const { replica, followers } = this;
    const { logEndOffset } = replica.log;
    // ISR-7.
    if (followers.length === 0) return replica.setHighWatermark(logEndOffset, now);
    if (this.isUnderMinIsr) return false;
    const isr = this.maximalIsr;
    const ends = [logEndOffset];
    for (const follower of followers) {
      const isMember = isr.includes(follower.brokerId);
      // One that is about to join is waited for already: it is caught up and may join.
      const isJoining =
        !isMember && brokers.isActive(follower.brokerId) && !isOutOfSync(follower, logEndOffset, now, lagTimeMaxMs);
      if (isMember || isJoining) ends.push(follower.logEndOffset);
    }
    return replica.setHighWatermark(highWatermark(replica.highWatermark, ends), now);
  }

  /** ACK-5. Calls back at once when it is replicated already. @returns whether it has to wait */
  await(append: WaitingAppend): boolean {
    const outcome = this.outcomeOf(append.requiredOffset);
    if (outcome === null) {
      this.waiting.push(append);
      return true;
    }
    append.done(outcome);
    return false;
  }

  /** Answers what is replicated now. */
  completeWaiting(): void {
    if (this.waiting.length === 0) return;
    const done: { append: WaitingAppend; outcome: number }[] = [];
    this.waiting = this.waiting.filter((append) => {
      const outcome = this.outcomeOf(append.requiredOffset);
      if (outcome !== null) done.push({ append, outcome });
      return outcome === null;
    });
    for (const { append, outcome } of done) append.done(outcome);
  }

  /** ACK-8: it has waited too long. */
  giveUp(append: WaitingAppend): void {
    this.waiting = this.waiting.filter((other) => other !== append);
  }

  /** ACK-10: leadership is lost. */
  failWaiting(errorCode: number): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const append of waiting) append.done(errorCode);
  }

  /** The broker is gone, and with it everything that waited there. */
  drop(): void {
    this.waiting = [];
    for (const follower of this.followers) follower.poll = null;
  }

  private outcomeOf(requiredOffset: number): number | null {
    const { registration, replica } = this;
    const minIsr = effectiveMinIsr(registration);
    return acksAllOutcome(replica.highWatermark, requiredOffset, this.maximalIsr.length, minIsr);
  }

  fingerprint(now: number): string {
    const { isr } = this.registration;
    const followers = this.followers.map(({ brokerId, logEndOffset, lastCaughtUpAt }) => {
      const isBehind = logEndOffset !== this.replica.log.logEndOffset;
      return `${brokerId}@${logEndOffset}${isBehind ? `-${now - lastCaughtUpAt}` : ''}`;
    });
    const lagCheck = this.isLagCheckDue ? '!' : '';
    return `${lagCheck}${isr.join('.')}|${this.pendingIsr?.join('.') ?? ''}|${followers.join()}|${this.waiting.length}`;
  }
}
