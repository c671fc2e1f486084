/**
 * The transactional call a producer is at (librdkafka `rd_kafka_txn_curr_api_begin`). There is one at a time. A call that
 * takes too long rejects and goes on in the background: only the same call, made again, gets its result (CLI-52).
 */
import type { SimEvent } from '../../../../simulation/event-queue';
import { ERROR_CODES } from '../error-codes';
import type { ConfluentPorts } from '../ports';

export type ApiName =
  | 'init_transactions'
  | 'begin_transaction'
  | 'send_offsets_to_transaction'
  | 'commit_transaction'
  | 'abort_transaction';

export interface Failure {
  /** The client's error code. */
  readonly code: number;
  readonly text: string;
  /** The call goes on; the same call may be made again. */
  readonly isRetriable: boolean;
}

export function failure(code: number, text: string, isRetriable = false): Failure {
  return { code, text, isRetriable };
}

/** Gets the outcome of a call; null for success. */
export type Settle = (failed: Failure | null) => void;

/** The wrapper's limit for init, commit and abort (CLI-52). */
export const API_TIMEOUT_MS = 5000;

const RESUMABLE: readonly (ApiName | null)[] = ['init_transactions', 'commit_transaction', 'abort_transaction'];

export class ApiCalls {
  private name: ApiName | null = null;
  /** Whoever waits; null when the call goes on in the background. */
  private settle: Settle | null = null;
  private timer: SimEvent | null = null;
  private result: { readonly failed: Failure | null } | null = null;
  /** Records are being waited for: a result has to wait, too. */
  isFlushing = false;
  /** Differs from one call to the next. */
  number = 0;

  constructor(
    private readonly ports: ConfluentPorts,
    /** Says more about a call that takes too long; null for nothing more. */
    private readonly explainTimeout: (name: ApiName) => Failure | null,
  ) {}

  /** @returns whether the call may begin; if not, `settle` has been told why */
  begin(name: ApiName, settle: Settle, limitMs: number | null): boolean {
    if (this.name !== null && this.name !== name) {
      settle(failure(ERROR_CODES.ERR__CONFLICT, `Conflicting ${this.name} API call is already in progress`, true));
      return false;
    }
    if (this.settle !== null) {
      settle(failure(ERROR_CODES.ERR__PREV_IN_PROGRESS, `Simultaneous ${name} API calls not allowed`, true));
      return false;
    }
    this.name = name;
    this.settle = settle;
    this.isFlushing = false;
    this.number += 1;
    if (limitMs !== null) this.timer = this.ports.incarnation.setTimer(limitMs, this.onLate);
    return true;
  }

  /** What the call came to while nobody waited. */
  takeResult(): { readonly failed: Failure | null } | null {
    const { result } = this;
    this.result = null;
    return result;
  }

  /** Whether somebody gets a result now; otherwise it is kept for whoever makes the same call again. */
  keep(failed: Failure | null): boolean {
    if (this.name === null) return false;
    if (this.settle !== null && !this.isFlushing) return true;
    if (this.result === null || this.result.failed === null) this.result = { failed };
    return false;
  }

  /** Ends the call; after a passing failure init, commit and abort go on in the background. */
  finish(failed: Failure | null): void {
    const { settle } = this;
    const goesOn = failed !== null && failed.isRetriable && RESUMABLE.includes(this.name);
    if (this.timer !== null) this.ports.incarnation.clearTimer(this.timer);
    this.timer = null;
    this.settle = null;
    this.number += 1;
    if (!goesOn) {
      this.name = null;
      this.result = null;
    }
    settle?.(failed);
  }

  private readonly onLate = (): void => {
    this.timer = null;
    const late = failure(
      ERROR_CODES.ERR__TIMED_OUT,
      'Timed out waiting for operation to finish, retry call to resume',
      true,
    );
    this.finish(this.explainTimeout(this.name!) ?? late);
  };
}
