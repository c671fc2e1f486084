/** What the cluster holds, asked with plain requests (the model's counterpart of real-kafka's raw fetches). */
import { ERRORS, errorName } from '../../kafka/errors';
import type { RecordBatch } from '../../kafka/broker/record-batch';
import type { FetchPartitionAnswer, KafkaReceiver } from '../../kafka/protocol/messages';
import type { TopicPartition } from '../language/words';
import { ScenarioError } from '../language/scenario-error';
import type { Requests } from './requests';

const LATEST = -1;
const EARLIEST = -2;

export class Oracles {
  constructor(private readonly requests: Requests) {}

  /** The leader's id, -1 for none. */
  leader({ topic, partition }: TopicPartition): number {
    const { endpoint } = this.requests;
    const answer = this.requests.askUntilStable(
      { api: 'Metadata', topics: [topic] },
      () => endpoint,
      () => ERRORS.NONE,
    );
    return answer.topics[0]?.partitions.find(({ index }) => index === partition)?.leaderId ?? -1;
  }

  leaderOf(of: TopicPartition): KafkaReceiver | null {
    const id = this.leader(of);
    return id === -1 ? null : this.requests.endpoint.broker(id);
  }

  endOffset(of: TopicPartition, isolation: 'ru' | 'rc'): number {
    return this.listOffset(of, isolation, LATEST);
  }

  private listOffset({ topic, partition }: TopicPartition, isolation: 'ru' | 'rc', timestamp: number): number {
    const answer = this.requests.askUntilStable(
      {
        api: 'ListOffsets',
        isolationLevel: isolation === 'rc' ? 1 : 0,
        topics: [{ name: topic, partitions: [{ index: partition, timestamp, currentLeaderEpoch: -1 }] }],
      },
      () => this.leaderOf({ topic, partition }),
      ({ topics }) => topics[0]!.partitions[0]!.errorCode,
    );
    const { errorCode, offset } = answer.topics[0]!.partitions[0]!;
    if (errorCode !== ERRORS.NONE) throw new ScenarioError(`ListOffsets was answered ${errorName(errorCode)}`);
    return offset;
  }

  /** Records below the high watermark with their control records: `0:a 1:•commit`. */
  log(of: TopicPartition): string {
    return printedLog(this.batches(of));
  }

  /** The values of `log` alone. */
  values(of: TopicPartition): string {
    return orNothing(this.batches(of).flatMap(({ records }) => records.map(({ value }) => String(value))));
  }

  /** What a reader that filters rightly gets at this isolation level (FET-4). */
  read(of: TopicPartition, isolation: 'ru' | 'rc'): string {
    const batches = this.batches(of).filter(({ control }) => control === null);
    if (isolation === 'ru') return printedLog(batches);
    const start = this.listOffset(of, 'ru', EARLIEST);
    const stable = this.endOffset(of, 'rc');
    // A fetch at the end would wait for more.
    if (start >= stable) return orNothing([]);
    const { abortedTransactions } = this.fetch(of, start, 1);
    const markers = this.batches(of).filter(({ control }) => control === 'ABORT');
    const isAborted = ({ producerId, baseOffset, isTransactional }: RecordBatch): boolean =>
      isTransactional &&
      abortedTransactions.some((aborted) => {
        if (aborted.producerId !== producerId || baseOffset < aborted.firstOffset) return false;
        const end = markers.find(
          (marker) => marker.producerId === producerId && marker.baseOffset > aborted.firstOffset,
        );
        return end !== undefined && baseOffset < end.baseOffset;
      });
    return printedLog(batches.filter((batch) => batch.baseOffset < stable && !isAborted(batch)));
  }

  committed(group: string, { topic, partition }: TopicPartition, requireStable: boolean): string {
    const answer = this.requests.askUntilStable(
      {
        api: 'OffsetFetch',
        groupId: group,
        requireStable,
        topics: [{ name: topic, partitionIndexes: [partition] }],
      },
      () => this.requests.coordinator('group', group),
      ({ topics }) => topics[0]?.partitions[0]?.errorCode ?? ERRORS.NONE,
    );
    const found = answer.topics[0]?.partitions[0];
    if (found === undefined) return 'none';
    if (found.errorCode !== ERRORS.NONE) return `error ${errorName(found.errorCode)}`;
    return found.committedOffset === -1 ? 'none' : String(found.committedOffset);
  }

  private batches(of: TopicPartition): readonly RecordBatch[] {
    const batches: RecordBatch[] = [];
    const end = this.endOffset(of, 'ru');
    let offset = this.listOffset(of, 'ru', EARLIEST);
    while (offset < end) {
      const answer = this.fetch(of, offset, 0);
      if (answer.batches.length === 0) break;
      batches.push(...answer.batches);
      offset = answer.batches.at(-1)!.lastOffset + 1;
    }
    return batches;
  }

  private fetch(
    { topic, partition }: TopicPartition,
    fetchOffset: number,
    isolationLevel: 0 | 1,
  ): FetchPartitionAnswer {
    const answer = this.requests.askUntilStable(
      {
        api: 'Fetch',
        isolationLevel,
        maxWaitMs: 0,
        topics: [{ name: topic, partitions: [{ index: partition, fetchOffset, currentLeaderEpoch: -1 }] }],
      },
      () => this.leaderOf({ topic, partition }),
      ({ topics }) => topics[0]!.partitions[0]!.errorCode,
    );
    return answer.topics[0]!.partitions[0]!;
  }
}

export function printedLog(batches: readonly RecordBatch[]): string {
  return orNothing(
    batches.flatMap(({ control, baseOffset, records }) =>
      control === null
        ? records.map(({ offset, value }) => `${offset}:${value}`)
        : [`${baseOffset}:•${control.toLowerCase()}`],
    ),
  );
}

export function orNothing(items: readonly string[]): string {
  return items.length === 0 ? 'nothing' : items.join(' ');
}
