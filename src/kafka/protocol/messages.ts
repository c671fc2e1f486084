/**
 * Requests and answers, one pair of types an API, with the fields of Kafka's protocol that the model uses
 * (`clients/src/main/resources/common/message/*.json`, Kafka 4.3). Offsets are numbers of the model; a codec that turns
 * them into the wire's int64 can be put in front without touching a rule.
 */

import type { TransactionAnswer, TransactionRequest } from './transaction-messages';

import type { RecordBatch } from '../broker/record-batch';

/** Key and value as text; null as in the protocol. Headers are carried along untouched. */
export interface WireRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds of virtual time (CreateTime). */
  readonly timestamp: number;
}

export interface StoredRecord extends WireRecord {
  readonly offset: number;
}

/** What a producer hands to one partition: -1/-1/-1 when it is not idempotent (PID-3, LOG-1). */
export interface ProducedBatch {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Sequence number of the first record. */
  readonly baseSequence: number;
  readonly isTransactional: boolean;
  readonly records: readonly WireRecord[];
}

/** `apiVersion` ≥ 12 marks a client of the second transaction protocol (TXN-2). */
export interface ProduceRequest {
  readonly api: 'Produce';
  readonly apiVersion: number;
  readonly transactionalId: string | null;
  readonly acks: -1 | 0 | 1 | number;
  readonly timeoutMs: number;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly index: number; readonly batch: ProducedBatch }[];
  }[];
}

export interface ProducePartitionAnswer {
  readonly index: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  readonly logStartOffset: number;
}

export interface ProduceAnswer {
  readonly api: 'Produce';
  readonly topics: readonly { readonly name: string; readonly partitions: readonly ProducePartitionAnswer[] }[];
}

/** `currentLeaderEpoch` -1: the reader does not know it (REP-3). */
export interface FetchRequest {
  readonly api: 'Fetch';
  readonly isolationLevel: 0 | 1;
  /** How long the broker may wait for data. */
  readonly maxWaitMs: number;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly index: number;
      readonly fetchOffset: number;
      readonly currentLeaderEpoch: number;
    }[];
  }[];
}

/** A transaction that ended in an abort: its records begin at `firstOffset` (FET-4, LOG-9). */
export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

export interface FetchPartitionAnswer {
  readonly index: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  /** In the order of their markers; only with isolation level 1 (FET-4). */
  readonly abortedTransactions: readonly AbortedTransaction[];
  /** Whole batches, control batches included: the first one may begin before the offset that was asked for. */
  readonly batches: readonly RecordBatch[];
}

export interface FetchAnswer {
  readonly api: 'Fetch';
  readonly topics: readonly { readonly name: string; readonly partitions: readonly FetchPartitionAnswer[] }[];
}

/** `timestamp` -2 asks for the earliest offset, -1 for the latest. */
export interface ListOffsetsRequest {
  readonly api: 'ListOffsets';
  readonly isolationLevel: 0 | 1;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly index: number;
      readonly timestamp: number;
      readonly currentLeaderEpoch: number;
    }[];
  }[];
}

export interface ListOffsetsAnswer {
  readonly api: 'ListOffsets';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly index: number; readonly errorCode: number; readonly offset: number }[];
  }[];
}

/** `topics` null asks for all. */
export interface MetadataRequest {
  readonly api: 'Metadata';
  readonly topics: readonly string[] | null;
}

export interface MetadataPartition {
  readonly index: number;
  readonly errorCode: number;
  /** -1 while there is none. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
}

export interface MetadataAnswer {
  readonly api: 'Metadata';
  readonly brokers: readonly { readonly nodeId: number }[];
  readonly topics: readonly {
    readonly name: string;
    readonly errorCode: number;
    readonly partitions: readonly MetadataPartition[];
  }[];
}

/** Whom to elect: `preferred` the first replica, `unclean` any (REP-5). `topics` null means all. */
export interface ElectLeadersRequest {
  readonly api: 'ElectLeaders';
  readonly electionType: 'preferred' | 'unclean';
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[] | null;
}

export interface ElectLeadersAnswer {
  readonly api: 'ElectLeaders';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly index: number; readonly errorCode: number }[];
  }[];
}

export interface DescribeTopicPartitionsRequest {
  readonly api: 'DescribeTopicPartitions';
  readonly topics: readonly string[];
}

export interface DescribeTopicPartitionsAnswer {
  readonly api: 'DescribeTopicPartitions';
  readonly topics: readonly {
    readonly name: string;
    readonly errorCode: number;
    readonly partitions: readonly (MetadataPartition & {
      readonly eligibleLeaderReplicas: readonly number[];
      readonly lastKnownElr: readonly number[];
    })[];
  }[];
}

/** Moves the log start to `offset`; -1 stands for the high watermark (LOG-11). */
export interface DeleteRecordsRequest {
  readonly api: 'DeleteRecords';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly index: number; readonly offset: number }[];
  }[];
}

export interface DeleteRecordsAnswer {
  readonly api: 'DeleteRecords';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly index: number;
      readonly errorCode: number;
      readonly lowWatermark: number;
    }[];
  }[];
}

export interface CreateTopicsRequest {
  readonly api: 'CreateTopics';
  readonly topics: readonly {
    readonly name: string;
    readonly numPartitions: number;
    readonly replicationFactor: number;
  }[];
}

export interface CreateTopicsAnswer {
  readonly api: 'CreateTopics';
  readonly topics: readonly { readonly name: string; readonly errorCode: number }[];
}

export interface JoinGroupRequest {
  readonly api: 'JoinGroup';
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Empty on the first join (GRP-2). */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string;
  /** Assignors in order of preference, each with the topics of the member's subscription. */
  readonly protocols: readonly { readonly name: string; readonly topics: readonly string[] }[];
}

export interface JoinGroupAnswer {
  readonly api: 'JoinGroup';
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolName: string | null;
  /** Member id of the group's leader. */
  readonly leader: string;
  readonly memberId: string;
  /** Filled for the leader only. */
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly topics: readonly string[];
  }[];
}

export interface SyncGroupRequest {
  readonly api: 'SyncGroup';
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** Filled by the leader only. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: readonly AssignedTopic[] }[];
}

export interface AssignedTopic {
  readonly name: string;
  readonly partitions: readonly number[];
}

export interface SyncGroupAnswer {
  readonly api: 'SyncGroup';
  readonly errorCode: number;
  readonly assignment: readonly AssignedTopic[];
}

export interface HeartbeatRequest {
  readonly api: 'Heartbeat';
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

export interface HeartbeatAnswer {
  readonly api: 'Heartbeat';
  readonly errorCode: number;
}

export interface LeaveGroupRequest {
  readonly api: 'LeaveGroup';
  readonly groupId: string;
  readonly memberId: string;
}

export interface LeaveGroupAnswer {
  readonly api: 'LeaveGroup';
  readonly errorCode: number;
}

/** Generation -1 and an empty member id: a commit from outside the group (OFS-5). */
export interface OffsetCommitRequest {
  readonly api: 'OffsetCommit';
  /** Absent: the latest. Before 9 an unknown group is told ILLEGAL_GENERATION. */
  readonly apiVersion?: number;
  readonly groupId: string;
  readonly generationIdOrMemberEpoch: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly committedOffset: number;
      readonly committedMetadata: string | null;
    }[];
  }[];
}

export interface OffsetCommitAnswer {
  readonly api: 'OffsetCommit';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[];
}

/** `topics` null asks for all offsets of the group. */
export interface OffsetFetchRequest {
  readonly api: 'OffsetFetch';
  readonly groupId: string;
  readonly requireStable: boolean;
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null;
}

/** `committedOffset` -1 means that nothing is committed. */
export interface OffsetFetchAnswer {
  readonly api: 'OffsetFetch';
  /** For the whole group; absent for none. */
  readonly errorCode?: number;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly committedOffset: number;
      readonly metadata: string | null;
      readonly errorCode: number;
    }[];
  }[];
}

export type KafkaRequest =
  | ProduceRequest
  | FetchRequest
  | ListOffsetsRequest
  | MetadataRequest
  | DeleteRecordsRequest
  | ElectLeadersRequest
  | DescribeTopicPartitionsRequest
  | CreateTopicsRequest
  | JoinGroupRequest
  | SyncGroupRequest
  | HeartbeatRequest
  | LeaveGroupRequest
  | OffsetCommitRequest
  | OffsetFetchRequest
  | TransactionRequest;

export type KafkaAnswer =
  | ProduceAnswer
  | FetchAnswer
  | ListOffsetsAnswer
  | MetadataAnswer
  | DeleteRecordsAnswer
  | ElectLeadersAnswer
  | DescribeTopicPartitionsAnswer
  | CreateTopicsAnswer
  | JoinGroupAnswer
  | SyncGroupAnswer
  | HeartbeatAnswer
  | LeaveGroupAnswer
  | OffsetCommitAnswer
  | OffsetFetchAnswer
  | TransactionAnswer;

/** The answer that belongs to a request. */
export type AnswerOf<R extends KafkaRequest> = Extract<KafkaAnswer, { readonly api: R['api'] }>;

/** Whoever takes requests of Kafka's protocol. */
export interface KafkaReceiver {
  /** No process listens there: connections are refused. Absent: somebody does, or stands still. */
  readonly isRefusing?: boolean;
  receive(request: import('../../simulation/network').Request<KafkaRequest, KafkaAnswer>): void;
}

/** What a client gives its requests to; implemented by `Cluster`. Requests to the cluster itself go to any live broker. */
export interface KafkaEndpoint extends KafkaReceiver {
  /** The broker with this id, as Metadata names it. */
  broker(id: number): KafkaReceiver;
  /** Id of the broker that coordinates a group or a transactional id; -1 for none (FindCoordinator, MOD-2). */
  findCoordinator(keyType: 'group' | 'transaction', key: string): number;
}
