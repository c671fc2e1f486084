/** What clients are told when a coordinator's own append fails (TXN-1, OFS-11; Kafka: `appendTransactionToLog`). */
import { ERRORS } from '../errors';

export function coordinatorError(appendError: number): number {
  switch (appendError) {
    case ERRORS.UNKNOWN_TOPIC_OR_PARTITION:
    case ERRORS.NOT_ENOUGH_REPLICAS:
    case ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ERRORS.REQUEST_TIMED_OUT:
      return ERRORS.COORDINATOR_NOT_AVAILABLE;
    case ERRORS.NOT_LEADER_OR_FOLLOWER:
      return ERRORS.NOT_COORDINATOR;
    default:
      return appendError;
  }
}
