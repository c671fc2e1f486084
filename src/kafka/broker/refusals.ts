/** Answers of a broker that cannot serve a request at all: it does not coordinate the key (GRP-15, TXN-1). */
import type { KafkaAnswer, KafkaRequest, OffsetCommitAnswer, OffsetFetchRequest } from '../protocol/messages';

/** Requests that only the coordinator of a group or of a transactional id takes. */
export type CoordinatorRequest = Exclude<
  KafkaRequest,
  {
    readonly api:
      | 'Produce'
      | 'Fetch'
      | 'ListOffsets'
      | 'Metadata'
      | 'DeleteRecords'
      | 'CreateTopics'
      | 'ElectLeaders'
      | 'DescribeTopicPartitions'
      | 'WriteTxnMarkers';
  }
>;

export function refuseAsCoordinator(message: CoordinatorRequest, errorCode: number): KafkaAnswer {
  switch (message.api) {
    case 'JoinGroup': {
      const { memberId } = message;
      return { api: 'JoinGroup', errorCode, generationId: -1, protocolName: null, leader: '', memberId, members: [] };
    }
    case 'SyncGroup':
      return { api: 'SyncGroup', errorCode, assignment: [] };
    case 'Heartbeat':
    case 'LeaveGroup':
      return { api: message.api, errorCode };
    case 'OffsetCommit':
    case 'TxnOffsetCommit':
      return { api: message.api, topics: refuseOffsets(message.topics, errorCode) };
    case 'OffsetFetch':
      return refuseOffsetFetch(message, errorCode);
    case 'InitProducerId':
    case 'EndTxn':
      return { api: message.api, errorCode, producerId: -1, producerEpoch: -1 };
    case 'AddOffsetsToTxn':
      return { api: 'AddOffsetsToTxn', errorCode };
    case 'AddPartitionsToTxn':
      return {
        api: 'AddPartitionsToTxn',
        topics: message.topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map((partitionIndex) => ({ partitionIndex, errorCode })),
        })),
      };
  }
}

type OffsetTopics = readonly {
  readonly name: string;
  readonly partitions: readonly { readonly partitionIndex: number }[];
}[];

function refuseOffsets(topics: OffsetTopics, errorCode: number): OffsetCommitAnswer['topics'] {
  return topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
  }));
}

function refuseOffsetFetch(message: OffsetFetchRequest, errorCode: number): KafkaAnswer {
  return {
    api: 'OffsetFetch',
    errorCode,
    topics: (message.topics ?? []).map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) => ({
        partitionIndex,
        committedOffset: -1,
        metadata: null,
        errorCode,
      })),
    })),
  };
}
