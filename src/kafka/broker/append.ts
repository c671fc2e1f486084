/**
 * A produce request on the leader: the checks of ACK-1 in their order, then the append. Each partition of a request
 * succeeds or fails alone (ACK-2). With one broker the ISR is the leader, so acks=1 and acks=all are answered right after
 * the append (ACK-4, ACK-5, ISR-7); acks=0 never is (ACK-3).
 */
import { ERRORS } from '../errors';
import type { ProducedBatch, WireRecord } from '../protocol/messages';
import type { Partition } from './partition';

/** `message.max.bytes` of a topic, Kafka's default. */
export const MAX_MESSAGE_BYTES = 1_048_588;

export interface AppendResult {
  readonly errorCode: number;
  /** -1 when nothing was appended. */
  readonly baseOffset: number;
}

/** @param partition undefined when the broker does not have it */
export function appendRecords(partition: Partition | undefined, acks: number, batch: ProducedBatch): AppendResult {
  if (acks !== 0 && acks !== 1 && acks !== -1) return { errorCode: ERRORS.INVALID_REQUIRED_ACKS, baseOffset: -1 };
  if (partition === undefined) return { errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION, baseOffset: -1 };
  if (batch.records.some(isTooLarge)) return { errorCode: ERRORS.MESSAGE_TOO_LARGE, baseOffset: -1 };
  return { errorCode: ERRORS.NONE, baseOffset: partition.append(batch) };
}

function isTooLarge({ key, value }: WireRecord): boolean {
  return (key?.length ?? 0) + (value?.length ?? 0) > MAX_MESSAGE_BYTES;
}
