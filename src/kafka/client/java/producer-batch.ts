/** One batch of the accumulator, from its first record to its outcome (RTY-1 … RTY-4; Kafka: `ProducerBatch`). */
import type { Send } from '../../../simulation/history';
import { fulfil, rejectWith, type SimPromise } from '../../../simulation/sim-promise';
import { ERRORS } from '../../errors';
import type { WireRecord } from '../../protocol/messages';
import type { JavaException } from './errors';

export interface RecordMetadata {
  readonly topic: string;
  readonly partition: number;
  /** -1 with acks=0 (ACK-3). */
  readonly offset: number;
}

/** One producer id with one epoch. */
export interface ProducerIdAndEpoch {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export const NO_SEQUENCE = -1;

export interface AppendedRecord {
  readonly wire: WireRecord;
  readonly future: SimPromise<RecordMetadata>;
  readonly sent: Send;
}

export class ProducerBatch {
  readonly records: AppendedRecord[] = [];
  /** It takes no more records. */
  isClosed = false;
  attempts = 0;
  /** Virtual time before which it must not be sent again. */
  notBefore = 0;
  baseSequence = NO_SEQUENCE;
  session: ProducerIdAndEpoch | null = null;
  /** Its sequence has been written anew after it was sent (RTY-8). */
  hasResetSequence = false;
  isDone = false;
  /** An attempt may have stored it (ACK-11). */
  private isMaybeStored = false;

  constructor(
    readonly topic: string,
    readonly index: number,
    /** Virtual time at which `delivery.timeout.ms` is over (RTY-3). */
    readonly deadline: number,
  ) {}

  get lastSequence(): number {
    return this.baseSequence + this.records.length - 1;
  }

  /** Notes what an error code says about the log. */
  noteError(code: number): void {
    if (MAYBE_STORED.has(code)) this.isMaybeStored = true;
  }

  succeed(baseOffset: number): void {
    if (this.isDone) return;
    this.isDone = true;
    this.records.forEach(({ future, sent }, i) => {
      const offset = baseOffset < 0 ? -1 : baseOffset + i;
      sent.outcome = 'ok';
      if (offset >= 0) sent.offset = offset;
      fulfil(future, { topic: this.topic, partition: this.index, offset });
    });
  }

  fail(exception: JavaException): void {
    if (this.isDone) return;
    this.isDone = true;
    for (const { future, sent } of this.records) {
      sent.outcome = this.isMaybeStored ? 'info' : 'fail';
      rejectWith(future, exception);
    }
  }
}

const MAYBE_STORED: ReadonlySet<number> = new Set([
  ERRORS.NETWORK_EXCEPTION,
  ERRORS.REQUEST_TIMED_OUT,
  ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ERRORS.NOT_LEADER_OR_FOLLOWER,
]);
