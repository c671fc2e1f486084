/** EndTxn on its way: the decision over a transaction, with its repetitions (TXN-8, TXN-11; `rd_kafka_txn_handle_EndTxn`). */
import type { Transaction } from '../../../../simulation/history';
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS, errorName } from '../../../errors';
import type { EndTxnAnswer, EndTxnRequest } from '../../../protocol/transaction-messages';
import { ERROR_CODES } from '../error-codes';
import { textOf } from '../errors';
import { failure } from './api-calls';
import { normalized } from './producer-identity';
import type { TransactionManager } from './transaction-manager';

/** librdkafka's version: the first transaction protocol (TXN-2). */
const END_TXN_VERSION = 1;

const RETRIES_MAX = 5;

export class EndTransaction implements AnswerHandler<EndTxnAnswer> {
  private retries = 0;
  /** The transaction that it is about, for the history. */
  private readonly ghost: Transaction | null;
  private request: Request<EndTxnRequest, EndTxnAnswer> | null = null;

  constructor(
    private readonly manager: TransactionManager,
    private readonly isCommit: boolean,
    private readonly line: number,
  ) {
    this.ghost = manager.open;
  }

  readonly send = (): void => {
    const { manager } = this;
    const { producerId, producerEpoch } = manager.identity.session!;
    const message: EndTxnRequest = {
      api: 'EndTxn',
      apiVersion: END_TXN_VERSION,
      transactionalId: manager.transactionalId,
      producerId,
      producerEpoch,
      committed: this.isCommit,
    };
    const { ports, options } = manager.queue;
    const receiver = manager.coordinator.receiver;
    this.request = new Request('end-txn', true, ports.incarnation, message, receiver as never, this);
    this.request.line = this.line;
    this.request.ghost = this.ghost;
    this.request.timeoutMs = options.requestTimeoutMs;
    this.request.send();
  };

  onAnswer({ errorCode }: EndTxnAnswer): void {
    this.recordAnswer(errorCode);
    if (errorCode === ERRORS.NONE) {
      if (this.isCurrent) this.manager.ended(this.isCommit);
      return;
    }
    this.manager.coordinator.note(errorCode);
    this.refused(errorCode);
  }

  onLost(): void {
    this.manager.coordinator.forget();
    this.refused(ERROR_CODES.ERR__TRANSPORT);
  }

  /** The producer still waits for this end. */
  private get isCurrent(): boolean {
    return this.manager.state === (this.isCommit ? 'committing' : 'aborting');
  }

  private refused(code: number): void {
    const { manager, isCommit } = this;
    const text = `EndTxn ${isCommit ? 'commit' : 'abort'} failed: ${textOf(code)}`;
    switch (code) {
      case ERROR_CODES.ERR__TRANSPORT:
      case ERRORS.COORDINATOR_NOT_AVAILABLE:
      case ERRORS.NOT_COORDINATOR:
      case ERRORS.COORDINATOR_LOAD_IN_PROGRESS:
      case ERRORS.CONCURRENT_TRANSACTIONS:
        if (this.isCurrent && this.repeat()) return;
        manager.reply(failure(code, text, true));
        return;
      case ERRORS.INVALID_PRODUCER_EPOCH:
      case ERRORS.PRODUCER_FENCED:
      case ERRORS.INVALID_TXN_STATE:
        manager.queue.failForGood(normalized(code));
        return;
      default:
        manager.endRefused(code, isCommit, text);
    }
  }

  private repeat(): boolean {
    if (this.retries >= RETRIES_MAX) return false;
    const { ports, options } = this.manager.queue;
    const backoff = Math.min(options.retryBackoffMs * 2 ** this.retries, options.retryBackoffMaxMs);
    this.retries += 1;
    ports.incarnation.setTimer(backoff, this.send);
    return true;
  }

  private recordAnswer(code: number): void {
    const { incarnation } = this.manager.queue.ports;
    if (incarnation.world.recorder === null) return;
    incarnation.world.record(
      { lane: incarnation.name, incarnation: incarnation.number, line: this.line || undefined },
      {
        kind: 'answer',
        request: this.request!.name,
        label: 'end-txn',
        status: code === ERRORS.NONE ? 'ok' : errorName(code),
      },
    );
  }
}
