/**
 * Brings fetched records to the program's handler, one after the other within a partition (CLI-42 … CLI-45; the real
 * client: `_consumer.js`, `_consumer_cache.js`).
 *
 * Workers take partitions from a cache. Whatever changes positions or the assignment — seek, pause, giving partitions up —
 * is done between messages, when all workers have stopped. The cache is filled only when it is empty and nobody is at
 * work: that is when a rebalance is noticed, too.
 */
import type { SimEvent } from '../../../../simulation/event-queue';
import type { StoredRecord } from '../../../protocol/messages';
import type { KafkaJS } from '../api';
import type { ConfluentPorts } from '../ports';
import type { AssignedPartition, Assignment } from './assigned-partition';
import type { Fetcher } from './fetcher';
import type { GroupMember } from './group-member';
import type { ConsumerOptions } from './options';
import { Worker, type WorkerOwner } from './worker';

export class Delivery implements WorkerOwner {
  /** Partitions with cached records that no worker has. */
  private available: AssignedPartition[] = [];
  private readonly workers: Worker[] = [];
  private taken = 0;
  private active = 0;
  private readonly pendingOperations: (() => void)[] = [];
  private whenStopped: (() => void) | null = null;
  private isWaking = false;
  /** Positions asked for before their partition was assigned, by `topic-partition`. */
  pendingSeeks: Map<string, number> | null = null;
  private cacheSize: number;
  private lastFetchAt = -1;
  private lastFetchCount = 0;
  private lastPollAt: number;
  private pollTimer: SimEvent | null = null;
  private readonly batchSize: number;

  constructor(
    readonly ports: ConfluentPorts,
    readonly options: ConsumerOptions,
    private readonly assignment: Assignment,
    private readonly member: GroupMember,
    private readonly fetcher: Fetcher,
    readonly consumer: KafkaJS.Consumer,
    readonly config: KafkaJS.ConsumerRunConfig,
  ) {
    const concurrency = Math.max(1, config.partitionsConsumedConcurrently ?? 1);
    for (let i = 0; i < concurrency; i += 1) this.workers.push(new Worker(this));
    this.batchSize =
      (config.eachMessage === undefined && options.batchSizeMax > 0 ? options.batchSizeMax : 1) * concurrency;
    this.cacheSize = options.batchSizeMax === -1 ? Number.MAX_SAFE_INTEGER : 1;
    this.lastPollAt = ports.incarnation.world.now;
    this.armPollTimer(options.maxPollIntervalMs);
  }

  get isRunning(): boolean {
    return true;
  }

  get committer(): GroupMember['committer'] {
    return this.member.committer;
  }

  /** There may be something to do: records, a rebalance, an operation. */
  wake(): void {
    // An operation may wake again while workers are being woken.
    if (this.isWaking) return;
    this.isWaking = true;
    do {
      if (this.mustStop) this.runOperations();
      for (const worker of this.workers) if (worker.isIdle) this.serve(worker);
    } while (this.mustStop && this.active === 0 && this.pendingOperations.length > 0);
    this.isWaking = false;
    if (this.whenStopped !== null && this.active === 0) {
      const next = this.whenStopped;
      this.whenStopped = null;
      this.stopPollTimer();
      next();
    }
  }

  /** Does something between messages. */
  between(operation: () => void): void {
    this.pendingOperations.push(operation);
    this.wake();
  }

  /** Finishes the messages in hand, then goes on with `whenStopped`. */
  stop(whenStopped: () => void): void {
    this.whenStopped = whenStopped;
    this.wake();
  }

  private get mustStop(): boolean {
    return this.pendingOperations.length > 0 || this.whenStopped !== null;
  }

  private runOperations(): void {
    if (this.active > 0) return;
    for (const worker of this.workers) this.release(worker);
    while (this.pendingOperations.length > 0) this.pendingOperations.shift()!();
  }

  /** A worker has come to the end of a message. */
  done(worker: Worker): void {
    this.active -= 1;
    if (this.active === 0 && this.ports.incarnation.world.now - this.lastFetchAt > this.options.cacheExpiryMs)
      this.refill();
    if (this.mustStop) this.wake();
    else {
      this.serve(worker);
      this.wake();
    }
  }

  /** Gives an idle worker something to do, if there is anything. */
  private serve(worker: Worker): void {
    if (this.mustStop || !worker.isIdle) return;
    const partition = this.next(worker);
    if (partition === null) return;
    this.active += 1;
    if (this.config.eachMessage === undefined)
      worker.handleBatch(partition, takeBatch(partition, this.options.batchSizeMax));
    else worker.handleMessage(partition, partition.cached[partition.nextCached++]!);
  }

  private next(worker: Worker): AssignedPartition | null {
    const own = worker.partition;
    if (own !== null && own.isTaken && !own.isCacheEmpty) return own;
    this.release(worker);
    if (this.available.length === 0) {
      // As long as another worker holds a partition nothing is fetched.
      if (this.taken > 0 || this.active > 0) return null;
      this.poll();
      if (this.available.length === 0) return null;
    }
    const partition = this.available.shift()!;
    partition.isTaken = true;
    worker.partition = partition;
    worker.hasReturned = false;
    this.taken += 1;
    return partition;
  }

  private release(worker: Worker): void {
    const { partition } = worker;
    if (partition === null) return;
    worker.partition = null;
    this.taken -= 1;
    partition.isTaken = false;
    if (!partition.isCacheEmpty) this.available.push(partition);
  }

  /** What the real client's `consume()` does: takes note of a rebalance, then fills the cache. */
  private poll(): void {
    const { world } = this.ports.incarnation;
    this.lastPollAt = world.now;
    if (this.member.pending === 'assign') {
      this.member.takeAssignment((topic, index) => this.takeSeek(topic, index));
    }
    // Right after it is taken, too: the subscription may have changed in the meantime.
    if (this.member.pending === 'revoke') {
      this.member.pending = null;
      this.pendingOperations.push(() => this.giveUp());
      return;
    }
    if (!this.fetcher.hasRecords) return;
    const size = this.cacheSize;
    this.resizeCache(world.now);
    this.lastFetchCount = this.fetcher.take(size, this.cache);
    this.lastFetchAt = world.now;
  }

  private readonly cache = (partition: AssignedPartition, record: StoredRecord): void => {
    if (partition.isCacheEmpty) {
      partition.cached = [];
      partition.nextCached = 0;
      this.available.push(partition);
    }
    partition.cached.push(record);
  };

  /**
   * CLI-44: the first fetches hand over a single message; later ones as many as the handler is likely to get through in
   * `js.consumer.max.cache.size.per.worker.ms`. A handler that takes no virtual time counts as 1 ms.
   */
  private resizeCache(now: number): void {
    if (this.options.batchSizeMax === -1 || this.lastFetchCount === 0) return;
    const rate = this.lastFetchCount / this.workers.length / Math.max(1, now - this.lastFetchAt);
    const wanted = Math.ceil(this.options.cacheSizePerWorkerMs * rate) * this.workers.length;
    this.cacheSize = Math.ceil(wanted / this.batchSize) * this.batchSize;
  }

  private giveUp(): void {
    this.clearCache();
    this.member.giveUp();
  }

  private clearCache(): void {
    for (const partition of this.assignment.partitions) partition.dropCache();
    this.available = [];
  }

  /** What was fetched is too old to be handled within the poll interval: it is dropped and fetched again. */
  private refill(): void {
    this.pendingOperations.push(() => {
      this.clearCache();
      for (const partition of this.assignment.partitions) {
        if (partition.lastConsumed >= 0) this.seekNow(partition, partition.lastConsumed + 1);
      }
    });
  }

  private takeSeek(topic: string, index: number): number | null {
    if (this.pendingSeeks === null) return null;
    const name = `${topic}-${index}`;
    const offset = this.pendingSeeks.get(name);
    if (offset === undefined) return null;
    this.pendingSeeks.delete(name);
    return offset;
  }

  /** CLI-43: the message at `offset` is the next; with automatic commits that is committed, too. */
  seek(topic: string, index: number, offset: number): void {
    const partition = this.assignment.find(topic, index);
    if (partition !== undefined) this.markStale(partition, true);
    this.between(() => {
      const assigned = this.assignment.find(topic, index);
      if (assigned === undefined) (this.pendingSeeks ??= new Map()).set(`${topic}-${index}`, offset);
      else this.seekNow(assigned, offset);
    });
  }

  private seekNow(partition: AssignedPartition, offset: number): void {
    partition.lastConsumed = -1;
    this.dropCached(partition);
    this.fetcher.seek(partition, offset);
    if (!this.options.autoCommit) return;
    this.committer.commit([{ topic: partition.topic, index: partition.index, offset, metadata: null }], true, 0);
  }

  private dropCached(partition: AssignedPartition): void {
    partition.dropCache();
    this.available = this.available.filter((other) => other !== partition);
  }

  pause(topic: string, index: number): void {
    const partition = this.assignment.find(topic, index);
    if (partition !== undefined) this.markStale(partition, false);
    this.between(() => {
      const assigned = this.assignment.find(topic, index);
      if (assigned === undefined) return;
      this.dropCached(assigned);
      this.fetcher.pause(assigned);
      if (assigned.lastConsumed >= 0) this.seekNow(assigned, assigned.lastConsumed + 1);
    });
  }

  resume(topic: string, index: number): void {
    this.between(() => {
      const assigned = this.assignment.find(topic, index);
      if (assigned !== undefined) this.fetcher.resume(assigned);
    });
  }

  private markStale(partition: AssignedPartition, isSeek: boolean): void {
    const { batch } = partition;
    if (batch === null) return;
    batch.isStale = true;
    if (isSeek) batch.isSought = true;
  }

  /** One timer for the whole life: it looks when the last poll was, and comes again when it may be too long ago. */
  private armPollTimer(delayMs: number): void {
    this.pollTimer = this.ports.incarnation.setTimer(delayMs, this.checkPoll, true);
  }

  private stopPollTimer(): void {
    if (this.pollTimer !== null) this.ports.incarnation.clearTimer(this.pollTimer);
    this.pollTimer = null;
  }

  private readonly checkPoll = (): void => {
    const { maxPollIntervalMs, logger } = this.options;
    // Whoever waits for records polls all the time.
    if (this.active === 0) this.lastPollAt = this.ports.incarnation.world.now;
    const left = this.lastPollAt + maxPollIntervalMs - this.ports.incarnation.world.now;
    if (left > 0) {
      this.armPollTimer(left);
      return;
    }
    this.armPollTimer(maxPollIntervalMs);
    logger.warn(`Application maximum poll interval (${maxPollIntervalMs}ms) exceeded: leaving group`);
    for (const partition of this.assignment.partitions) this.markStale(partition, false);
    this.member.expel();
  };
}

function takeBatch(partition: AssignedPartition, sizeMax: number): readonly StoredRecord[] {
  const from = partition.nextCached;
  const end = sizeMax < 0 ? partition.cached.length : Math.min(partition.cached.length, from + sizeMax);
  partition.nextCached = end;
  return partition.cached.slice(from, end);
}
