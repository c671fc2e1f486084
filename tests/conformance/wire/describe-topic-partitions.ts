/**
 * DescribeTopicPartitions (key 75): leader, leader epoch, ISR and ELR of partitions. By hand, because of the optional
 * cursor at the end of request and answer, and because ids of topics are 16 raw bytes.
 */
import type { Api } from './api';
import {
  boolean,
  compactArray,
  compactNullableString,
  compactString,
  flexible,
  int16,
  int32,
  int8,
  type Codec,
} from './codec';

const uuid: Codec<Buffer> = { write: (to, value) => to.raw(value), read: (from) => from.raw(16) };

const partition = flexible({
  error: int16,
  index: int32,
  leader: int32,
  leaderEpoch: int32,
  replicas: compactArray(int32),
  isr: compactArray(int32),
  elr: compactArray(int32),
  lastKnownElr: compactArray(int32),
  offline: compactArray(int32),
});

const topic = flexible({
  error: int16,
  name: compactNullableString,
  id: uuid,
  isInternal: boolean,
  partitions: compactArray(partition),
  authorizedOperations: int32,
});

const requested = flexible({
  topics: compactArray(flexible({ name: compactString })),
  limit: int32,
  /** -1: from the beginning. */
  cursor: int8,
});

const answered = compactArray(topic);

export interface DescribedPartition {
  readonly error: number;
  readonly index: number;
  /** -1 without a leader. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
  readonly offline: readonly number[];
}

export interface DescribedTopic {
  readonly error: number;
  readonly name: string | null;
  readonly partitions: readonly DescribedPartition[];
}

export const DescribeTopicPartitionsV0: Api<
  { readonly topics: readonly { readonly name: string }[] },
  { readonly topics: readonly DescribedTopic[] }
> = {
  name: 'DescribeTopicPartitions',
  key: 75,
  version: 0,
  isFlexible: true,
  request: {
    write: (to, { topics }) => requested.write(to, { topics, limit: 2000, cursor: -1 }),
    read: () => {
      throw new Error('Requests are only written.');
    },
  },
  response: {
    write: () => {
      throw new Error('Answers are only read.');
    },
    read: (from) => {
      int32.read(from);
      // A cursor and tags follow; with a limit above the number of partitions the cursor is null.
      return { topics: answered.read(from) };
    },
  },
};
