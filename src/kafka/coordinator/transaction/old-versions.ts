/** TXN-10: clients that do not know PRODUCER_FENCED are told INVALID_PRODUCER_EPOCH instead (KIP-588). */
import { ERRORS } from '../../errors';
import type { TransactionCoordinatorRequest } from '../../protocol/transaction-messages';

/** First version of each API that knows PRODUCER_FENCED. */
export const PRODUCER_FENCED_SINCE: Readonly<Record<TransactionCoordinatorRequest['api'], number>> = {
  InitProducerId: 4,
  AddPartitionsToTxn: 2,
  AddOffsetsToTxn: 2,
  EndTxn: 2,
};

/** The code to answer a request of this version with. */
export function errorForVersion(
  api: TransactionCoordinatorRequest['api'],
  apiVersion: number,
  errorCode: number,
): number {
  const isOld = apiVersion < PRODUCER_FENCED_SINCE[api];
  return isOld && errorCode === ERRORS.PRODUCER_FENCED ? ERRORS.INVALID_PRODUCER_EPOCH : errorCode;
}
