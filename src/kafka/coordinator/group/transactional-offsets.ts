/** Offsets inside transactions: who may add them, and what a marker makes of them (OFS-6, OFS-9, TXN-6). */
import { ERRORS } from '../../errors';
import { committedBy } from '../../transaction-ghosts';
import { TXN_OFFSET_COMMIT_TV2_VERSION, type TransactionResult } from '../../protocol/transaction-messages';
import { placeOf } from './committed-offsets';
import type { LogStep } from './in-log-order';
import { materialise, type OffsetTables } from './offset-commits';
import { isNewer } from './pending-offsets';

/** First version of TxnOffsetCommit that knows TRANSACTION_ABORTABLE. */
const ABORTABLE_VERSION = 4;

/** TXN-2: from this version on the coordinator adds its partition to the transaction, before it only looks. */
export function txnOffsetVerificationMode(apiVersion: number): 'verify' | 'add' {
  return apiVersion >= TXN_OFFSET_COMMIT_TV2_VERSION ? 'add' : 'verify';
}

/** What a producer is told when the transaction coordinator has not agreed (TXN-6). */
export function txnOffsetVerificationError(errorCode: number, apiVersion: number): number {
  switch (errorCode) {
    case ERRORS.PRODUCER_FENCED:
      return ERRORS.INVALID_PRODUCER_EPOCH;
    case ERRORS.TRANSACTION_ABORTABLE:
      return apiVersion >= ABORTABLE_VERSION ? errorCode : ERRORS.INVALID_TXN_STATE;
    case ERRORS.NETWORK_EXCEPTION:
      // Old clients retry this one at once, without looking for another coordinator.
      return ERRORS.COORDINATOR_LOAD_IN_PROGRESS;
    default:
      return errorCode;
  }
}

/** OFS-9: a marker takes effect on what its transaction left before it. */
export class OffsetsMarker implements LogStep {
  constructor(
    private readonly tables: OffsetTables,
    private readonly producerId: number,
    private readonly result: TransactionResult,
  ) {}

  apply(errorCode: number): void {
    if (errorCode !== ERRORS.NONE) return;
    for (const pending of this.tables.pending.take(this.producerId)) {
      if (this.result === 'ABORT') continue;
      const place = placeOf(pending.topic, pending.partition);
      if (isNewer(pending, this.tables.committed.at(pending.group, place)))
        materialise(this.tables, place, pending, 0, committedBy(this.tables.world.history, this.producerId));
    }
  }
}
