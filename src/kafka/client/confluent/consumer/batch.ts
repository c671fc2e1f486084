/** What handlers get: messages, and batches with their methods (CLI-44; the real client: `_consumer.js`). */
import { SimPromise } from '../../../../simulation/sim-promise';
import type { StoredRecord } from '../../../protocol/messages';
import type { KafkaJS } from '../api';
import { argumentError, notImplemented } from '../errors';
import { asPromise, type ConfluentPorts } from '../ports';
import type { AssignedPartition } from './assigned-partition';

/** What a batch needs of the consumer it belongs to. */
export interface BatchOwner {
  readonly ports: ConfluentPorts;
  readonly isRunning: boolean;
  storeOffset(partition: AssignedPartition, offset: number): void;
  commitIfNecessary(): Promise<void>;
  pause(topic: string, index: number): () => void;
}

/** A batch in its handler. */
export class BatchState {
  /** A seek or a pause has overtaken it. */
  isStale = false;
  /** A seek has: the position needs no correction afterwards. */
  isSought = false;
  lastResolved = -1;

  constructor(
    private readonly owner: BatchOwner,
    readonly partition: AssignedPartition,
    readonly records: readonly StoredRecord[],
  ) {}

  /** Offsets only count upwards: an earlier one after a later one changes nothing. */
  resolve(offset: number): void {
    if (Number.isNaN(offset)) throw argumentError(`Invalid offset to resolve: ${offset}`);
    if (offset <= this.lastResolved) return;
    this.lastResolved = offset;
    this.owner.storeOffset(this.partition, offset + 1);
  }

  payload(): KafkaJS.EachBatchPayload {
    const { owner, partition, records } = this;
    const messages = records.map((record) => toMessage(owner.ports, record));
    const lag = (behind: StoredRecord): string => String(Math.max(0, partition.highWatermark - 1 - behind.offset));
    const first = records[0]!;
    const last = records[records.length - 1]!;
    const payload = {
      batch: {
        topic: partition.topic,
        partition: partition.index,
        highWatermark: String(partition.highWatermark),
        messages,
        isEmpty: () => false,
        firstOffset: () => String(first.offset),
        lastOffset: () => String(last.offset),
        offsetLag: () => lag(last),
        offsetLagLow: () => lag(first),
      },
      resolveOffset: (offset: string) => this.resolve(Number(offset)),
      heartbeat,
      pause: () => owner.pause(partition.topic, partition.index),
      commitOffsetsIfNecessary: () => owner.commitIfNecessary(),
      isRunning: () => owner.isRunning,
      isStale: () => this.isStale,
      uncommittedOffsets: () => {
        throw notImplemented();
      },
    };
    return payload;
  }
}

/** Does nothing, in the real client too: heartbeats have their own thread. */
export function heartbeat(): Promise<void> {
  return asPromise(SimPromise.resolve<void>());
}

export function toMessage(ports: ConfluentPorts, record: StoredRecord): KafkaJS.KafkaMessage {
  const { key, value, headers } = record;
  const buffer = value === null ? null : (ports.toBuffer(value) as Buffer);
  const message: KafkaJS.KafkaMessage = {
    key: key === null ? null : (ports.toBuffer(key) as Buffer),
    value: buffer,
    timestamp: String(record.timestamp),
    attributes: 0,
    offset: String(record.offset),
    size: buffer === null ? 0 : buffer.length,
    leaderEpoch: 0,
  };
  const names = Object.keys(headers);
  if (names.length > 0) {
    const shown: Record<string, Buffer> = {};
    for (const name of names) shown[name] = ports.toBuffer(headers[name]!) as Buffer;
    message.headers = shown;
  }
  return message;
}
