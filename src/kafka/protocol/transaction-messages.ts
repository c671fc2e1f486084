/**
 * The APIs of transactions, with the fields of Kafka's protocol that the model uses (kafka-semantics TXN, OFS-6).
 *
 * `apiVersion` is the version that the client speaks. It decides which protocol generation a transaction follows (TXN-2)
 * and which of two error codes an old client is told (TXN-10).
 */

/** How a transaction ends; what its control records say. */
export type TransactionResult = 'COMMIT' | 'ABORT';

/** EndTxn of this version or a later one follows transaction protocol 2 (TXN-2). */
export const END_TXN_TV2_VERSION = 5;

/** TxnOffsetCommit of this version or a later one adds its partition to the transaction by itself (TXN-2, TXC-5). */
export const TXN_OFFSET_COMMIT_TV2_VERSION = 5;

/** TXN-4; without a transactional id: PID-1. */
export interface InitProducerIdRequest {
  readonly api: 'InitProducerId';
  readonly apiVersion: number;
  readonly transactionalId: string | null;
  /** Milliseconds; `transaction.timeout.ms` of the producer. */
  readonly transactionTimeoutMs: number;
  /** The producer id that the caller holds, -1 for none (versions from 3 on). */
  readonly producerId: number;
  /** The epoch that the caller holds, -1 for none. */
  readonly producerEpoch: number;
}

/** `producerId` and `producerEpoch` are -1 with an error. */
export interface InitProducerIdAnswer {
  readonly api: 'InitProducerId';
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** TXN-7. */
export interface AddPartitionsToTxnRequest {
  readonly api: 'AddPartitionsToTxn';
  readonly apiVersion: number;
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[];
}

export interface AddPartitionsToTxnAnswer {
  readonly api: 'AddPartitionsToTxn';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[];
}

/** Adds the group's partition of `__consumer_offsets` to the transaction (TXN-7). */
export interface AddOffsetsToTxnRequest {
  readonly api: 'AddOffsetsToTxn';
  readonly apiVersion: number;
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly groupId: string;
}

export interface AddOffsetsToTxnAnswer {
  readonly api: 'AddOffsetsToTxn';
  readonly errorCode: number;
}

/** Goes to the group's coordinator (OFS-6). Generation -1 and an empty member id: no check of membership. */
export interface TxnOffsetCommitRequest {
  readonly api: 'TxnOffsetCommit';
  readonly apiVersion: number;
  readonly transactionalId: string;
  readonly groupId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly generationId: number;
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

export interface TxnOffsetCommitAnswer {
  readonly api: 'TxnOffsetCommit';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[];
}

/** TXN-8, TXN-9. */
export interface EndTxnRequest {
  readonly api: 'EndTxn';
  readonly apiVersion: number;
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly committed: boolean;
}

/** Producer id and epoch to go on with, from version 5 on; -1 and -1 before it and with an error. */
export interface EndTxnAnswer {
  readonly api: 'EndTxn';
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** From a transaction's coordinator to the leaders of its partitions (TXN-12). */
export interface WriteTxnMarkersRequest {
  readonly api: 'WriteTxnMarkers';
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Leader epoch of the coordinator's partition of `__transaction_state`. */
  readonly coordinatorEpoch: number;
  readonly transactionResult: TransactionResult;
  readonly topics: readonly { readonly name: string; readonly partitions: readonly number[] }[];
}

export interface WriteTxnMarkersAnswer {
  readonly api: 'WriteTxnMarkers';
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[];
}

/** Requests of clients to the transaction coordinator. */
export type TransactionCoordinatorRequest =
  InitProducerIdRequest | AddPartitionsToTxnRequest | AddOffsetsToTxnRequest | EndTxnRequest;

export type TransactionRequest = TransactionCoordinatorRequest | TxnOffsetCommitRequest | WriteTxnMarkersRequest;

export type TransactionAnswer =
  | InitProducerIdAnswer
  | AddPartitionsToTxnAnswer
  | AddOffsetsToTxnAnswer
  | EndTxnAnswer
  | TxnOffsetCommitAnswer
  | WriteTxnMarkersAnswer;
