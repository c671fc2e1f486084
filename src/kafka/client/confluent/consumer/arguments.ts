/** Arguments of the consumer's methods, read as the real client's binding reads them. */
import type { KafkaJS } from '../api';
import { argumentError } from '../errors';
import type { Assignment } from './assigned-partition';

export interface TopicAndIndex {
  readonly topic: string;
  readonly index: number;
}

/**
 * An offset to commit. An empty or missing one is 0 for the binding; fractions are cut; what is not a number becomes the
 * lowest number there is, which is no offset: it is not committed, and nobody is told (CLI-51).
 */
export function readOffset(offset: unknown): number {
  const number = offset ? Number(offset) : 0;
  return Number.isNaN(number) ? Number.NEGATIVE_INFINITY : Math.trunc(number);
}

/** @throws KafkaJSError for a target that is no position; -2 and -3 are librdkafka's own */
export function readSeek({
  topic,
  partition,
  offset,
}: KafkaJS.TopicPartitionOffset): TopicAndIndex & { readonly offset: number } {
  const number = Number(offset);
  if (typeof topic !== 'string') throw argumentError('Topic must be a string.');
  if (Number.isNaN(number) || (number < 0 && number !== -2 && number !== -3))
    throw argumentError('Offset must be >= 0, or a special value.');
  return { topic, index: partition, offset: Math.trunc(number) };
}

/** Partitions named by topic, all assigned ones where none are named. */
export function readPartitions(
  topics: readonly { readonly topic: string; readonly partitions?: readonly number[] }[],
  assignment: Assignment,
): TopicAndIndex[] {
  const list: TopicAndIndex[] = [];
  for (const { topic, partitions } of topics) {
    if (typeof topic !== 'string') throw argumentError('Topic must be a string.');
    const indexes =
      partitions ?? assignment.partitions.filter((assigned) => assigned.topic === topic).map(({ index }) => index);
    for (const index of indexes) list.push({ topic, index });
  }
  return list;
}
