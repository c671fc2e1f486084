/** Sends batches, repeats them, gives them up (RTY-1 … RTY-8, ACK-3; Kafka: `Sender`). */
import { Request, type AnswerHandler } from '../../../simulation/network';
import { ERRORS } from '../../errors';
import type { ProduceAnswer, ProduceRequest } from '../../protocol/messages';
import { NO_LEADER } from '../cluster-metadata';
import type { ClientPorts, LeaderSeeker, MetadataClient } from '../metadata-client';
import { exceptionOf, isRetriable, timeout, type JavaException } from './errors';
import type { PartitionAccumulator } from './partition-accumulator';
import { ProducerBatch, type AppendedRecord } from './producer-batch';
import type { ProducerConfig } from './producer-config';
import type { TransactionManager } from './transaction-manager';

/** A client of the second transaction protocol (TXN-2). */
const PRODUCE_VERSION = 12;

export class Sender implements LeaderSeeker {
  /** Batches without an outcome. */
  readonly incomplete = new Set<ProducerBatch>();
  /** Null for a producer without idempotence. */
  transactions: TransactionManager | null = null;
  private readonly gathering = new Map<PartitionAccumulator, ProducerBatch>();
  /** Requests under way by broker. */
  private readonly inFlight: number[] = [];
  private whenComplete: (() => void)[] = [];
  isClosed = false;

  constructor(
    readonly ports: ClientPorts,
    readonly config: ProducerConfig,
    private readonly cluster: MetadataClient,
    private readonly partitions: ReadonlyMap<string, PartitionAccumulator>,
  ) {
    cluster.seeker = this;
  }

  append(partition: PartitionAccumulator, record: AppendedRecord): void {
    const { incarnation } = this.ports;
    let batch = this.gathering.get(partition);
    if (batch === undefined) {
      const { now } = incarnation.world;
      const made = new ProducerBatch(partition.topic, partition.index, now + this.config.deliveryTimeoutMs);
      batch = made;
      this.gathering.set(partition, made);
      this.incomplete.add(made);
      partition.queue.push(made);
      incarnation.setTimer(this.config.lingerMs, () => this.close(partition, made));
      incarnation.setTimer(this.config.deliveryTimeoutMs, () => this.expire(partition, made), true);
    }
    batch.records.push(record);
  }

  /** RTY-1: everything gathered leaves now; `next` is called when all has an outcome. */
  flush(next: () => void): void {
    for (const [partition, batch] of [...this.gathering]) this.close(partition, batch);
    if (this.incomplete.size === 0) next();
    else this.whenComplete.push(next);
  }

  /** TXC-3: drops batches that have not been sent; after a fatal error those that wait to be sent again, too. */
  drop(exception: JavaException, isFatal: boolean): void {
    this.gathering.clear();
    for (const partition of this.partitions.values())
      for (const batch of partition.queue.filter(({ attempts }) => isFatal || attempts === 0)) {
        partition.remove(batch);
        this.finish(batch, () => batch.fail(exception));
      }
  }

  onLeaders(): void {
    this.serveAll();
  }

  serveAll(): void {
    for (const partition of this.partitions.values()) this.serve(partition);
  }

  serve(partition: PartitionAccumulator): void {
    const { now } = this.ports.incarnation.world;
    for (;;) {
      const batch = partition.queue[0];
      if (batch === undefined || !batch.isClosed || batch.notBefore > now || this.isClosed) return;
      if (this.transactions !== null && !this.transactions.maySend(partition, batch)) return;
      const leader = this.cluster.metadata.leader(partition.topic, partition.index);
      if (leader === NO_LEADER) {
        this.cluster.seekLeader(partition.topic);
        return;
      }
      if ((this.inFlight[leader] ?? 0) >= this.config.maxInFlight) return;
      partition.queue.shift();
      this.transactions?.assign(partition, batch);
      this.send(partition, batch, leader);
    }
  }

  private close(partition: PartitionAccumulator, batch: ProducerBatch): void {
    batch.isClosed = true;
    if (this.gathering.get(partition) === batch) this.gathering.delete(partition);
    this.serve(partition);
  }

  private send(partition: PartitionAccumulator, batch: ProducerBatch, leader: number): void {
    const { config, ports } = this;
    const { acks, transactionalId } = config;
    const message: ProduceRequest = {
      api: 'Produce',
      apiVersion: PRODUCE_VERSION,
      transactionalId,
      acks,
      timeoutMs: config.requestTimeoutMs,
      topics: [
        {
          name: partition.topic,
          partitions: [
            {
              index: partition.index,
              batch: {
                producerId: batch.session?.producerId ?? -1,
                producerEpoch: batch.session?.producerEpoch ?? -1,
                baseSequence: batch.baseSequence,
                isTransactional: transactionalId !== null,
                records: batch.records.map(({ wire }) => wire),
              },
            },
          ],
        },
      ],
    };
    batch.attempts += 1;
    this.inFlight[leader] = (this.inFlight[leader] ?? 0) + 1;
    const answered = (code: number, baseOffset: number): void => {
      if (acks === 0) return;
      this.inFlight[leader]! -= 1;
      this.complete(partition, batch, code, baseOffset);
    };
    const handler: AnswerHandler<ProduceAnswer> = {
      onAnswer: ({ topics }) => {
        const { errorCode, baseOffset } = topics[0]!.partitions[0]!;
        answered(errorCode, baseOffset);
      },
      onLost: () => answered(ERRORS.NETWORK_EXCEPTION, -1),
    };
    const receiver = this.cluster.broker(leader);
    const request = new Request('produce', true, ports.incarnation, message, receiver as never, handler);
    request.timeoutMs = config.requestTimeoutMs;
    request.ghost = batch.records;
    request.send();
    if (acks !== 0) return;
    // ACK-3, RTY-10: nobody answers; the future is done at once.
    this.inFlight[leader]! -= 1;
    ports.incarnation.setTimer(0, () => this.finish(batch, () => batch.succeed(-1)));
  }

  private complete(partition: PartitionAccumulator, batch: ProducerBatch, code: number, baseOffset: number): void {
    batch.noteError(code);
    if (code === ERRORS.NETWORK_EXCEPTION) this.cluster.leaderLost(partition.topic, partition.index);
    if (isAboutLeader(code)) this.cluster.leaderMoved(partition.topic, partition.index);
    if (code === ERRORS.NONE || code === ERRORS.DUPLICATE_SEQUENCE_NUMBER) {
      partition.acknowledge(batch);
      this.finish(batch, () => batch.succeed(baseOffset));
    } else if (this.mayRetry(partition, batch, code)) this.retry(partition, batch);
    else {
      this.failed(partition, batch, exceptionOf(code), batch.attempts <= this.config.retries);
    }
    this.transactions?.afterAnswer(partition);
    this.serveAll();
  }

  /** RTY-2. */
  private mayRetry(partition: PartitionAccumulator, batch: ProducerBatch, code: number): boolean {
    const { now } = this.ports.incarnation.world;
    if (batch.isDone || batch.deadline <= now || batch.attempts > this.config.retries) return false;
    return this.transactions === null ? isRetriable(code) : this.transactions.mayRetry(partition, batch, code);
  }

  private retry(partition: PartitionAccumulator, batch: ProducerBatch): void {
    const { retryBackoffMs, retryBackoffMaxMs } = this.config;
    const backoff = Math.min(retryBackoffMs * 2 ** (batch.attempts - 1), retryBackoffMaxMs);
    batch.notBefore = this.ports.incarnation.world.now + backoff;
    partition.reenqueue(batch);
    this.ports.incarnation.setTimer(backoff, () => this.serve(partition));
  }

  private failed(
    partition: PartitionAccumulator,
    batch: ProducerBatch,
    exception: JavaException,
    adjustsSequences: boolean,
  ): void {
    partition.remove(batch);
    if (!batch.isDone) this.transactions?.batchFailed(partition, batch, exception, adjustsSequences);
    this.finish(batch, () => batch.fail(exception));
  }

  /** RTY-3: the time is over. The record may be in the log, or get there yet. */
  private expire(partition: PartitionAccumulator, batch: ProducerBatch): void {
    if (batch.isDone) return;
    if (this.gathering.get(partition) === batch) this.gathering.delete(partition);
    const text = `Expiring ${batch.records.length} record(s) for ${partition.name}: delivery.timeout.ms has passed`;
    const wasSent = batch.attempts > 0;
    this.failed(partition, batch, timeout(text), false);
    if (wasSent && this.transactions !== null) partition.isUnresolved = true;
    this.transactions?.afterAnswer(partition);
    this.serveAll();
  }

  private finish(batch: ProducerBatch, settle: () => void): void {
    settle();
    this.incomplete.delete(batch);
    if (this.incomplete.size > 0) return;
    for (const next of this.whenComplete.splice(0)) next();
  }
}

function isAboutLeader(code: number): boolean {
  return code === ERRORS.NOT_LEADER_OR_FOLLOWER || code === ERRORS.LEADER_NOT_AVAILABLE;
}
