/**
 * Membership of a Java consumer (GRP-1 … GRP-13, CON-4, CON-6; Kafka: `ConsumerCoordinator`). It joins and rebalances inside
 * `poll` only; heartbeats have a thread of their own. Rebalances are eager (GRP-10).
 */
import type { SimEvent } from '../../../simulation/event-queue';
import { ERRORS } from '../../errors';
import type { JoinGroupAnswer, SyncGroupRequest } from '../../protocol/messages';
import { ASSIGNORS } from '../assignors';
import { recordJoin } from '../join-trace';
import type { ClientPorts, MetadataClient } from '../metadata-client';
import type { ConsumerConfig } from './consumer-config';
import { exceptionOf, isRetriable, JavaException } from './errors';
import { GroupRequests, type Generation } from './group-requests';
import {
  AssignedPartition,
  type OffsetAndPartition,
  type SubscriptionState,
  type TopicPartition,
} from './subscription-state';

export interface RebalanceListener {
  onPartitionsRevoked?(partitions: readonly TopicPartition[]): void;
  onPartitionsAssigned?(partitions: readonly TopicPartition[]): void;
  onPartitionsLost?(partitions: readonly TopicPartition[]): void;
}

const NO_GENERATION: Generation = { generationId: -1, memberId: '' };

export class ConsumerCoordinator {
  readonly requests: GroupRequests;
  /** To be thrown by the next poll. */
  error: JavaException | null = null;
  listener: RebalanceListener = {};
  private current: Generation = NO_GENERATION;
  /** As of the last completed join: what a transaction says of the group, also when the member has been expelled since. */
  private joined: Generation = NO_GENERATION;
  private state: 'unjoined' | 'joining' | 'stable' = 'unjoined';
  private needsRejoin = true;
  /** Membership was lost, not given up: nothing can be committed for the partitions (CON-4). */
  private isLost = false;
  private heartbeatTimer: SimEvent | null = null;
  private isHeartbeatOut = false;
  private lastPollAt = 0;
  /** What came while nobody polled. */
  private readonly held: (() => void)[] = [];
  private isPolling = false;

  constructor(
    private readonly ports: ClientPorts,
    private readonly config: ConsumerConfig,
    private readonly cluster: MetadataClient,
    private readonly subscription: SubscriptionState,
    private readonly wake: () => void,
  ) {
    this.requests = new GroupRequests(ports, config);
  }

  get groupMetadata(): Generation {
    return this.joined;
  }

  /** Null while the member is not part of an active group. */
  get stableGeneration(): Generation | null {
    return this.state === 'stable' ? this.current : null;
  }

  get isRebalancing(): boolean {
    return this.state === 'joining';
  }

  requestRejoin(): void {
    this.needsRejoin = true;
  }

  /** GRP work of a poll. @returns whether the member has its partitions */
  poll(): boolean {
    this.isPolling = true;
    this.lastPollAt = this.ports.incarnation.world.now;
    for (const work of this.held.splice(0)) work();
    if (this.state !== 'joining' && this.needsRejoin && this.error === null) this.prepareJoin();
    return this.state === 'stable' && !this.needsRejoin;
  }

  /** The poll is over. */
  rest(): void {
    this.isPolling = false;
  }

  /** Handles something now if a poll is under way, else in the next one. */
  private inPoll(work: () => void): void {
    if (!this.isPolling) {
      this.held.push(work);
      return;
    }
    work();
    this.wake();
  }

  /** CON-4: one more commit of the positions, then the partitions are given up. */
  private prepareJoin(): void {
    this.state = 'joining';
    const { assigned } = this.subscription;
    const giveUp = (): void => {
      const partitions = assigned.map(({ topic, index }) => ({ topic, partition: index }));
      this.subscription.assigned = [];
      if (partitions.length > 0) {
        if (!this.isLost) this.listener.onPartitionsRevoked?.(partitions);
        else (this.listener.onPartitionsLost ?? this.listener.onPartitionsRevoked)?.call(this.listener, partitions);
      }
      this.join();
    };
    const offsets = this.subscription.allConsumed();
    if (!this.config.enableAutoCommit || this.isLost || offsets.length === 0) giveUp();
    else this.requests.commit(offsets, this.current, () => this.inPoll(giveUp));
  }

  private join(): void {
    this.stopHeartbeats();
    const { config, current } = this;
    const message = {
      api: 'JoinGroup' as const,
      groupId: config.groupId,
      sessionTimeoutMs: config.sessionTimeoutMs,
      rebalanceTimeoutMs: config.maxPollIntervalMs,
      memberId: current.memberId,
      groupInstanceId: config.groupInstanceId,
      protocolType: 'consumer',
      protocols: config.assignors.map((name) => ({ name, topics: this.subscription.topics })),
    };
    const timeoutMs = config.maxPollIntervalMs + 5000;
    this.requests.send(
      'join',
      true,
      message,
      ({ errorCode }) => errorCode,
      (answer, code) => this.inPoll(() => this.onJoin(answer, code)),
      timeoutMs,
    );
  }

  private onJoin(answer: JoinGroupAnswer | null, code: number): void {
    if (this.state !== 'joining') return;
    if (code === ERRORS.MEMBER_ID_REQUIRED) {
      this.current = { generationId: -1, memberId: answer!.memberId };
      this.join();
    } else if (code === ERRORS.NONE) {
      const { generationId, memberId, leader, members } = answer!;
      this.current = { generationId, memberId };
      if (leader === memberId && members.length > 0) this.lead(answer!);
      else this.sync([]);
    } else this.joinFailed(code);
  }

  private joinFailed(code: number): void {
    if (code === ERRORS.UNKNOWN_MEMBER_ID || code === ERRORS.ILLEGAL_GENERATION) this.current = NO_GENERATION;
    const isPassing =
      isRetriable(code) ||
      code === ERRORS.UNKNOWN_MEMBER_ID ||
      code === ERRORS.ILLEGAL_GENERATION ||
      code === ERRORS.REBALANCE_IN_PROGRESS;
    if (isPassing) {
      this.ports.incarnation.setTimer(this.config.retryBackoffMs, () =>
        this.inPoll(() => {
          if (this.state === 'joining') this.join();
        }),
      );
      return;
    }
    this.state = 'unjoined';
    this.error = exceptionOf(code);
  }

  private lead({ members, protocolName }: JoinGroupAnswer): void {
    const { partitions } = this.cluster;
    const missing = [...new Set(members.flatMap(({ topics }) => topics))].filter((topic) => !partitions.has(topic));
    const assign = (): void => this.sync(ASSIGNORS[protocolName ?? 'range']!(members, partitions));
    if (missing.length === 0) assign();
    else this.cluster.refresh(missing, () => this.inPoll(assign), 0);
  }

  private sync(assignments: SyncGroupRequest['assignments']): void {
    if (this.state !== 'joining') return;
    const { config, current } = this;
    const message = {
      api: 'SyncGroup' as const,
      groupId: config.groupId,
      ...current,
      groupInstanceId: config.groupInstanceId,
      assignments,
    };
    this.requests.send(
      'sync',
      true,
      message,
      ({ errorCode }) => errorCode,
      (answer, code) =>
        this.inPoll(() => {
          if (this.state !== 'joining') return;
          if (code === ERRORS.NONE) this.completeJoin(answer!.assignment);
          else this.joinFailed(code);
        }),
    );
  }

  private completeJoin(assignment: SyncGroupRequest['assignments'][number]['assignment']): void {
    this.state = 'stable';
    this.needsRejoin = false;
    this.isLost = false;
    this.joined = this.current;
    const assigned = assignment.flatMap(({ name, partitions }) =>
      partitions.map((index) => new AssignedPartition(name, index)),
    );
    this.subscription.assigned = assigned;
    recordJoin(this.ports, this.config.groupId, this.current.generationId, assignment);
    this.listener.onPartitionsAssigned?.(assigned.map(({ topic, index }) => ({ topic, partition: index })));
    this.startHeartbeats();
  }

  private startHeartbeats(): void {
    if (this.heartbeatTimer !== null) return;
    this.heartbeatTimer = this.ports.incarnation.setTimer(this.config.heartbeatIntervalMs, this.onHeartbeatDue, true);
  }

  private stopHeartbeats(): void {
    if (this.heartbeatTimer !== null) this.ports.incarnation.clearTimer(this.heartbeatTimer);
    this.heartbeatTimer = null;
  }

  private readonly onHeartbeatDue = (): void => {
    this.heartbeatTimer = null;
    if (this.state !== 'stable') return;
    // GRP-13: alive, but not polling.
    if (this.ports.incarnation.world.now - this.lastPollAt > this.config.maxPollIntervalMs) {
      this.leave(() => undefined);
      this.lose();
      return;
    }
    this.startHeartbeats();
    if (this.isHeartbeatOut) return;
    this.isHeartbeatOut = true;
    const { groupId, groupInstanceId } = this.config;
    const message = { api: 'Heartbeat' as const, groupId, ...this.current, groupInstanceId };
    this.requests.send(
      'heartbeat',
      false,
      message,
      ({ errorCode }) => errorCode,
      (_answer, code) => {
        this.isHeartbeatOut = false;
        if (code === ERRORS.REBALANCE_IN_PROGRESS) this.requestRejoin();
        else if (code === ERRORS.UNKNOWN_MEMBER_ID || code === ERRORS.ILLEGAL_GENERATION) this.lose();
        else if (code === ERRORS.FENCED_INSTANCE_ID) {
          this.error = exceptionOf(code);
          this.stopHeartbeats();
        } else return;
        this.wake();
      },
    );
  };

  /** The member has been expelled; it joins as a new one in the next poll. */
  private lose(): void {
    this.isLost = true;
    this.current = NO_GENERATION;
    if (this.state === 'stable') this.state = 'unjoined';
    this.requestRejoin();
    this.stopHeartbeats();
  }

  /** One attempt at a commit of the member's. @param onDone gets null, or why it was refused (CON-6) */
  commit(offsets: readonly OffsetAndPartition[], onDone: (exception: JavaException | null) => void): void {
    const generation = this.stableGeneration;
    if (generation === null) {
      onDone(
        this.isRebalancing
          ? exceptionOf(ERRORS.REBALANCE_IN_PROGRESS)
          : new JavaException('CommitFailedException', 'the consumer is not part of an active group'),
      );
      return;
    }
    this.requests.commit(offsets, generation, (code) => onDone(this.commitException(code, generation)));
  }

  private commitException(code: number, generation: Generation): JavaException | null {
    const isUnchanged = generation === this.current;
    switch (code) {
      case ERRORS.NONE:
        return null;
      case ERRORS.REBALANCE_IN_PROGRESS:
        if (isUnchanged) this.requestRejoin();
        return exceptionOf(code);
      case ERRORS.UNKNOWN_MEMBER_ID:
      case ERRORS.ILLEGAL_GENERATION:
        if (isUnchanged) this.lose();
        return new JavaException('CommitFailedException', undefined, code);
      default:
        return exceptionOf(code);
    }
  }

  /** A dynamic member says goodbye; a static one does not (GRP-12). */
  close(next: () => void): void {
    this.stopHeartbeats();
    if (this.config.groupInstanceId === null && this.current.memberId !== '') this.leave(next);
    else next();
    this.state = 'unjoined';
  }

  private leave(next: () => void): void {
    const message = {
      api: 'LeaveGroup' as const,
      groupId: this.config.groupId,
      memberId: this.current.memberId,
    };
    this.requests.send(
      'leave',
      true,
      message,
      ({ errorCode }) => errorCode,
      () => next(),
    );
  }
}
