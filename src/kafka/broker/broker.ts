/**
 * A broker: the replicas on it, what it knows of the cluster, and whether its process runs, stands still, or is gone.
 *
 * Requests to a dead broker break their connections; those to a paused one lie in its sockets until it runs again, and are
 * then carried out, whether or not anybody still waits (REP-9).
 */
import { LATENCY_MS, type Request } from '../../simulation/network';
import type { World } from '../../simulation/world';
import type { TransactionalWriter, TransactionMarker, TransactionShard } from '../coordinator/coordinator-host';
import { coordinatorPartition, TRANSACTION_STATE_TOPIC } from '../coordinator/coordinator-host';
import { ERRORS } from '../errors';
import type { KafkaAnswer, KafkaReceiver, KafkaRequest, WireRecord } from '../protocol/messages';
import type { ClusterSettings } from '../settings';
import { BrokerImage } from './broker-image';
import type { BrokerPorts, ImageDelta } from './broker-ports';
import { Connections } from './connections';
import { Fetches } from './fetches';
import { MarkerCall } from './marker-call';
import { recordAppend } from './recording';
import { Replica } from './replica';
import type { FollowerLink, LinkFollower, LinkLeader } from './replication/follower-link';
import { LeaderSide, type LeaderHost } from './replication/leader-side';
import type { Leadership } from './replication/leadership';
import { takeRole } from './roles';
import { serve } from './serve';

type AnyRequest = Request<KafkaRequest, KafkaAnswer>;

/** What came while the broker stood still. */
interface Held {
  readonly request: AnyRequest | null;
  readonly work: () => void;
}

/** Open requests are counted off when so many have come together. */
const OPEN_LIMIT = 32;

export class Broker implements KafkaReceiver, LinkFollower, LinkLeader, LeaderHost {
  readonly image = new BrokerImage();
  readonly fetches = new Fetches(this);
  readonly leaderSide = new LeaderSide(this);
  private readonly replicas = new Map<string, Replica[]>();
  private state: 'alive' | 'paused' | 'dead' = 'alive';
  private pausedAt = 0;
  private startedAt = Number.NEGATIVE_INFINITY;
  private held: Held[] = [];
  /** Requests that have no answer yet. */
  private open: AnyRequest[] = [];
  /** Markers that are being written here; null before the first. */
  private calls: Set<MarkerCall> | null = null;
  private readonly connections = new Connections();
  /** Since when its fetchers hang: it copies nothing, and does everything else. Null while they run. */
  private hangingSince: number | null = null;
  /** Answers of leaders that lie with the hanging fetchers. */
  private untaken: FollowerLink[] = [];

  constructor(
    readonly id: number,
    readonly world: World,
    readonly settings: ClusterSettings,
    readonly ports: BrokerPorts,
  ) {}

  get isRunning(): boolean {
    return this.state === 'alive';
  }

  get isDead(): boolean {
    return this.state === 'dead';
  }

  get isRefusing(): boolean {
    return this.state === 'dead';
  }

  /** Null while it is not paused. */
  get pausedSince(): number | null {
    return this.state === 'paused' ? this.pausedAt : null;
  }

  /** PID-1: it has no producer ids to give out yet. */
  get hasJustStarted(): boolean {
    return this.world.now < this.startedAt + 2 * LATENCY_MS;
  }

  receive(request: AnyRequest): void {
    if (this.state === 'dead') request.breakOff(false);
    else if (this.state === 'paused') {
      this.held.push({ request, work: () => this.handle(request) });
      request.stall();
    } else this.handle(request);
  }

  private handle(request: AnyRequest): void {
    if (this.connections.isClosed(request)) {
      request.breakOff(false);
      return;
    }
    if (request.message.api !== 'Produce' || this.connections.enter(request)) serve(this, request);
    if (!request.isOpen) return;
    if (this.open.length >= OPEN_LIMIT) this.open = this.open.filter(({ isOpen }) => isOpen);
    this.open.push(request);
  }

  /** A produce request has been answered, or needs no answer: the next one of its connection is read. */
  endTurn(request: Pick<Request, 'connection' | 'sender' | 'sentAt'>): void {
    const next = this.connections.leave(request);
    if (next !== undefined) serve(this, next);
  }

  /** ACK-3. */
  closeConnection(request: Pick<Request, 'connection' | 'sender' | 'sentAt'>): void {
    this.connections.close(request, this.world.now);
    for (const other of this.open) if (this.connections.isClosed(other)) other.breakOff(true);
  }

  /** The replica of a partition on this broker. */
  replica(topic: string, index: number): Replica | undefined {
    return this.replicas.get(topic)?.[index];
  }

  allReplicas(): Replica[] {
    const all: Replica[] = [];
    // Lists have gaps where a partition lies on other brokers only.
    for (const list of this.replicas.values()) for (const replica of list) if (replica !== undefined) all.push(replica);
    return all;
  }

  /** The replica, made when it is not there yet. */
  ensureReplica(topic: string, index: number): Replica {
    let list = this.replicas.get(topic);
    if (list === undefined) {
      list = [];
      this.replicas.set(topic, list);
    }
    let replica = list[index];
    if (replica === undefined) {
      replica = new Replica(topic, index, this.settings.producerIdExpirationMs);
      list[index] = replica;
    }
    return replica;
  }

  /** News of the controller. */
  applyImage(delta: ImageDelta): void {
    this.image.take(delta);
    for (const partition of delta.partitions) if (partition.replicas.includes(this.id)) takeRole(this, partition);
    if (this.settings.brokers === 1) return;
    // Who may be in an ISR has changed, too.
    for (const { leadership } of this.allReplicas()) if (leadership !== null) this.leaderSide.reconsider(leadership);
    this.onReadable();
  }

  knows(topic: string, index: number): boolean {
    return this.image.partition(topic, index) !== undefined;
  }

  knownPartitions(): readonly { readonly topic: string; readonly index: number }[] {
    return this.image.partitions();
  }

  nextProducerId(): number {
    return this.ports.nextProducerId();
  }

  isActive(brokerId: number): boolean {
    return this.image.isActive(brokerId);
  }

  pausedSinceOf(brokerId: number): number | null {
    return this.ports.peer(brokerId)?.silentSince ?? null;
  }

  /** Since when it fetches nothing from its leaders; null while it does. */
  get silentSince(): number | null {
    return this.pausedSince ?? this.hangingSince;
  }

  get isHanging(): boolean {
    return this.hangingSince !== null;
  }

  /** Its fetchers stand still, as they do on a disk that does not answer: it falls behind (ISR-3). */
  hang(): void {
    this.hangingSince ??= this.world.now;
  }

  /** Its fetchers go on. */
  unhang(): void {
    if (this.hangingSince === null) return;
    const hasPollEnded = this.world.now > this.hangingSince + this.settings.replicaFetchWaitMaxMs;
    this.hangingSince = null;
    const untaken = this.untaken;
    this.untaken = [];
    for (const link of untaken) this.whenRunning(() => link.take());
    for (const { link } of this.allReplicas()) {
      if (hasPollEnded) link?.pollAgain();
      link?.begin();
    }
  }

  alterPartition(leadership: Leadership, isr: readonly number[]): void {
    this.ports.alterPartition(this, leadership, isr);
  }

  /** Records have been produced into a partition that it leads. */
  onProduced(
    replica: Replica,
    endBefore: number,
    records: readonly WireRecord[],
    request: Pick<Request, 'sender' | 'line'> | null,
  ): void {
    recordAppend(this.world, replica, endBefore, records, request);
    this.replicate(replica, endBefore);
  }

  /** Something has been appended to a partition that it leads; ISR-7 with one replica. */
  replicate({ leadership }: Replica, endBefore: number): void {
    if (leadership === null) return;
    if (leadership.followers.length > 0) this.leaderSide.onAppend(leadership, endBefore);
    else leadership.replica.setHighWatermark(leadership.replica.log.logEndOffset, this.world.now);
  }

  onReadable(): void {
    this.fetches.retry();
  }

  onLogStartMoved({ leadership }: Replica): void {
    if (leadership !== null) this.leaderSide.announce(leadership);
  }

  onTruncated(replica: Replica, endBefore: number): void {
    this.ports.onTruncated(this, replica, endBefore);
  }

  receiveFollowerFetch(link: FollowerLink): void {
    if (this.state === 'dead') return;
    this.whenRunning(() => {
      if (!link.isOver) this.leaderSide.onFetch(this.replica(link.replica.topic, link.replica.index), link);
    });
  }

  receiveFollowerAnswer(link: FollowerLink): void {
    if (this.isHanging) this.untaken.push(link);
    else this.whenRunning(() => link.take());
  }

  /** TXN-6: asks the coordinator of the transaction, which may be another broker. */
  verifyTransaction(
    transactionalId: string,
    writer: TransactionalWriter,
    topic: string,
    partition: number,
    mode: 'verify' | 'add',
    done: (errorCode: number) => void,
  ): void {
    const index = coordinatorPartition(transactionalId, this.settings.transactionStateLogNumPartitions);
    const leader = this.image.partition(TRANSACTION_STATE_TOPIC, index)?.leader ?? -1;
    const coordinator = this.ports.peer(leader);
    const shard = (coordinator?.replica(TRANSACTION_STATE_TOPIC, index)?.shard ?? null) as TransactionShard | null;
    if (coordinator === undefined || !coordinator.isRunning) done(ERRORS.COORDINATOR_NOT_AVAILABLE);
    else if (shard === null) done(ERRORS.NOT_COORDINATOR);
    else shard.verifyPartition(transactionalId, writer, topic, partition, mode, done);
  }

  /** TXN-12. */
  sendMarker(marker: TransactionMarker, topic: string, partition: number, done: (errorCode: number) => void): void {
    const leader = this.image.partition(topic, partition)?.leader ?? -1;
    new MarkerCall(this, this.ports.peer(leader), marker, topic, partition, done).send();
  }

  openCall(call: MarkerCall): void {
    this.calls ??= new Set();
    this.calls.add(call);
  }

  closeCall(call: MarkerCall): void {
    this.calls?.delete(call);
  }

  /** Lets `work` happen now, when the broker runs again, or never: its process may be gone by then. */
  whenRunning(work: () => void): void {
    if (this.state === 'alive') work();
    else if (this.state === 'paused') this.held.push({ request: null, work });
  }

  /** Its process stands still (SIGSTOP). */
  pause(): void {
    this.state = 'paused';
    this.pausedAt = this.world.now;
    for (const request of this.open) request.stall();
  }

  /** It goes on where it was, with everything that has arrived meanwhile, and with what it knew of the cluster then. */
  resume(): void {
    this.state = 'alive';
    const hasPollEnded = this.world.now > this.pausedAt + this.settings.replicaFetchWaitMaxMs;
    if (hasPollEnded) for (const { link } of this.allReplicas()) link?.pollAgain();
    for (const request of this.open) request.unstall();
    const held = this.held;
    this.held = [];
    for (const { request, work } of held) {
      request?.unstall();
      // It may have been on its way to stop.
      if (this.isDead) request?.breakOff(false);
      else work();
    }
  }

  /** Its process is gone; what it had in memory with it (ACK-12, PID-2). */
  stop(isClean: boolean): void {
    this.state = 'dead';
    for (const { request } of this.held) request?.breakOff(false);
    for (const request of this.open) request.breakOff(true);
    this.held = [];
    this.open = [];
    this.hangingSince = null;
    this.untaken = [];
    this.fetches.clear();
    this.connections.clear();
    for (const call of [...(this.calls ?? [])]) call.answer(ERRORS.NETWORK_EXCEPTION);
    for (const replica of this.allReplicas()) {
      replica.shard?.unload();
      replica.shard = null;
      replica.leadership?.drop();
      replica.stop(isClean, this.world.now);
    }
  }

  /** A new process, which has registered with the controller. */
  start(): void {
    this.state = 'alive';
    this.startedAt = this.world.now;
  }

  /** Of the process; its replicas have theirs. */
  fingerprint(): string {
    const { state, held, hasJustStarted } = this;
    let text = hasJustStarted ? `${state}!` : state;
    if (this.hangingSince !== null) text += `h${this.world.now - this.hangingSince}.${this.untaken.length}`;
    for (const { request } of held) text += request === null ? '+' : JSON.stringify(request.message);
    return text + this.connections.fingerprint();
  }
}
