/**
 * The requests that tests make by hand, in versions that Kafka 4.3 answers. Field names follow Kafka's message files
 * (clients/src/main/resources/common/message), shortened where the context says the rest.
 */
import { api, flexibleApi } from './api';
import {
  array,
  boolean,
  bytes,
  compactArray,
  compactNullableString,
  compactString,
  flexible,
  int16,
  int32,
  int64,
  int8,
  nullableArray,
  nullableBytes,
  nullableString,
  string,
  struct,
  type Codec,
  type Fields,
} from './codec';

/** Topics with a list of partitions each, the shape of most requests. */
const byTopic = <F extends Fields>(partition: F) =>
  array(struct({ name: string, partitions: array(struct(partition)) }));
const byTopicCompact = <F extends Fields>(partition: F) =>
  compactArray(flexible({ name: compactString, partitions: compactArray(flexible(partition)) }));

export const ProduceV7 = api(
  'Produce',
  0,
  7,
  {
    transactionalId: nullableString,
    acks: int16,
    timeoutMs: int32,
    topics: byTopic({ index: int32, records: bytes }),
  },
  {
    topics: byTopic({ index: int32, error: int16, baseOffset: int64, logAppendTimeMs: int64, logStartOffset: int64 }),
    throttleMs: int32,
  },
);

export const FetchV11 = api(
  'Fetch',
  1,
  11,
  {
    replicaId: int32,
    maxWaitMs: int32,
    minBytes: int32,
    maxBytes: int32,
    isolationLevel: int8,
    sessionId: int32,
    sessionEpoch: int32,
    topics: byTopic({
      partition: int32,
      currentLeaderEpoch: int32,
      fetchOffset: int64,
      logStartOffset: int64,
      maxBytes: int32,
    }),
    forgotten: array(struct({ topic: string, partitions: array(int32) })),
    rackId: string,
  },
  {
    throttleMs: int32,
    error: int16,
    sessionId: int32,
    topics: byTopic({
      partition: int32,
      error: int16,
      highWatermark: int64,
      lastStableOffset: int64,
      logStartOffset: int64,
      aborted: array(struct({ producerId: int64, firstOffset: int64 })),
      preferredReadReplica: int32,
      records: nullableBytes,
    }),
  },
);

export const ListOffsetsV5 = api(
  'ListOffsets',
  2,
  5,
  {
    replicaId: int32,
    isolationLevel: int8,
    topics: byTopic({ partition: int32, currentLeaderEpoch: int32, timestamp: int64 }),
  },
  {
    throttleMs: int32,
    topics: byTopic({ partition: int32, error: int16, timestamp: int64, offset: int64, leaderEpoch: int32 }),
  },
);

export const MetadataV5 = api(
  'Metadata',
  3,
  5,
  { topics: nullableArray(string), allowAutoTopicCreation: boolean },
  {
    throttleMs: int32,
    brokers: array(struct({ nodeId: int32, host: string, port: int32, rack: nullableString })),
    clusterId: nullableString,
    controllerId: int32,
    topics: array(
      struct({
        error: int16,
        name: string,
        isInternal: boolean,
        partitions: array(
          struct({
            error: int16,
            index: int32,
            leader: int32,
            replicas: array(int32),
            isr: array(int32),
            offline: array(int32),
          }),
        ),
      }),
    ),
  },
);

export const OffsetCommitV7 = api(
  'OffsetCommit',
  8,
  7,
  {
    group: string,
    generation: int32,
    memberId: string,
    groupInstanceId: nullableString,
    topics: byTopic({ index: int32, offset: int64, leaderEpoch: int32, metadata: nullableString }),
  },
  { throttleMs: int32, topics: byTopic({ index: int32, error: int16 }) },
);

/** Asked of the coordinator. `requireStable` hides offsets under a pending transactional commit with error 88. */
export const OffsetFetchV7 = flexibleApi(
  'OffsetFetch',
  9,
  7,
  {
    group: compactString,
    topics: compactArray(flexible({ name: compactString, partitions: compactArray(int32) })),
    requireStable: boolean,
  },
  {
    throttleMs: int32,
    topics: byTopicCompact({
      index: int32,
      offset: int64,
      leaderEpoch: int32,
      metadata: compactNullableString,
      error: int16,
    }),
    error: int16,
  },
);

export const COORDINATOR_TYPE = { group: 0, transaction: 1 } as const;

export const FindCoordinatorV2 = api(
  'FindCoordinator',
  10,
  2,
  { key: string, keyType: int8 },
  { throttleMs: int32, error: int16, message: nullableString, nodeId: int32, host: string, port: int32 },
);

const joined: Codec<{ readonly memberId: string; readonly groupInstanceId: string | null; readonly metadata: Buffer }> =
  struct({ memberId: string, groupInstanceId: nullableString, metadata: bytes });

export const JoinGroupV5 = api(
  'JoinGroup',
  11,
  5,
  {
    group: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32,
    memberId: string,
    groupInstanceId: nullableString,
    protocolType: string,
    protocols: array(struct({ name: string, metadata: bytes })),
  },
  {
    throttleMs: int32,
    error: int16,
    generation: int32,
    protocol: string,
    leader: string,
    memberId: string,
    members: array(joined),
  },
);

export const HeartbeatV3 = api(
  'Heartbeat',
  12,
  3,
  { group: string, generation: int32, memberId: string, groupInstanceId: nullableString },
  { throttleMs: int32, error: int16 },
);

export const LeaveGroupV1 = api(
  'LeaveGroup',
  13,
  1,
  { group: string, memberId: string },
  { throttleMs: int32, error: int16 },
);

export const SyncGroupV3 = api(
  'SyncGroup',
  14,
  3,
  {
    group: string,
    generation: int32,
    memberId: string,
    groupInstanceId: nullableString,
    assignments: array(struct({ memberId: string, assignment: bytes })),
  },
  { throttleMs: int32, error: int16, assignment: bytes },
);

export const DescribeGroupsV4 = api(
  'DescribeGroups',
  15,
  4,
  { groups: array(string), includeAuthorizedOperations: boolean },
  {
    throttleMs: int32,
    groups: array(
      struct({
        error: int16,
        group: string,
        state: string,
        protocolType: string,
        protocol: string,
        members: array(
          struct({
            memberId: string,
            groupInstanceId: nullableString,
            clientId: string,
            clientHost: string,
            metadata: bytes,
            assignment: bytes,
          }),
        ),
        authorizedOperations: int32,
      }),
    ),
  },
);

export const ListGroupsV2 = api(
  'ListGroups',
  16,
  2,
  {},
  { throttleMs: int32, error: int16, groups: array(struct({ group: string, protocolType: string })) },
);

export const CreateTopicsV3 = api(
  'CreateTopics',
  19,
  3,
  {
    topics: array(
      struct({
        name: string,
        partitions: int32,
        replicationFactor: int16,
        assignments: array(struct({ partition: int32, brokers: array(int32) })),
        configs: array(struct({ name: string, value: nullableString })),
      }),
    ),
    timeoutMs: int32,
    validateOnly: boolean,
  },
  { throttleMs: int32, topics: array(struct({ name: string, error: int16, message: nullableString })) },
);

export const DeleteTopicsV3 = api(
  'DeleteTopics',
  20,
  3,
  { names: array(string), timeoutMs: int32 },
  { throttleMs: int32, topics: array(struct({ name: string, error: int16 })) },
);

export const DeleteRecordsV1 = api(
  'DeleteRecords',
  21,
  1,
  { topics: byTopic({ index: int32, offset: int64 }), timeoutMs: int32 },
  { throttleMs: int32, topics: byTopic({ index: int32, lowWatermark: int64, error: int16 }) },
);

export const InitProducerIdV1 = api(
  'InitProducerId',
  22,
  1,
  { transactionalId: nullableString, transactionTimeoutMs: int32 },
  { throttleMs: int32, error: int16, producerId: int64, producerEpoch: int16 },
);

export const AddPartitionsToTxnV1 = api(
  'AddPartitionsToTxn',
  24,
  1,
  {
    transactionalId: string,
    producerId: int64,
    producerEpoch: int16,
    topics: array(struct({ name: string, partitions: array(int32) })),
  },
  { throttleMs: int32, topics: byTopic({ index: int32, error: int16 }) },
);

export const AddOffsetsToTxnV1 = api(
  'AddOffsetsToTxn',
  25,
  1,
  { transactionalId: string, producerId: int64, producerEpoch: int16, group: string },
  { throttleMs: int32, error: int16 },
);

export const EndTxnV1 = api(
  'EndTxn',
  26,
  1,
  { transactionalId: string, producerId: int64, producerEpoch: int16, committed: boolean },
  { throttleMs: int32, error: int16 },
);

export const TxnOffsetCommitV3 = flexibleApi(
  'TxnOffsetCommit',
  28,
  3,
  {
    transactionalId: compactString,
    group: compactString,
    producerId: int64,
    producerEpoch: int16,
    generation: int32,
    memberId: compactString,
    groupInstanceId: compactNullableString,
    topics: byTopicCompact({ index: int32, offset: int64, leaderEpoch: int32, metadata: compactNullableString }),
  },
  { throttleMs: int32, topics: byTopicCompact({ index: int32, error: int16 }) },
);

export const DeleteGroupsV1 = api(
  'DeleteGroups',
  42,
  1,
  { groups: array(string) },
  { throttleMs: int32, groups: array(struct({ group: string, error: int16 })) },
);

/** `electionType` 0 elects the preferred leaders. Topics null: of all partitions. */
export const ElectLeadersV1 = api(
  'ElectLeaders',
  43,
  1,
  {
    electionType: int8,
    topics: nullableArray(struct({ name: string, partitions: array(int32) })),
    timeoutMs: int32,
  },
  {
    throttleMs: int32,
    error: int16,
    topics: array(
      struct({ name: string, partitions: array(struct({ index: int32, error: int16, message: nullableString })) }),
    ),
  },
);
