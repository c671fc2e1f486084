/** The transaction coordinator, as a broker sees it, and the rules that its leaders of partitions share with it. */
import type { CoordinatorHost, TransactionShard } from '../coordinator-host';
import { TransactionCoordinator } from './transaction-coordinator';

export { produceVerificationError, produceVerificationMode } from './partitions-in-txn';

/** Makes the coordinator of the transactional ids of one partition; `load` it before its first request. */
export function createTransactionShard(host: CoordinatorHost): TransactionShard {
  return new TransactionCoordinator(host);
}
