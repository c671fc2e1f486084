/** What librdkafka does about an answer to a produce request (`rd_kafka_handle_Produce_error`, `rd_kafka_err_action`). */
import { ERRORS } from '../../../errors';
import { ERROR_CODES } from '../error-codes';

export interface ProduceAction {
  readonly isRepeated: boolean;
  /** The leader is asked for again. */
  readonly isRefreshed: boolean;
  /** The repetition counts against `retries` (CLI-54: waiting for a leader does not). */
  readonly isCounted: boolean;
  /** The broker may have the records (ACK-11). */
  readonly isMaybeStored: boolean;
}

const GIVE_UP: ProduceAction = { isRepeated: false, isRefreshed: false, isCounted: false, isMaybeStored: false };
const REPEAT: ProduceAction = { isRepeated: true, isRefreshed: false, isCounted: true, isMaybeStored: false };
const REPEAT_MAYBE_STORED: ProduceAction = { ...REPEAT, isMaybeStored: true };
const FIND_LEADER: ProduceAction = { isRepeated: true, isRefreshed: true, isCounted: false, isMaybeStored: false };

const ACTIONS: Readonly<Record<number, ProduceAction>> = {
  [ERROR_CODES.ERR__TRANSPORT]: { isRepeated: true, isRefreshed: true, isCounted: true, isMaybeStored: true },
  [ERRORS.UNKNOWN_TOPIC_OR_PARTITION]: FIND_LEADER,
  [ERRORS.LEADER_NOT_AVAILABLE]: FIND_LEADER,
  // ACK-10: the answer may have come after the append.
  [ERRORS.NOT_LEADER_OR_FOLLOWER]: { ...FIND_LEADER, isMaybeStored: true },
  [ERRORS.REQUEST_TIMED_OUT]: REPEAT_MAYBE_STORED,
  [ERRORS.NOT_ENOUGH_REPLICAS]: REPEAT,
  [ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND]: REPEAT_MAYBE_STORED,
};

/** @param code the broker's, or ERR__TRANSPORT for a lost connection and for a request that has timed out */
export function produceAction(code: number): ProduceAction {
  return ACTIONS[code] ?? GIVE_UP;
}

export type OutOfOrder = 'fatal' | 'bump';

/**
 * CLI-50: what an OUT_OF_ORDER_SEQUENCE_NUMBER means. The batch that is next in line cannot be out of order unless client
 * and broker disagree: that is fatal. A later one fails because an earlier one did: the epoch is bumped, all is sent anew.
 */
export function judgeOutOfOrder(firstSequence: number, nextAckedSequence: number): OutOfOrder {
  return firstSequence > nextAckedSequence ? 'bump' : 'fatal';
}

/** Sequence numbers go from 2147483647 on to 0 (PID-3). */
export function sequenceOf(messageId: number, baseMessageId: number): number {
  return (messageId - baseMessageId) % 2_147_483_648;
}
