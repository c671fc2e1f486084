/** The log of committed offsets, read as it lies in `__consumer_offsets` (OFS-1, OFS-9). */
import { ERRORS } from '../../../src/kafka/errors';
import { BrokerError, type Brokers } from '../drivers/live/brokers';
import { logOf } from '../drivers/live/oracle';
import { Reader } from '../wire/codec';
import type { LogRecord } from '../wire/record-batch';
import type { OffsetStep } from './evidence';

/** `offsets.topic.num.partitions` of the clusters that are started here. */
const PARTITIONS = 3;

/** Highest version of a key that is about an offset; higher ones are about groups. */
const OFFSET_KEY_VERSION = 1;

/** Everything that was ever committed, by partition, each in the order of its log. Empty before the first group. */
export async function offsetStepsOf(brokers: Brokers): Promise<readonly (readonly OffsetStep[])[]> {
  const all: OffsetStep[][] = [];
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    try {
      all.push((await logOf(brokers, '__consumer_offsets', partition, 'latin1')).flatMap(stepOf));
    } catch (error) {
      // The topic is made when the first group is.
      if (!(error instanceof BrokerError) || error.code !== ERRORS.UNKNOWN_TOPIC_OR_PARTITION) throw error;
      all.push([]);
    }
  }
  return all;
}

/** @returns nothing for what is about a group, and for an offset that is deleted */
export function stepOf({ key, value, producerId, isTransactional, marker }: LogRecord): OffsetStep[] {
  if (marker !== null) return [{ producerId, marker }];
  if (key === null || value === null) return [];
  const from = new Reader(Buffer.from(key, 'latin1'));
  if (from.int(2) > OFFSET_KEY_VERSION) return [];
  const group = textOf(from);
  const topic = textOf(from);
  const partition = `${topic}-${from.int(4)}`;
  const of = new Reader(Buffer.from(value, 'latin1'));
  of.int(2);
  return [{ group, partition, offset: of.long(), producerId: isTransactional ? producerId : null }];
}

function textOf(from: Reader): string {
  return from.raw(from.int(2)).toString();
}
