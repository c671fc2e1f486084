/**
 * Membership in a classic group: join, sync, heartbeats, rebalance, leaving (GRP-2 … GRP-12, CLI-45, CLI-53; librdkafka
 * `rdkafka_cgrp.c`). Rebalances are eager: all partitions are given up before the member joins again.
 *
 * An expelled member learns of it with its next heartbeat or commit (MOD-3 d), and goes on handling messages till then.
 */
import { Request, type AnswerHandler, type RequestKind } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type {
  AnswerOf,
  AssignedTopic,
  JoinGroupAnswer,
  KafkaRequest,
  LeaveGroupAnswer,
  SyncGroupAnswer,
  SyncGroupRequest,
} from '../../../protocol/messages';
import type { ClusterConnection } from '../cluster-connection';
import { textOf } from '../errors';
import type { ConfluentPorts } from '../ports';
import { AssignedPartition, type Assignment } from './assigned-partition';
import { ASSIGNORS, type SubscribedMember } from '../../assignors';
import { CommittedQuery } from './committed-query';
import { Committer, type CommitObserver, type GroupIdentity } from './committer';
import { CoordinatorConnection, isAboutCoordinator } from './coordinator-connection';
import type { Fetcher } from './fetcher';
import { Heartbeats } from './heartbeats';
import { joinRequest, syncRequest } from './group-requests';
import { recordJoin } from '../../join-trace';
import { MEMBER_TRANSITIONS, type MemberState } from './member-states';
import type { ConsumerOptions } from './options';
import type { Subscription } from './subscription';

/** Pause before joining again after a failure. */
const JOIN_INTERVAL_MS = 1000;

export type Rebalance = 'assign' | 'revoke';

export class GroupMember implements CommitObserver {
  readonly identity: GroupIdentity;
  readonly coordinator: CoordinatorConnection;
  readonly committer: Committer;
  /** What the delivery has to take note of before it goes on; null for nothing. */
  pending: Rebalance | null = null;
  /** Fetches for this member; set once, right after construction. */
  fetcher!: Fetcher;
  private state: MemberState = 'unsubscribed';
  private nextAssignment: readonly AssignedTopic[] = [];
  /** The assignment was taken away, not asked back: it is too late to commit for it. */
  private isLost = false;
  private readonly heartbeats: Heartbeats;
  private joinedVersion = -1;
  private whenLeft: (() => void) | null = null;
  private lastError = '';

  constructor(
    private readonly ports: ConfluentPorts,
    private readonly options: ConsumerOptions,
    private readonly cluster: ClusterConnection,
    private readonly subscription: Subscription,
    private readonly assignment: Assignment,
    /** The delivery has to look at `pending`. */
    private readonly onPending: () => void,
  ) {
    this.coordinator = new CoordinatorConnection(ports.endpoint, 'group', options.groupId);
    this.identity = { generationId: -1, memberId: '', groupInstanceId: options.groupInstanceId };
    this.committer = new Committer(ports, options, this.identity, this.coordinator, assignment, this);
    this.heartbeats = new Heartbeats(ports, options, this.identity, this.coordinator, (code) =>
      this.onHeartbeatAnswer(code),
    );
  }

  get isStable(): boolean {
    return this.state === 'stable';
  }

  get isFenced(): boolean {
    return this.state === 'fenced';
  }

  /** The subscription has changed: joins, again if need be. */
  subscribed(): void {
    if (this.state === 'unsubscribed') this.join();
    else if (this.state === 'stable') this.revoke(false);
    else if (this.state === 'assigning') this.rejoin();
  }

  /** The delivery takes the new assignment; `starts` are positions that the program has asked for by `seek()`. */
  takeAssignment(startOf: (topic: string, index: number) => number | null): void {
    this.pending = null;
    this.transitionTo('stable');
    this.assignment.partitions = this.nextAssignment.flatMap(({ name, partitions }) =>
      partitions.map((index) => new AssignedPartition(name, index)),
    );
    this.fetcher.resumeAll();
    const unknown: AssignedPartition[] = [];
    for (const partition of this.assignment.partitions) {
      const start = startOf(partition.topic, partition.index);
      if (start === null) unknown.push(partition);
      else this.fetcher.seek(partition, start);
    }
    if (unknown.length > 0) this.whenCommitted(() => this.findPositions(unknown));
    if (this.joinedVersion !== this.subscription.version) this.revoke(false);
  }

  /** The delivery is through with the partitions: the last commit, then the next join (GRP-10). */
  giveUp(): void {
    this.pending = null;
    if (this.options.autoCommit && !this.isLost) this.committer.commitStored(true, 0);
    this.dropAssignment();
    if (this.state === 'fenced') return;
    this.transitionTo('committing');
    this.whenCommitted(() => {
      if (this.state === 'committing') this.rejoin();
    });
  }

  /** CLI-45: no poll for too long. The member leaves although its heartbeats run. */
  expel(): void {
    if (this.state !== 'stable') return;
    if (this.identity.groupInstanceId === null) this.sendLeave(IGNORE);
    this.identity.memberId = '';
    this.revoke(true);
  }

  /** Leaves for good; a static member only falls silent (GRP-12). */
  leave(whenLeft: () => void): void {
    this.whenLeft = whenLeft;
    if (this.options.autoCommit && !this.isLost && this.state !== 'fenced') this.committer.commitStored(true, 0);
    const isMember = this.identity.memberId !== '' && this.state !== 'fenced' && this.identity.groupInstanceId === null;
    this.fetcher.suspend();
    this.pending = null;
    this.dropAssignment();
    this.transitionTo('leaving');
    this.whenCommitted(() => {
      this.heartbeats.stop();
      if (isMember) this.sendLeave(this.leaveHandler);
      else this.closed();
    });
  }

  onCommitRefused(code: number): void {
    if (code === ERRORS.UNKNOWN_MEMBER_ID) {
      this.identity.memberId = '';
      this.revoke(true);
    } else if (code === ERRORS.ILLEGAL_GENERATION && this.state === 'stable') {
      this.identity.generationId = -1;
      this.revoke(true);
    } else if (code === ERRORS.FENCED_INSTANCE_ID) this.fence();
  }

  private join(): void {
    this.transitionTo('joining');
    this.heartbeats.stop();
    const topics = this.subscription.known(this.cluster.partitions);
    if (topics.length === 0) {
      this.lookForTopics();
      return;
    }
    this.joinedVersion = this.subscription.version;
    this.send('join', true, joinRequest(this.options, this.identity, topics), this.joinHandler);
  }

  /** None of the topics exists: without one there is no joining. */
  private lookForTopics(): void {
    this.cluster.refresh(
      this.subscription.isPattern ? null : this.subscription.names,
      () => {
        if (this.state !== 'joining') return;
        if (this.subscription.known(this.cluster.partitions).length > 0) {
          this.join();
          return;
        }
        for (const name of this.subscription.names)
          this.report(`Subscribed topic not available: ${name}: ${textOf(3)}`);
        this.later(() => this.lookForTopics());
      },
      0,
    );
  }

  private readonly joinHandler: AnswerHandler<JoinGroupAnswer> = {
    onAnswer: (answer) => {
      if (this.state === 'joining') this.joined(answer);
    },
    onLost: () => this.joinAgain(),
  };

  /** The coordinator is away: whoever is next gets the request. */
  private joinAgain(code: number = ERRORS.NOT_COORDINATOR): void {
    this.coordinator.note(code);
    this.later(() => this.join(), false);
  }

  private joined(answer: JoinGroupAnswer): void {
    const { identity } = this;
    switch (answer.errorCode) {
      case ERRORS.NONE:
        identity.generationId = answer.generationId;
        identity.memberId = answer.memberId;
        this.transitionTo('syncing');
        if (answer.leader === answer.memberId && answer.members.length > 0) this.lead(answer);
        else this.sync([]);
        return;
      case ERRORS.MEMBER_ID_REQUIRED:
        identity.memberId = answer.memberId;
        this.join();
        return;
      case ERRORS.UNKNOWN_MEMBER_ID:
        identity.memberId = '';
        this.later(() => this.join(), false);
        return;
      case ERRORS.FENCED_INSTANCE_ID:
        this.fence();
        return;
      default:
        if (isAboutCoordinator(answer.errorCode)) {
          this.joinAgain(answer.errorCode);
          return;
        }
        this.report(`JoinGroup failed: ${textOf(answer.errorCode)}`);
        this.later(() => this.join());
    }
  }

  /** The leader divides the partitions (GRP-5, GRP-10). */
  private lead(answer: JoinGroupAnswer): void {
    const members: readonly SubscribedMember[] = answer.members;
    const { partitions } = this.cluster;
    const missing = [...new Set(members.flatMap(({ topics }) => topics))].filter((topic) => !partitions.has(topic));
    const assign = (): void => {
      if (this.state === 'syncing') this.sync(ASSIGNORS[answer.protocolName ?? 'roundrobin']!(members, partitions));
    };
    if (missing.length === 0) assign();
    else this.cluster.refresh(missing, assign, 0);
  }

  private sync(assignments: SyncGroupRequest['assignments']): void {
    const message = syncRequest(this.options, this.identity, assignments);
    this.send('sync', true, message, {
      onAnswer: (answer: SyncGroupAnswer) => {
        if (this.state === 'syncing') this.synced(answer);
      },
      onLost: () => {
        this.coordinator.forget();
        this.later(() => {
          if (this.state === 'syncing') this.sync(assignments);
        }, false);
      },
    });
  }

  private synced(answer: SyncGroupAnswer): void {
    if (answer.errorCode === ERRORS.FENCED_INSTANCE_ID) {
      this.fence();
      return;
    }
    if (isAboutCoordinator(answer.errorCode)) {
      this.transitionTo('joining');
      this.joinAgain(answer.errorCode);
      return;
    }
    if (answer.errorCode !== ERRORS.NONE) {
      if (answer.errorCode === ERRORS.UNKNOWN_MEMBER_ID) this.identity.memberId = '';
      this.join();
      return;
    }
    this.lastError = '';
    this.nextAssignment = answer.assignment;
    this.isLost = false;
    recordJoin(this.ports, this.options.groupId, this.identity.generationId, answer.assignment);
    this.transitionTo('assigning');
    this.pending = 'assign';
    this.heartbeats.start();
    this.onPending();
  }

  private onHeartbeatAnswer(errorCode: number): void {
    if (this.state === 'joining' || this.state === 'syncing' || this.state === 'leaving') return;
    if (errorCode === ERRORS.REBALANCE_IN_PROGRESS) this.revoke(false);
    else if (errorCode === ERRORS.FENCED_INSTANCE_ID) this.fence();
    else if (errorCode === ERRORS.UNKNOWN_MEMBER_ID) {
      this.identity.memberId = '';
      this.revoke(true);
    } else if (errorCode === ERRORS.ILLEGAL_GENERATION) {
      this.identity.generationId = -1;
      this.revoke(true);
    }
  }

  /** The delivery must give up its partitions; it does so when the messages in its hands are through. */
  private revoke(isLost: boolean): void {
    if (isLost) this.isLost = true;
    if (this.state === 'assigning') this.rejoin();
    else if (this.state === 'stable') {
      if (this.assignment.partitions.length === 0) {
        this.rejoin();
        return;
      }
      this.transitionTo('revoking');
      this.fetcher.suspend();
      this.pending = 'revoke';
      this.onPending();
    }
  }

  private rejoin(): void {
    this.pending = null;
    this.join();
  }

  /** CLI-53: it is out, and nobody tells the program. */
  private fence(): void {
    if (this.state === 'fenced' || this.state === 'leaving' || this.state === 'closed') return;
    const hasPartitions = this.assignment.partitions.length > 0;
    this.transitionTo('fenced');
    this.isLost = true;
    this.heartbeats.stop();
    this.fetcher.suspend();
    this.report(`Fatal consumer error: ${textOf(ERRORS.FENCED_INSTANCE_ID)}`);
    this.pending = hasPartitions ? 'revoke' : null;
    if (hasPartitions) this.onPending();
  }

  private findPositions(partitions: readonly AssignedPartition[]): void {
    if (partitions.some((partition) => !this.assignment.partitions.includes(partition))) return;
    const query = new CommittedQuery(this.ports, this.options, this.coordinator, partitions, 0, (offsets) => {
      if (!this.assignment.partitions.includes(partitions[0]!)) return;
      const fresh = partitions.map((partition, i) => ({ partition, offset: offsets[i]!.offset }));
      // A seek that came in the meantime counts.
      this.fetcher.start(fresh.filter(({ partition }) => partition.version === 0));
    });
    query.send();
  }

  private whenCommitted(next: () => void): void {
    if (this.committer.outstanding === 0) next();
    else this.committer.onIdle = next;
  }

  private dropAssignment(): void {
    this.committer.stopTimer();
    this.assignment.partitions = [];
  }

  private sendLeave(handler: AnswerHandler<LeaveGroupAnswer>): void {
    const { groupId } = this.options;
    this.send('leave', true, { api: 'LeaveGroup', groupId, memberId: this.identity.memberId }, handler);
  }

  private readonly leaveHandler: AnswerHandler<LeaveGroupAnswer> = {
    onAnswer: () => this.closed(),
    onLost: () => this.closed(),
  };

  private closed(): void {
    this.transitionTo('closed');
    this.whenLeft?.();
  }

  private send<R extends KafkaRequest>(
    kind: RequestKind,
    isMutating: boolean,
    message: R,
    handler: AnswerHandler<AnswerOf<R>>,
  ): void {
    const { receiver } = this.coordinator;
    const request = new Request(kind, isMutating, this.ports.incarnation, message, receiver as never, handler);
    // A join waits for the others as long as the group does.
    request.timeoutMs = this.options.requestTimeoutMs + (kind === 'join' ? this.options.maxPollIntervalMs : 0);
    this.coordinator.send(request);
  }

  private later(work: () => void, isBackground = true): void {
    this.ports.incarnation.setTimer(
      JOIN_INTERVAL_MS,
      () => {
        if (this.state === 'joining' || this.state === 'syncing') work();
      },
      isBackground,
    );
  }

  private report(text: string): void {
    if (text === this.lastError) return;
    this.lastError = text;
    this.options.logger.error(text);
  }

  /** @throws Error when the table has no such move: a bug of the model. */
  private transitionTo(next: MemberState): void {
    if (!MEMBER_TRANSITIONS[this.state].includes(next))
      throw new Error(`group member: no move from ${this.state} to ${next}`);
    this.state = next;
  }
}

const IGNORE: AnswerHandler<LeaveGroupAnswer> = { onAnswer: () => undefined, onLost: () => undefined };
