/**
 * Producer id, epoch and transactions of the Java producer (TXC-1 … TXC-5, RTY-7, RTY-8, ERR-2, ERR-3; Kafka:
 * `TransactionManager`). It speaks the second transaction protocol: the partition's leader adds it to the transaction, and
 * each end of a transaction brings a new epoch (TXN-2, TXN-9).
 */
import type { Transaction } from '../../../simulation/history';
import { ERRORS } from '../../errors';
import type { EndTxnAnswer, InitProducerIdAnswer } from '../../protocol/transaction-messages';
import { TransactionRecord, type OffsetToSend } from '../transaction-record';
import { exceptionOf, illegalState, isFatalForTransactions, isRetriable, JavaException } from './errors';
import type { PartitionAccumulator } from './partition-accumulator';
import { PendingResult, type Operation } from './pending-result';
import { NO_SEQUENCE, type ProducerBatch, type ProducerIdAndEpoch } from './producer-batch';
import type { Sender } from './sender';
import { PRODUCER_TRANSITIONS, type ProducerState } from './transaction-states';
import { TransactionRequests, type GroupMetadata } from './transaction-requests';

export class TransactionManager {
  state: ProducerState = 'UNINITIALIZED';
  /** Null while there is none. */
  session: ProducerIdAndEpoch | null = null;
  private readonly record: TransactionRecord | null;
  private readonly requests: TransactionRequests;
  private lastError: JavaException | null = null;
  /** The coordinator may know of the transaction: without it no EndTxn is sent (TXN-21). */
  private isStarted = false;
  private pending: PendingResult | null = null;

  constructor(
    private readonly sender: Sender,
    private readonly partitions: ReadonlyMap<string, PartitionAccumulator>,
  ) {
    const { ports, config } = sender;
    this.record = config.transactionalId === null ? null : new TransactionRecord(ports, config.transactionalId);
    this.requests = new TransactionRequests(ports, config);
  }

  get isTransactional(): boolean {
    return this.record !== null;
  }

  /** The open transaction, for the history; null for none. */
  get open(): Transaction | null {
    return this.record?.current ?? null;
  }

  /** PID-1: an idempotent producer gets its id by itself. */
  acquireId(): void {
    this.requests.initProducerId(null, this.onId);
  }

  initTransactions(): PendingResult {
    return this.once('initTransactions', () => {
      this.moveTo('INITIALIZING');
      this.requests.initProducerId(null, this.onId);
    });
  }

  /** TXC-1: asks nobody. */
  beginTransaction(): void {
    this.throwIfTransactionless();
    this.throwIfPending('beginTransaction');
    this.throwIfFailed();
    this.moveTo('IN_TRANSACTION');
    this.record!.begin(this.session!);
  }

  /** TXC-2: first everything sent gets its outcome. */
  commitTransaction(line: number): PendingResult {
    return this.once('commitTransaction', (result) => {
      this.throwIfFailed();
      this.moveTo('COMMITTING_TRANSACTION');
      this.record!.ask('commit', line);
      this.sender.flush(() => this.end(result, true));
    });
  }

  /** TXC-3. */
  abortTransaction(line: number): PendingResult {
    return this.once('abortTransaction', (result) => {
      if (this.state !== 'ABORTABLE_ERROR') this.throwIfFailed();
      this.moveTo('ABORTING_TRANSACTION');
      this.record!.ask('abort', line);
      this.sender.drop(new JavaException('TransactionAbortedException'), false);
      this.sender.flush(() => this.end(result, false));
    });
  }

  /** TXC-5: straight to the group's coordinator, which adds its own partition to the transaction. */
  sendOffsets(offsets: readonly OffsetToSend[], group: GroupMetadata, line: number): PendingResult {
    this.throwIfTransactionless();
    this.throwIfPending('sendOffsetsToTransaction');
    this.throwIfFailed();
    if (this.state !== 'IN_TRANSACTION')
      throw illegalState(`Cannot send offsets if a transaction is not in progress (currentState= ${this.state})`);
    this.isStarted = true;
    this.record!.askForOffsets(group.groupId, offsets, line);
    const result = new PendingResult('sendOffsetsToTransaction', this.sender.ports.incarnation);
    this.requests.commitOffsets(this.session!, group, offsets, (code) => {
      const exception = this.offsetsException(code);
      if (exception === null) this.record!.offsetsSent(group.groupId, offsets);
      result.complete(exception);
    });
    return result;
  }

  private offsetsException(code: number): JavaException | null {
    if (code === ERRORS.NONE) return null;
    if (code === ERRORS.UNKNOWN_MEMBER_ID || code === ERRORS.ILLEGAL_GENERATION) {
      const exception = new JavaException('CommitFailedException', undefined, code);
      this.toAbortable(exception);
      return exception;
    }
    if (code === ERRORS.FENCED_INSTANCE_ID || code === ERRORS.TRANSACTION_ABORTABLE) {
      const exception = exceptionOf(code);
      this.toAbortable(exception);
      return exception;
    }
    return this.toFatal(fenced(code));
  }

  /** A record goes to a partition. @throws JavaException when no transaction takes it (TXC-1) */
  addPartition(partition: PartitionAccumulator): void {
    if (!this.isTransactional) return;
    this.throwIfFailed();
    this.throwIfPending('send');
    if (this.session === null)
      throw illegalState('Cannot add partition to transaction before completing a call to initTransactions');
    if (this.state !== 'IN_TRANSACTION')
      throw illegalState(`Cannot add partition to transaction while in state  ${this.state}`);
    partition.isInTransaction = true;
    this.isStarted = true;
  }

  maySend(partition: PartitionAccumulator, batch: ProducerBatch): boolean {
    if (this.session === null || this.state === 'FATAL_ERROR') return false;
    if (this.isTransactional && !partition.isInTransaction) return false;
    return partition.mayDrain(batch, this.session);
  }

  assign(partition: PartitionAccumulator, batch: ProducerBatch): void {
    if (batch.baseSequence === NO_SEQUENCE) partition.assign(batch, this.session!);
  }

  /** RTY-7. */
  mayRetry(partition: PartitionAccumulator, batch: ProducerBatch, code: number): boolean {
    if (code !== ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER) return isRetriable(code);
    if (!partition.isUnresolved && (batch.hasResetSequence || !partition.isNextInLine(batch))) return true;
    if (this.isTransactional) return false;
    this.bumpEpoch(partition);
    return true;
  }

  /** A batch has failed for good (ERR-2). */
  batchFailed(
    partition: PartitionAccumulator,
    batch: ProducerBatch,
    exception: JavaException,
    adjustsSequences: boolean,
  ): void {
    if (this.isTransactional) {
      if (isFatalForTransactions(exception)) this.toFatal(exception);
      else this.toAbortable(relabelled(exception));
      if (adjustsSequences) partition.closeGap(batch);
    } else if (adjustsSequences || exception.code === ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER) this.bumpEpoch(partition);
  }

  /** RTY-8: once nothing of the partition is under way it is known whether the numbers given out are taken. */
  afterAnswer(partition: PartitionAccumulator): void {
    if (!partition.isUnresolved || partition.inFlight.length > 0) return;
    partition.isUnresolved = false;
    if (partition.isFullyAcked) return;
    if (this.isTransactional)
      this.toAbortable(
        new JavaException('KafkaException', 'No acknowledgment for some messages that can no longer be retried'),
      );
    else this.bumpEpoch(partition);
  }

  /** The producer raises its own epoch, without asking anybody (RTY-7). */
  private bumpEpoch(partition: PartitionAccumulator): void {
    const { producerId, producerEpoch } = this.session!;
    this.session = { producerId, producerEpoch: producerEpoch + 1 };
    partition.restart(this.session);
  }

  /** Everything has its outcome: the coordinator is asked to decide. */
  private end(result: PendingResult, isCommit: boolean): void {
    if (this.state !== (isCommit ? 'COMMITTING_TRANSACTION' : 'ABORTING_TRANSACTION')) {
      this.record!.told(false);
      result.complete(this.lastError);
    } else if (!this.isStarted) this.complete(result);
    else {
      this.record!.isEndSent = true;
      this.requests.endTxn(this.session!, isCommit, this.open, (answer) => this.ended(result, answer));
    }
  }

  private ended(result: PendingResult, { errorCode, producerId, producerEpoch }: EndTxnAnswer): void {
    if (errorCode !== ERRORS.NONE) {
      this.record!.told(false);
      result.complete(this.toFatal(fenced(errorCode)));
      return;
    }
    // TXN-9: a new epoch after each transaction, and sequences from 0 in all partitions.
    if (producerId >= 0) this.session = { producerId, producerEpoch };
    for (const partition of this.partitions.values()) partition.restart(this.session!);
    this.complete(result);
  }

  private complete(result: PendingResult): void {
    for (const partition of this.partitions.values()) partition.isInTransaction = false;
    this.isStarted = false;
    this.lastError = null;
    this.record!.end();
    this.moveTo('READY');
    result.complete(null);
  }

  private readonly onId = ({ errorCode, producerId, producerEpoch }: InitProducerIdAnswer): void => {
    if (errorCode === ERRORS.NONE) {
      this.session = { producerId, producerEpoch };
      if (this.isTransactional) this.moveTo('READY');
      this.pending?.complete(null);
      this.sender.serveAll();
      return;
    }
    this.pending?.complete(this.toFatal(initError(errorCode)));
  };

  /** TXC-4: a call that has timed out may be made again, and nothing else may be called before. */
  private once(operation: Operation, start: (result: PendingResult) => void): PendingResult {
    this.throwIfTransactionless();
    if (this.pending !== null && !this.pending.isAcknowledged) {
      if (this.pending.operation === operation) return this.pending;
      throw illegalState(
        `Cannot attempt operation \`${operation}\` because the previous call to \`${this.pending.operation}\` timed out and must be retried`,
      );
    }
    const before = this.pending;
    const result = new PendingResult(operation, this.sender.ports.incarnation);
    this.pending = result;
    try {
      start(result);
    } catch (error) {
      this.pending = before;
      throw error;
    }
    return result;
  }

  private throwIfTransactionless(): void {
    if (!this.isTransactional) throw illegalState('Transactional method invoked on a non-transactional producer.');
  }

  private throwIfPending(operation: string): void {
    if (this.pending === null || this.pending.isAcknowledged) return;
    throw illegalState(
      `Cannot attempt operation \`${operation}\` because the previous call to \`${this.pending.operation}\` timed out and must be retried`,
    );
  }

  /** ERR-3. */
  private throwIfFailed(): void {
    if (this.state !== 'ABORTABLE_ERROR' && this.state !== 'FATAL_ERROR') return;
    const last = this.lastError!;
    if (last.code === ERRORS.PRODUCER_FENCED || last.code === ERRORS.INVALID_PRODUCER_EPOCH) throw last;
    throw new JavaException(
      'KafkaException',
      'Cannot execute transactional method because we are in an error state',
      last.code,
      last,
    );
  }

  private toAbortable(exception: JavaException): void {
    // An abort under way makes up for it; after a fatal error nothing does.
    if (this.state === 'ABORTING_TRANSACTION' || this.state === 'FATAL_ERROR') return;
    this.moveTo('ABORTABLE_ERROR');
    this.lastError = exception;
    this.sender.drop(exception, false);
  }

  private toFatal(exception: JavaException): JavaException {
    if (this.state !== 'FATAL_ERROR') this.moveTo('FATAL_ERROR');
    this.lastError = exception;
    this.sender.drop(exception, true);
    return exception;
  }

  /** @throws JavaException IllegalStateException for a call in the wrong order (TXC-1) */
  private moveTo(next: ProducerState): void {
    if (!PRODUCER_TRANSITIONS[this.state].includes(next))
      throw illegalState(`Invalid transition attempted from state ${this.state} to state ${next}`);
    this.state = next;
  }
}

/** On the coordinator's path every old epoch is the same (TXN-10, TXN-16). */
function fenced(code: number): JavaException {
  return exceptionOf(code === ERRORS.INVALID_PRODUCER_EPOCH ? ERRORS.PRODUCER_FENCED : code);
}

/** TXN-4: a time-out above the broker's maximum has no class of its own here, only words (recorded on 4.3.0). */
function initError(code: number): JavaException {
  if (code !== ERRORS.INVALID_TRANSACTION_TIMEOUT) return fenced(code);
  return new JavaException('KafkaException', 'Unexpected error in InitProducerIdResponse', code);
}

/** ERR-2, from 4.1: what an abort gets over is called so. */
function relabelled(exception: JavaException): JavaException {
  const isAbortable = exception.isRetriable || exception.code === ERRORS.INVALID_TXN_STATE;
  if (!isAbortable) return exception;
  return new JavaException('TransactionAbortableException', exception.message, ERRORS.TRANSACTION_ABORTABLE, exception);
}
