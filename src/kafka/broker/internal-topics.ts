/** Topics in which coordinators keep their state. */
import { OFFSETS_TOPIC, TRANSACTION_STATE_TOPIC } from '../coordinator/coordinator-host';

export function isInternal(topic: string): boolean {
  return topic === OFFSETS_TOPIC || topic === TRANSACTION_STATE_TOPIC;
}
