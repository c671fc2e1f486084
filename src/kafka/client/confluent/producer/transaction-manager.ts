/**
 * Transactions of a producer: init, begin, commit, abort, and what goes wrong (CLI-46 … CLI-49, CLI-52; librdkafka
 * `rdkafka_txnmgr.c`). Errors are of two kinds. After an abortable one only `abort` is possible; after a fatal one nothing
 * is, and the producer has to be replaced.
 */
import type { Transaction } from '../../../../simulation/history';
import { turn } from '../../../../simulation/turn';
import { CoordinatorLookup } from '../../coordinator-lookup';
import { TransactionRecord, type OffsetToSend } from '../../transaction-record';
import { ERROR_CODES } from '../error-codes';
import { textOf } from '../errors';
import { API_TIMEOUT_MS, ApiCalls, failure, type ApiName, type Failure, type Settle } from './api-calls';
import { EndTransaction } from './end-transaction';
import type { PartitionQueue } from './partition-queue';
import { normalized, ProducerIdentity, type IdentityOwner } from './producer-identity';
import type { ProducerQueue } from './producer-queue';
import { SendOffsets, type GroupMetadata } from './transaction-offsets';
import { TransactionPartitions } from './transaction-partitions';
import { ignoresAbortableError, stateName, TRANSACTION_TRANSITIONS, type TransactionState } from './transaction-states';

export class TransactionManager implements IdentityOwner {
  state: TransactionState = 'init';
  readonly transactionalId: string;
  readonly coordinator: CoordinatorLookup;
  readonly identity: ProducerIdentity;
  /** Requests after which the coordinator may know of the transaction: without one no EndTxn is sent (TXN-21). */
  requests = 0;
  private readonly calls: ApiCalls;
  private readonly partitions: TransactionPartitions;
  private readonly record: TransactionRecord;
  /** Why the transaction, or the producer, has failed; null while it has not. */
  private failed: Failure | null = null;
  private failedDeliveries = 0;
  private needsBump = false;

  constructor(readonly queue: ProducerQueue) {
    const { ports, options } = queue;
    this.transactionalId = options.transactionalId!;
    this.coordinator = new CoordinatorLookup(ports.endpoint, 'transaction', this.transactionalId);
    this.identity = new ProducerIdentity(ports, options, this.coordinator, this);
    this.calls = new ApiCalls(ports, (name) => this.explainTimeout(name));
    this.partitions = new TransactionPartitions(this);
    this.record = new TransactionRecord(ports, this.transactionalId);
  }

  /** TXN-5, CLI-52: gets hold of the transactional id. */
  init(settle: Settle): void {
    if (!this.calls.begin('init_transactions', settle, API_TIMEOUT_MS)) return;
    this.moveTo('wait-producer-id');
    this.identity.request();
  }

  /** TXC-1: asks nobody. */
  begin(settle: Settle): void {
    if (!this.calls.begin('begin_transaction', settle, null)) return;
    const refusal = this.requireState('ready');
    if (refusal === null) {
      this.moveTo('in-transaction');
      this.failed = null;
      this.failedDeliveries = 0;
      this.record.begin(this.identity.session!);
    }
    this.calls.finish(refusal);
  }

  /** TXC-2: first everything sent gets its answer; a record that has failed makes the commit fail. */
  commit(settle: Settle): void {
    if (!this.calls.begin('commit_transaction', settle, API_TIMEOUT_MS)) return;
    const early = this.calls.takeResult();
    const refusal =
      early === null
        ? this.requireState('in-transaction', 'begin-commit', 'committing', 'commit-not-acked')
        : early.failed;
    if (refusal !== null) {
      this.fail('commit', refusal);
      return;
    }
    this.record.ask('commit', turn.line);
    if (this.state === 'in-transaction') this.moveTo('begin-commit');
    this.queue.flush();
    this.whenFlushed(turn.line, this.commitFlushed);
  }

  /** TXC-3: what has not left is dropped; what is under way gets its answer first. */
  abort(settle: Settle): void {
    if (!this.calls.begin('abort_transaction', settle, API_TIMEOUT_MS)) return;
    const early = this.calls.takeResult();
    const refusal =
      early === null
        ? this.requireState('in-transaction', 'begin-abort', 'aborting', 'abortable-error', 'abort-not-acked')
        : early.failed;
    if (refusal !== null) {
      this.fail('abort', refusal);
      return;
    }
    this.record.ask('abort', turn.line);
    if (this.state === 'in-transaction' || this.state === 'abortable-error') {
      this.moveTo('begin-abort');
      this.partitions.clearPending();
    }
    this.queue.purge();
    this.whenFlushed(turn.line, this.abortFlushed);
  }

  /** CLI-47. */
  sendOffsets(member: GroupMetadata, offsets: readonly OffsetToSend[], settle: Settle): void {
    if (!this.calls.begin('send_offsets_to_transaction', settle, null)) return;
    const valid = offsets.filter(({ offset }) => offset >= 0);
    const refusal = valid.length === 0 ? null : this.requireState('in-transaction');
    if (valid.length === 0 || refusal !== null) {
      this.calls.finish(refusal);
      return;
    }
    this.record.askForOffsets(member.groupId, valid, turn.line);
    new SendOffsets(this, member, valid, turn.line).start();
  }

  /** The open transaction, for the history; null for none. */
  get open(): Transaction | null {
    return this.record.current;
  }

  /** Records can be sent. */
  get isOpen(): boolean {
    return this.state === 'in-transaction' || this.state === 'begin-commit';
  }

  /** CLI-12: records are taken inside a transaction only. */
  get takesRecords(): boolean {
    return this.state === 'in-transaction';
  }

  get stateName(): string {
    return stateName(this.state);
  }

  maySend(queue: PartitionQueue): boolean {
    return this.isOpen && queue.membership === 'added';
  }

  addPartition(queue: PartitionQueue): void {
    this.partitions.add(queue, turn.line);
  }

  deliveryFailed(): void {
    this.failedDeliveries += 1;
  }

  /** A record cannot be stored: the transaction has to be aborted, or another producer has the transactional id. */
  batchFailed(code: number): void {
    if (normalized(code) === ERROR_CODES.ERR__FENCED) this.queue.failForGood(ERROR_CODES.ERR__FENCED);
    else this.failAbortably(code, `ProduceRequest failed: ${textOf(code)}: current transaction must be aborted`);
  }

  /** CLI-48: only an abort is possible now. What has not left is dropped. */
  failAbortably(code: number, text: string): void {
    if (ignoresAbortableError(this.state) || this.failed !== null) return;
    this.failed = failure(code, text);
    this.moveTo('abortable-error');
    this.queue.purge();
  }

  /** The same, and sequence numbers begin anew after the abort. */
  requireBump(code: number): void {
    if (ignoresAbortableError(this.state)) return;
    this.needsBump = true;
    this.identity.bumpAfterAbort();
    this.failAbortably(code, `Epoch bump required: ${textOf(code)}`);
  }

  failForGood(code: number): void {
    this.failed = failure(code, `Fatal transaction error: ${textOf(code)}`);
    if (this.state !== 'fatal-error') this.moveTo('fatal-error');
    this.reply(this.failed);
  }

  /** The coordinator has decided (TXN-11). */
  ended(isCommit: boolean): void {
    if (!isCommit && this.needsBump) {
      this.identity.bump();
      return;
    }
    this.moveTo(isCommit ? 'commit-not-acked' : 'abort-not-acked');
    this.reply(null);
  }

  /** EndTxn has been refused for good, and the producer lives. */
  endRefused(code: number, isCommit: boolean, text: string): void {
    if (isCommit) this.failAbortably(code, text);
    else if (this.state === 'aborting') this.moveTo('begin-abort');
    this.reply(failure(code, text));
  }

  /** Gives the present call its result. */
  reply(failed: Failure | null): void {
    if (!this.calls.keep(failed)) return;
    if (failed === null) this.acknowledge();
    else this.record.told(failed.isRetriable);
    this.calls.finish(failed);
  }

  offsetsSent(groupId: string, offsets: readonly OffsetToSend[]): void {
    this.record.offsetsSent(groupId, offsets);
  }

  get isDrained(): boolean {
    return this.queue.isDrained;
  }

  onAssigned(): void {
    if (this.state === 'wait-producer-id') {
      this.moveTo('ready-not-acked');
      this.reply(null);
    } else if (this.state === 'begin-abort' || this.state === 'aborting') {
      this.moveTo('abort-not-acked');
      this.reply(null);
    }
    this.queue.serveAll();
  }

  onFatal(code: number): void {
    this.queue.failForGood(code);
  }

  /** Goes on when everything under way has its answer, unless the call has come to its time limit before. */
  private whenFlushed(line: number, next: (line: number) => void): void {
    const { number } = this.calls;
    this.calls.isFlushing = true;
    this.queue.whenEmpty(() => {
      if (this.calls.number !== number) return;
      this.calls.isFlushing = false;
      next(line);
    });
  }

  private readonly commitFlushed = (line: number): void => {
    const early = this.calls.takeResult();
    const refusal = early === null || early.failed === null ? this.requireCommit() : early.failed;
    if (refusal !== null) this.fail('commit', refusal);
    else if (this.state === 'commit-not-acked') this.reply(null);
    else if (this.state === 'begin-commit' && this.requests === 0) this.ended(true);
    else if (this.state === 'begin-commit') {
      this.moveTo('committing');
      this.record.isEndSent = true;
      new EndTransaction(this, true, line).send();
    }
  };

  private requireCommit(): Failure | null {
    const refusal = this.requireState('begin-commit', 'committing', 'commit-not-acked');
    if (refusal !== null || this.state !== 'begin-commit' || this.failedDeliveries === 0) return refusal;
    this.failAbortably(ERROR_CODES.ERR__INCONSISTENT, `${this.failedDeliveries} message(s) failed delivery`);
    return this.failed;
  }

  private readonly abortFlushed = (line: number): void => {
    const early = this.calls.takeResult();
    const refusal =
      early === null || early.failed === null
        ? this.requireState('begin-abort', 'aborting', 'abort-not-acked')
        : early.failed;
    if (refusal !== null) this.fail('abort', refusal);
    else if (this.state === 'abort-not-acked') this.reply(null);
    else if (this.state === 'begin-abort' && this.requests === 0) this.ended(false);
    else if (this.state === 'begin-abort' && this.hasIdentity) {
      this.moveTo('aborting');
      this.record.isEndSent = true;
      new EndTransaction(this, false, line).send();
    }
  };

  /** Otherwise the new epoch is on its way, and comes to the same as an abort (TXN-4). */
  private get hasIdentity(): boolean {
    return this.identity.state === 'assigned' || this.identity.state === 'waiting-for-abort';
  }

  /** The call is over, and whoever made it knows. */
  private acknowledge(): void {
    const { state } = this;
    if (state === 'ready-not-acked') this.moveTo('ready');
    if (state !== 'commit-not-acked' && state !== 'abort-not-acked') return;
    this.record.end();
    this.partitions.clear();
    this.needsBump = false;
    this.requests = 0;
    this.moveTo('ready');
  }

  private fail(asked: 'commit' | 'abort', refusal: Failure): void {
    this.record.ask(asked, null);
    this.record.told(refusal.isRetriable);
    this.calls.finish(refusal);
  }

  private explainTimeout(name: ApiName): Failure | null {
    const code = normalized(this.identity.lastError);
    if (name !== 'init_transactions' || code === 0) return null;
    return failure(code, `Failed to initialize Producer ID: ${textOf(code)}`, true);
  }

  /** In a state of failure the error that led to it. */
  private requireState(...states: readonly TransactionState[]): Failure | null {
    if (states.includes(this.state)) return null;
    if (this.state === 'fatal-error' || this.state === 'abortable-error') return this.failed;
    return failure(ERROR_CODES.ERR__STATE, `Operation not valid in state ${this.stateName}`);
  }

  /** @throws Error when the table has no such move: a bug of the model. */
  private moveTo(next: TransactionState): void {
    if (!TRANSACTION_TRANSITIONS[this.state].includes(next))
      throw new Error(`transactional producer: no move from ${this.state} to ${next}`);
    this.state = next;
  }
}
