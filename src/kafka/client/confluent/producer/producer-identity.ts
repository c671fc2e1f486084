/**
 * Producer id and epoch of an idempotent producer: getting them, bumping the epoch, giving up (PID-1, TXN-4; librdkafka
 * `rdkafka_idempotence.c`).
 */
import { Request, type AnswerHandler } from '../../../../simulation/network';
import { ERRORS } from '../../../errors';
import type { InitProducerIdAnswer, InitProducerIdRequest } from '../../../protocol/transaction-messages';
import type { CoordinatorLookup } from '../../coordinator-lookup';
import { ERROR_CODES } from '../error-codes';
import type { ConfluentPorts } from '../ports';
import type { ProducerOptions } from './options';

/** librdkafka's version of InitProducerId: it can name the epoch that it holds (KIP-360). */
const INIT_PRODUCER_ID_VERSION = 4;

const RETRY_MS = 500;

/** One producer id with one epoch; sequence numbers begin anew in each. */
export class ProducerSession {
  constructor(
    readonly producerId: number,
    readonly producerEpoch: number,
  ) {}
}

export type IdentityState =
  | 'none'
  /** InitProducerId is out, or will be again after a pause. */
  | 'requested'
  | 'assigned'
  /** The epoch is to be bumped as soon as nothing is under way. */
  | 'draining'
  /** The same, but the transaction has to be aborted first. */
  | 'waiting-for-abort'
  | 'fatal';

/** Moves of the state; the guard is `moveTo`. */
export const IDENTITY_TRANSITIONS: Readonly<Record<IdentityState, readonly IdentityState[]>> = {
  none: ['requested', 'fatal'],
  requested: ['assigned', 'fatal'],
  assigned: ['draining', 'waiting-for-abort', 'fatal'],
  draining: ['requested', 'assigned', 'fatal'],
  'waiting-for-abort': ['draining', 'fatal'],
  fatal: [],
};

export interface IdentityOwner {
  /** No produce request is under way. */
  readonly isDrained: boolean;
  onAssigned(): void;
  /** @param code the client's error code */
  onFatal(code: number): void;
}

export class ProducerIdentity implements AnswerHandler<InitProducerIdAnswer> {
  state: IdentityState = 'none';
  session: ProducerSession | null = null;
  /** Last refusal; 0 for none. `init` that takes too long tells of it. */
  lastError = 0;

  constructor(
    private readonly ports: ConfluentPorts,
    private readonly options: ProducerOptions,
    /** Null without a transactional id: any broker gives out producer ids. */
    private readonly coordinator: CoordinatorLookup | null,
    private readonly owner: IdentityOwner,
  ) {}

  /** The session that requests may use now; null for none. */
  get current(): ProducerSession | null {
    return this.state === 'assigned' ? this.session : null;
  }

  request(): void {
    this.moveTo('requested');
    this.send();
  }

  /** Renumbers everything under a new epoch when what is under way has come back (CLI-50). */
  bump(): void {
    if (this.state !== 'assigned' && this.state !== 'waiting-for-abort') return;
    this.moveTo('draining');
    this.checkDrained();
  }

  /** The same after the transaction's abort. */
  bumpAfterAbort(): void {
    if (this.state === 'assigned') this.moveTo('waiting-for-abort');
  }

  /** To be called whenever the last request under way has come back. */
  checkDrained(): void {
    if (this.state !== 'draining' || !this.owner.isDrained) return;
    if (this.coordinator !== null) {
      this.request();
      return;
    }
    const { producerId, producerEpoch } = this.session!;
    this.session = new ProducerSession(producerId, producerEpoch + 1);
    this.moveTo('assigned');
    this.owner.onAssigned();
  }

  fail(): void {
    if (this.state !== 'fatal') this.moveTo('fatal');
  }

  private readonly send = (): void => {
    if (this.state !== 'requested') return;
    const { incarnation, endpoint } = this.ports;
    const { transactionalId, transactionTimeoutMs, requestTimeoutMs } = this.options;
    const message: InitProducerIdRequest = {
      api: 'InitProducerId',
      apiVersion: INIT_PRODUCER_ID_VERSION,
      transactionalId,
      transactionTimeoutMs,
      producerId: transactionalId === null ? -1 : (this.session?.producerId ?? -1),
      producerEpoch: transactionalId === null ? -1 : (this.session?.producerEpoch ?? -1),
    };
    const receiver = this.coordinator === null ? endpoint : this.coordinator.receiver;
    const isMutating = transactionalId !== null;
    const request = new Request('init-producer-id', isMutating, incarnation, message, receiver as never, this);
    request.timeoutMs = requestTimeoutMs;
    request.send();
  };

  onAnswer({ errorCode, producerId, producerEpoch }: InitProducerIdAnswer): void {
    if (this.state !== 'requested') return;
    if (errorCode === ERRORS.NONE) {
      this.session = new ProducerSession(producerId, producerEpoch);
      this.moveTo('assigned');
      this.owner.onAssigned();
      return;
    }
    if (isFatal(errorCode)) {
      this.moveTo('fatal');
      this.owner.onFatal(normalized(errorCode));
      return;
    }
    this.lastError = errorCode;
    this.coordinator?.note(errorCode);
    this.ports.incarnation.setTimer(RETRY_MS, this.send);
  }

  onLost(): void {
    this.lastError = ERROR_CODES.ERR__TRANSPORT;
    this.coordinator?.forget();
    this.ports.incarnation.setTimer(RETRY_MS, this.send);
  }

  /** @throws Error when the table has no such move: a bug of the model. */
  private moveTo(next: IdentityState): void {
    if (!IDENTITY_TRANSITIONS[this.state].includes(next))
      throw new Error(`producer identity: no move from ${this.state} to ${next}`);
    this.state = next;
  }
}

function isFatal(code: number): boolean {
  return (
    code === ERRORS.INVALID_TRANSACTION_TIMEOUT ||
    code === ERRORS.INVALID_PRODUCER_EPOCH ||
    code === ERRORS.PRODUCER_FENCED
  );
}

/** All that says "another producer has this transactional id now" is one code (`rd_kafka_txn_normalize_err`). */
export function normalized(code: number): number {
  const isFenced = code === ERRORS.INVALID_PRODUCER_EPOCH || code === ERRORS.PRODUCER_FENCED;
  return isFenced ? ERROR_CODES.ERR__FENCED : code;
}
