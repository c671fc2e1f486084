/** What becomes of a marker after the answer of the partition's leader (TXN-12; Kafka: `TransactionMarkerRequestCompletionHandler`). */
import { ERRORS, errorName } from '../../errors';

/** `again`: it is sent until it is written. `give-up`: a newer producer or coordinator has taken over, nothing more is sent. */
export type MarkerOutcome = 'written' | 'again' | 'give-up';

/** @throws Error for a code that no leader answers a marker with: a bug of the model. */
export function markerOutcome(errorCode: number): MarkerOutcome {
  switch (errorCode) {
    case ERRORS.NONE:
      return 'written';
    case ERRORS.UNKNOWN_TOPIC_OR_PARTITION:
    case ERRORS.NOT_LEADER_OR_FOLLOWER:
    case ERRORS.LEADER_NOT_AVAILABLE:
    case ERRORS.NOT_ENOUGH_REPLICAS:
    case ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ERRORS.REQUEST_TIMED_OUT:
    case ERRORS.NETWORK_EXCEPTION:
      return 'again';
    case ERRORS.INVALID_PRODUCER_EPOCH:
    case ERRORS.TRANSACTION_COORDINATOR_FENCED:
      return 'give-up';
    default:
      throw new Error(`a marker was answered with ${errorName(errorCode)} (${errorCode})`);
  }
}

/** Pause before a marker, or the record that completes a transaction, is tried again. */
export const MARKER_RETRY_BACKOFF_MS = 100;

/**
 * How long tries keep the world busy: longer than a broker's session and the election that follows. A partition that has
 * no leader even then may stay without one, and its marker is tried in the background from then on.
 */
export const MARKER_BUSY_MS = 20_000;
