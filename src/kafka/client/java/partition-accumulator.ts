/**
 * What the producer has for one partition: batches that wait, and the numbers of those that are under way (RTY-1, RTY-7,
 * RTY-8; Kafka: `RecordAccumulator`, `TxnPartitionEntry`).
 */
import { NO_SEQUENCE, type ProducerBatch, type ProducerIdAndEpoch } from './producer-batch';

export class PartitionAccumulator {
  /** `topic-partition`. */
  readonly name: string;
  /** Waiting to be sent, repetitions in the order of their sequences first. */
  readonly queue: ProducerBatch[] = [];
  /** With a sequence number and without an outcome, sent or to be repeated, by sequence. */
  readonly inFlight: ProducerBatch[] = [];
  /** Under which id and epoch the sequence numbers below count; null before the first batch. */
  session: ProducerIdAndEpoch | null = null;
  nextSequence = 0;
  lastAckedSequence = NO_SEQUENCE;
  /** A batch has expired after it was sent: nobody knows whether its numbers are taken (RTY-8). */
  isUnresolved = false;
  /** It belongs to the open transaction. */
  isInTransaction = false;

  constructor(
    readonly topic: string,
    readonly index: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  /**
   * Whether the first waiting batch may be sent, as far as sequence numbers go (RTY-7): a repetition only when it is the
   * next in line, a new batch only when it is known which number it gets.
   */
  mayDrain(batch: ProducerBatch, current: ProducerIdAndEpoch): boolean {
    if (batch.baseSequence === NO_SEQUENCE)
      return !this.isUnresolved && (this.inFlight.length === 0 || this.session === current);
    const first = this.inFlight[0];
    return first === undefined || first === batch;
  }

  /** Gives a batch that is sent for the first time its numbers. */
  assign(batch: ProducerBatch, current: ProducerIdAndEpoch): void {
    if (this.session !== current && this.inFlight.length === 0) this.restart(current);
    batch.session = this.session;
    batch.baseSequence = this.nextSequence;
    this.nextSequence = after(this.nextSequence, batch.records.length);
    this.inFlight.push(batch);
  }

  /** Sequence numbers begin at 0 under another epoch; what is in flight is numbered anew (RTY-8). */
  restart(current: ProducerIdAndEpoch): void {
    this.session = current;
    this.nextSequence = 0;
    this.lastAckedSequence = NO_SEQUENCE;
    this.isUnresolved = false;
    for (const batch of this.inFlight) {
      batch.session = current;
      batch.baseSequence = this.nextSequence;
      batch.hasResetSequence = true;
      this.nextSequence = after(this.nextSequence, batch.records.length);
    }
  }

  /** Back to its place among those that wait. */
  reenqueue(batch: ProducerBatch): void {
    let place = 0;
    if (batch.baseSequence !== NO_SEQUENCE) while (isBefore(this.queue[place], batch)) place += 1;
    this.queue.splice(place, 0, batch);
  }

  isNextInLine(batch: ProducerBatch): boolean {
    return this.isNext(batch.baseSequence);
  }

  /** Whether every number given out has been acknowledged. */
  get isFullyAcked(): boolean {
    return this.isNext(this.nextSequence);
  }

  acknowledge(batch: ProducerBatch): void {
    if (batch.baseSequence === NO_SEQUENCE) return;
    this.lastAckedSequence = Math.max(this.lastAckedSequence, batch.lastSequence);
    this.remove(batch);
  }

  remove(batch: ProducerBatch): void {
    drop(this.inFlight, batch);
    drop(this.queue, batch);
  }

  /** TXC-2: a batch of a transaction is out; those behind it move up, so that there is no gap. */
  closeGap(batch: ProducerBatch): void {
    if (batch.baseSequence === NO_SEQUENCE) return;
    this.nextSequence -= batch.records.length;
    for (const later of this.inFlight) {
      if (later.baseSequence <= batch.baseSequence) continue;
      later.baseSequence -= batch.records.length;
      later.hasResetSequence = true;
    }
  }

  private isNext(sequence: number): boolean {
    return sequence === after(this.lastAckedSequence, 1);
  }
}

/** PID-3. */
function after(sequence: number, count: number): number {
  return (sequence + count) % 2_147_483_648;
}

function isBefore(other: ProducerBatch | undefined, batch: ProducerBatch): boolean {
  return other !== undefined && other.baseSequence !== NO_SEQUENCE && other.baseSequence < batch.baseSequence;
}

function drop(list: ProducerBatch[], batch: ProducerBatch): void {
  const place = list.indexOf(batch);
  if (place >= 0) list.splice(place, 1);
}
