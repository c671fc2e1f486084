/**
 * The leader's part in replication: answering followers' fetches, moving the high watermark, and keeping the ISR (REP-1,
 * ISR-1 … ISR-6). With one replica nothing of this happens.
 */
import { SimEvent } from '../../../simulation/event-queue';
import type { World } from '../../../simulation/world';
import { ERRORS } from '../../errors';
import type { ClusterSettings } from '../../settings';
import type { Replica } from '../replica';
import { divergingEpoch } from './divergence';
import type { FollowerLink } from './follower-link';
import { isFollowerInSync, isOutOfSync, type FollowerState, type Leadership } from './leadership';

/** What replication needs of the leader's broker. */
export interface LeaderHost {
  readonly id: number;
  readonly world: World;
  readonly settings: ClusterSettings;
  readonly isRunning: boolean;
  /** Lets `work` happen now, or when the broker runs again. */
  whenRunning(work: () => void): void;
  /** Whether a broker may be in an ISR (ISR-2), as this broker knows. */
  isActive(brokerId: number): boolean;
  /** Since when a broker has been paused; null when it is not. */
  pausedSinceOf(brokerId: number): number | null;
  /** Asks the controller for another ISR. */
  alterPartition(leadership: Leadership, isr: readonly number[]): void;
  /** Records have become readable. */
  onReadable(): void;
}

export class LeaderSide {
  constructor(private readonly host: LeaderHost) {}

  /** A batch has been appended to a partition that this broker leads. */
  onAppend(leadership: Leadership, endBefore: number): void {
    for (const follower of leadership.followers) {
      if (follower.logEndOffset === endBefore) this.noteCaughtUp(follower);
      if (follower.poll !== null) this.serve(leadership, follower, follower.poll);
    }
    this.watchLag(leadership);
    this.advance(leadership);
  }

  /** A follower's fetch has arrived: the leader learns how far the follower has copied (REP-1). */
  onFetch(replica: Replica | undefined, link: FollowerLink): void {
    const leadership = replica?.leadership ?? null;
    if (replica === undefined || leadership === null || leadership.registration.leaderEpoch !== link.leaderEpoch) {
      link.respond(refusal(leadership === null ? ERRORS.NOT_LEADER_OR_FOLLOWER : epochError(leadership, link)));
      return;
    }
    const { log, highWatermark } = replica;
    const diverging = divergingEpoch(replica, link.lastFetchedEpoch, link.fetchOffset);
    if (diverging !== null) {
      link.respond({
        errorCode: ERRORS.NONE,
        diverging,
        batches: [],
        highWatermark,
        logStartOffset: log.logStartOffset,
      });
      return;
    }
    if (link.fetchOffset < log.logStartOffset || link.fetchOffset > log.logEndOffset) {
      link.respond({ ...refusal(ERRORS.OFFSET_OUT_OF_RANGE), logStartOffset: log.logStartOffset });
      return;
    }
    const follower = leadership.follower(link.follower.id);
    follower.logEndOffset = link.fetchOffset;
    if (link.fetchOffset === log.logEndOffset) follower.lastCaughtUpAt = this.host.world.now;
    link.arrivedAt = this.host.world.now;
    follower.poll = link;
    this.maybeExpandIsr(leadership, follower);
    this.advance(leadership);
    // Moving the high watermark may have let somebody append, and the new batch has answered this poll already.
    if (follower.poll === link) this.serve(leadership, follower, link);
  }

  /** Something that decides about ISR or high watermark has changed. */
  reconsider(leadership: Leadership): void {
    for (const follower of leadership.followers) {
      // Polls follow one another: who polls asks to join again and again.
      const isPolling = follower.poll !== null && !follower.poll.isOver && !this.hasLapsed(follower.poll);
      if (isPolling) this.maybeExpandIsr(leadership, follower);
      if (follower.poll !== null) this.serve(leadership, follower, follower.poll);
    }
    this.advance(leadership);
    this.watchLag(leadership);
  }

  /** ISR-5: moves the high watermark as far as it may go, and answers what waited for it. */
  advance(leadership: Leadership): void {
    const { host } = this;
    const hasMoved = leadership.maybeIncrementHighWatermark(host.world.now, host.settings.replicaLagTimeMaxMs, host);
    if (!hasMoved) return;
    leadership.completeWaiting();
    this.announce(leadership);
    host.onReadable();
  }

  /** Followers are to hear of a new high watermark or log start: with the next answer, at the latest when their poll ends. */
  announce(leadership: Leadership): void {
    for (const { poll } of leadership.followers) if (poll !== null) this.endPollLater(leadership, poll);
  }

  /** Answers a poll if there is data for it; otherwise it goes on waiting. */
  private serve(leadership: Leadership, follower: FollowerState, link: FollowerLink): void {
    const { replica } = leadership;
    if (link.fetchOffset >= replica.log.logEndOffset) {
      this.endPollLater(leadership, link);
      return;
    }
    if (this.hasLapsed(link)) return;
    this.answer(leadership, follower, link);
  }

  private answer({ replica }: Leadership, follower: FollowerState, link: FollowerLink): void {
    const { log, highWatermark } = replica;
    follower.poll = null;
    link.endsAt = -1;
    link.respond({
      errorCode: ERRORS.NONE,
      diverging: null,
      batches: log.read(link.fetchOffset, log.logEndOffset),
      highWatermark,
      logStartOffset: log.logStartOffset,
    });
  }

  /** A broker that stands still sends no further poll: its last one has ended after `replica.fetch.wait.max.ms`. */
  private hasLapsed(link: FollowerLink): boolean {
    const since = this.host.pausedSinceOf(link.follower.id);
    return since !== null && this.host.world.now > since + this.host.settings.replicaFetchWaitMaxMs;
  }

  private endPollLater(leadership: Leadership, link: FollowerLink): void {
    const { replica } = leadership;
    const isInformed =
      link.sentHighWatermark >= replica.highWatermark && link.sentLogStart >= replica.log.logStartOffset;
    if (isInformed || this.hasLapsed(link)) return;
    const { world, settings } = this.host;
    const wait = settings.replicaFetchWaitMaxMs;
    // Polls follow one another without a gap; this one ends at a multiple of the wait from its arrival.
    const passed = (world.now - link.arrivedAt) % wait;
    if (link.endsAt >= world.now) return;
    link.endsAt = world.now + wait - passed;
    world.schedule(new PollEnd(this, leadership, link, link.endsAt), wait - passed);
  }

  /** @internal A poll has lasted as long as it may. */
  onPollEnd(leadership: Leadership, link: FollowerLink, endsAt: number): void {
    const follower = leadership.follower(link.follower.id);
    if (link.isOver || link.endsAt !== endsAt || leadership.replica.leadership !== leadership) return;
    this.host.whenRunning(() => {
      if (follower.poll === link && !this.hasLapsed(link)) this.answer(leadership, follower, link);
    });
  }

  private noteCaughtUp(follower: FollowerState): void {
    const { now } = this.host.world;
    const since = this.host.pausedSinceOf(follower.brokerId);
    // A live follower polls all the time; one that stands still has polled until then.
    if (follower.poll !== null) follower.lastCaughtUpAt = Math.max(follower.lastCaughtUpAt, since ?? now);
  }

  /** ISR-2. */
  private maybeExpandIsr(leadership: Leadership, follower: FollowerState): void {
    const { brokerId, logEndOffset } = follower;
    if (leadership.pendingIsr !== null || leadership.registration.isr.includes(brokerId)) return;
    if (!this.host.isActive(brokerId)) return;
    if (!isFollowerInSync(logEndOffset, leadership.replica.highWatermark, leadership.epochStartOffset)) return;
    leadership.pendingIsr = [...leadership.registration.isr, brokerId];
    this.host.alterPartition(leadership, leadership.pendingIsr);
  }

  /** ISR-3: while a member of the ISR lacks something, looks at it every half of `replica.lag.time.max.ms`. */
  private watchLag(leadership: Leadership): void {
    if (leadership.isLagCheckDue || !this.isAnyoneBehind(leadership)) return;
    leadership.isLagCheckDue = true;
    const { world, settings } = this.host;
    // Whole milliseconds as in Kafka, and at least one: with none the same instant would be looked at for ever.
    const half = Math.max(1, Math.floor(settings.replicaLagTimeMaxMs / 2));
    world.schedule(new LagCheck(this, leadership), half - (world.now % half));
  }

  private isAnyoneBehind({ registration, followers, replica }: Leadership): boolean {
    return followers.some(
      ({ brokerId, logEndOffset }) => registration.isr.includes(brokerId) && logEndOffset !== replica.log.logEndOffset,
    );
  }

  /** @internal */
  onLagCheck(leadership: Leadership): void {
    leadership.isLagCheckDue = false;
    if (leadership.replica.leadership !== leadership) return;
    this.host.whenRunning(() => this.shrinkIsr(leadership));
  }

  private shrinkIsr(leadership: Leadership): void {
    const { world, settings } = this.host;
    const { registration, followers, replica } = leadership;
    const isBehind = (id: number): boolean =>
      followers.some(
        (follower) =>
          follower.brokerId === id &&
          isOutOfSync(follower, replica.log.logEndOffset, world.now, settings.replicaLagTimeMaxMs),
      );
    const isr = registration.isr.filter((id) => !isBehind(id));
    if (leadership.pendingIsr === null && isr.length < registration.isr.length) {
      leadership.pendingIsr = isr;
      this.host.alterPartition(leadership, isr);
    }
    this.watchLag(leadership);
  }
}

/** The longest that a poll lasts is over. */
class PollEnd extends SimEvent {
  constructor(
    private readonly side: LeaderSide,
    private readonly leadership: Leadership,
    private readonly link: FollowerLink,
    private readonly endsAt: number,
  ) {
    super(false);
  }

  fire(): void {
    this.side.onPollEnd(this.leadership, this.link, this.endsAt);
  }
}

class LagCheck extends SimEvent {
  constructor(
    private readonly side: LeaderSide,
    private readonly leadership: Leadership,
  ) {
    super(true);
  }

  fire(): void {
    this.side.onLagCheck(this.leadership);
  }
}

function refusal(errorCode: number): {
  errorCode: number;
  diverging: null;
  batches: [];
  highWatermark: number;
  logStartOffset: number;
} {
  return { errorCode, diverging: null, batches: [], highWatermark: -1, logStartOffset: -1 };
}

/** REP-3. */
function epochError({ registration }: Leadership, { leaderEpoch }: FollowerLink): number {
  return leaderEpoch < registration.leaderEpoch ? ERRORS.FENCED_LEADER_EPOCH : ERRORS.UNKNOWN_LEADER_EPOCH;
}
