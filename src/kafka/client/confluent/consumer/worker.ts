/** Calls the program's handler for one message or batch, and draws the conclusions (CLI-42, CLI-43, CLI-44). */
import type { Delivery as HistoryDelivery, Transaction } from '../../../../simulation/history';
import { SimPromise, awaitValue } from '../../../../simulation/sim-promise';
import type { TraceError } from '../../../../simulation/trace';
import { turn } from '../../../../simulation/turn';
import type { StoredRecord } from '../../../protocol/messages';
import { recordId } from '../../../record-id';
import type { KafkaJS } from '../api';
import type { ConfluentPorts } from '../ports';
import type { AssignedPartition } from './assigned-partition';
import { BatchState, heartbeat, toMessage, type BatchOwner } from './batch';
import type { Committer } from './committer';
import type { ConsumerOptions } from './options';

export interface WorkerOwner {
  readonly ports: ConfluentPorts;
  readonly options: ConsumerOptions;
  readonly committer: Committer;
  readonly consumer: KafkaJS.Consumer;
  readonly config: KafkaJS.ConsumerRunConfig;
  readonly isRunning: boolean;
  seek(topic: string, index: number, offset: number): void;
  done(worker: Worker): void;
}

export class Worker implements BatchOwner {
  /** The partition it goes on with; null when it has none. */
  partition: AssignedPartition | null = null;
  isIdle = true;
  /** It has come back from a message since it took its partition, and so remembers which one it has. */
  hasReturned = false;
  private handled: AssignedPartition | null = null;
  private record: StoredRecord | null = null;
  private batch: BatchState | null = null;
  /** What the handler has been given, until it comes back. */
  private readonly deliveries: HistoryDelivery[] = [];
  readonly ports: ConfluentPorts;

  constructor(private readonly owner: WorkerOwner) {
    this.ports = owner.ports;
  }

  get isRunning(): boolean {
    return this.owner.isRunning;
  }

  handleMessage(partition: AssignedPartition, record: StoredRecord): void {
    const { owner } = this;
    this.begin(partition);
    this.record = record;
    const { topic, index } = partition;
    const payload: KafkaJS.EachMessagePayload = {
      topic,
      partition: index,
      message: toMessage(owner.ports, record),
      heartbeat,
      pause: () => this.pause(topic, index),
    };
    const step = this.deliver(partition, record);
    this.call(owner.config.eachMessage as (payload: unknown) => unknown, payload, step, 1);
  }

  handleBatch(partition: AssignedPartition, records: readonly StoredRecord[]): void {
    this.begin(partition);
    const batch = new BatchState(this, partition, records);
    this.batch = batch;
    partition.batch = batch;
    const payload = batch.payload();
    let step = -1;
    for (const record of records) step = this.deliver(partition, record);
    this.call(this.owner.config.eachBatch as (payload: unknown) => unknown, payload, step, records.length);
  }

  private begin(partition: AssignedPartition): void {
    this.isIdle = false;
    this.handled = partition;
    this.ports.incarnation.pendingHandlers += 1;
  }

  /** @param steps number of `deliver` events in the trace, the last of them at `lastStep` */
  private call(handler: (payload: unknown) => unknown, payload: unknown, lastStep: number, steps: number): void {
    const { recorder } = this.ports.incarnation.world;
    turn.entryLine = 0;
    let result: unknown;
    try {
      result = handler(payload);
    } catch (error) {
      result = SimPromise.reject(error);
    }
    if (recorder !== null && turn.entryLine > 0) {
      for (let step = lastStep - steps + 1; step <= lastStep; step += 1) recorder.setLine(step, turn.entryLine);
    }
    try {
      awaitValue(result, this.onFulfilled, this.onRejected);
    } catch (error) {
      awaitValue(SimPromise.reject(error), this.onFulfilled, this.onRejected);
    }
  }

  private readonly onFulfilled = (): void => {
    const partition = this.end(null);
    this.hasReturned = true;
    if (this.batch !== null) this.endBatch(partition, true);
    else this.storeOffset(partition, this.record!.offset + 1);
    this.finish();
  };

  private readonly onRejected = (error: unknown): void => {
    const partition = this.end(describe(error));
    if (error === null || error === undefined) {
      // The real client fails while it writes its log line. It goes on with the next message (`throw null` loses this
      // one); at the first message after a fetch it forgets that it holds the partition, and nothing is fetched any more.
      this.log(
        'Consumer encountered error while consuming. Retrying. Error details: TypeError: cannot read the stack of a thrown null or undefined',
      );
      if (this.batch !== null) partition.batch = null;
      if (!this.hasReturned) this.partition = null;
    } else {
      this.hasReturned = true;
      this.log(
        `Consumer encountered error while processing message. Error details: ${textOf(error)}. The same message may be reprocessed.`,
      );
      if (this.batch !== null) this.endBatch(partition, false);
      else this.owner.seek(partition.topic, partition.index, this.record!.offset);
    }
    this.finish();
  };

  /** What the batch has left undone is fetched again. */
  private endBatch(partition: AssignedPartition, isFulfilled: boolean): void {
    const batch = this.batch!;
    const { records } = batch;
    const last = records[records.length - 1]!.offset;
    const isAutoResolved = this.owner.config.eachBatchAutoResolve ?? true;
    if (isFulfilled && isAutoResolved && !batch.isStale) batch.resolve(last);
    partition.batch = null;
    if (batch.isSought || batch.lastResolved === last) return;
    this.owner.seek(
      partition.topic,
      partition.index,
      batch.lastResolved === -1 ? records[0]!.offset : batch.lastResolved + 1,
    );
  }

  private end(error: TraceError | null): AssignedPartition {
    const partition = this.handled!;
    const { incarnation } = this.ports;
    incarnation.pendingHandlers -= 1;
    if (error === null) for (const delivery of this.deliveries) delivery.isHandled = true;
    this.deliveries.length = 0;
    if (incarnation.world.recorder !== null) {
      const records = this.batch === null ? [this.record!] : this.batch.records;
      for (const record of records) this.recordHandled(partition, record, error);
    }
    return partition;
  }

  private finish(): void {
    this.handled = null;
    this.record = null;
    this.batch = null;
    this.isIdle = true;
    this.owner.done(this);
  }

  /** CLI-42: a message is marked after its handler, while the member still has the partition. */
  storeOffset(partition: AssignedPartition, offset: number): void {
    const { committer } = this.owner;
    if (committer.assignment.find(partition.topic, partition.index) === partition) {
      committer.store(partition, offset);
      partition.lastConsumed = offset - 1;
    } else this.log('Consumer encountered error while storing offset. Error details: Local: Erroneous state');
  }

  commitIfNecessary(): Promise<void> {
    return this.owner.options.autoCommit ? heartbeat() : this.owner.consumer.commitOffsets();
  }

  pause(topic: string, index: number): () => void {
    return this.owner.consumer.pause([{ topic, partitions: [index] }]) as () => void;
  }

  private log(text: string): void {
    this.owner.options.logger.error(text);
  }

  /** @returns the step of the event; -1 when nothing is recorded */
  private deliver(partition: AssignedPartition, record: StoredRecord): number {
    const { incarnation } = this.ports;
    const { world } = incarnation;
    const { groupId } = this.owner.options;
    const { deliveries } = world.history;
    const { name } = partition;
    const { offset } = record;
    if (world.recorder !== null) {
      const again = deliveries.some(
        (past) => past.group === groupId && past.partition === name && past.offset === offset,
      );
      world.record(
        { lane: name, peer: incarnation.name, incarnation: incarnation.number },
        {
          kind: 'deliver',
          group: groupId,
          generation: this.owner.committer.generationId,
          topic: partition.topic,
          partition: partition.index,
          offset,
          record: recordId(record.value),
          again,
        },
      );
    }
    const delivery: HistoryDelivery = { group: groupId, partition: name, offset, incarnation: incarnation.number };
    if (this.owner.options.isolationLevel === 0) noteUncommitted(delivery);
    if (world.history.namesDeliveries || world.history.transactions.length > 0)
      noteRead(world.history.transactions, delivery, record);
    deliveries.push(delivery);
    this.deliveries.push(delivery);
    return world.cause;
  }

  private recordHandled(partition: AssignedPartition, record: StoredRecord, error: TraceError | null): void {
    const { incarnation } = this.ports;
    const detail = {
      kind: 'handled',
      topic: partition.topic,
      partition: partition.index,
      offset: record.offset,
      record: recordId(record.value),
    } as const;
    incarnation.world.record(
      { lane: incarnation.name, peer: partition.name, incarnation: incarnation.number },
      error === null ? detail : { ...detail, error },
    );
  }
}

/** The delivery may be of a record whose transaction is open, or aborted (FET-3). */
function noteUncommitted(delivery: HistoryDelivery): void {
  (delivery as { isolation?: 'read_uncommitted' }).isolation = 'read_uncommitted';
}

/** Which record it is; what is delivered while a transaction of the process is open may have gone into it. */
function noteRead(transactions: readonly Transaction[], delivery: HistoryDelivery, record: StoredRecord): void {
  const id = recordId(record.value);
  if (id === null) return;
  (delivery as { record?: string }).record = id;
  for (const { asked, incarnation, reads } of transactions)
    if (asked === null && incarnation === delivery.incarnation)
      reads.push({ record: id, partition: delivery.partition });
}

function describe(error: unknown): TraceError {
  if (error instanceof Error) return { name: String(error.name), message: String(error.message) };
  return { name: 'Error', message: textOf(error) };
}

/**
 * What was thrown; a program can throw things that have no text. The real client prints the stack as well, which differs
 * from one JavaScript engine to another.
 */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'something that cannot be written as text';
  }
}
