/**
 * What lies between a broker and the coordinators that run on it. A coordinator's memory is a picture of its partition of
 * an internal topic: every change is a record there first (OFS-1, TXN-1), and whoever leads that partition is the
 * coordinator (GRP-15, TXN-1).
 */
import type { Request } from '../../simulation/network';
import type { World } from '../../simulation/world';
import type { ControlType, RecordBatch } from '../broker/record-batch';
import type { KafkaAnswer, KafkaRequest } from '../protocol/messages';
import type { ClusterSettings } from '../settings';

export const OFFSETS_TOPIC = '__consumer_offsets';
export const TRANSACTION_STATE_TOPIC = '__transaction_state';

/** A record of an internal topic: `value` null deletes the key. Values are never changed once they are appended. */
export interface CoordinatorRecord {
  readonly key: string;
  readonly value: object | null;
}

/** Under whose name a coordinator appends offsets that belong to a transaction (OFS-6, OFS-9). */
export interface TransactionalWriter {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface TransactionMarker {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  readonly result: ControlType;
}

/** What a coordinator needs of its broker, one for each internal partition that the broker leads. */
export interface CoordinatorHost {
  readonly world: World;
  readonly brokerId: number;
  readonly settings: ClusterSettings;
  /** Index of the internal partition. */
  readonly partition: number;
  /** Leader epoch of the internal partition; it is the coordinator epoch too (TXN-12). */
  readonly leaderEpoch: number;
  /**
   * Appends records as one batch with acks=all. `done` gets NONE once the high watermark has passed the batch (with one
   * replica before `append` returns), NOT_ENOUGH_REPLICAS or another refusal at once with nothing appended, and
   * NOT_LEADER_OR_FOLLOWER when the broker loses the partition meanwhile.
   * @param writer makes the batch transactional, with the checks of its producer's epoch (OFS-6); null otherwise
   */
  append(
    records: readonly CoordinatorRecord[],
    writer: TransactionalWriter | null,
    done: (errorCode: number) => void,
  ): void;
  /**
   * Before the first transactional append of a producer: asks the transaction coordinator whether this internal partition
   * is in the transaction, or to add it, as the leader of a produced partition does (TXN-6).
   * @param done gets the transaction coordinator's own code; COORDINATOR_NOT_AVAILABLE when it cannot be reached
   */
  verifyTransaction(
    transactionalId: string,
    writer: TransactionalWriter,
    mode: 'verify' | 'add',
    done: (errorCode: number) => void,
  ): void;
  /**
   * Asks the leader of a partition, as this broker knows it, to append a marker with acks=all; also itself goes over the
   * network. `done` comes later, in any case: NOT_LEADER_OR_FOLLOWER, NETWORK_EXCEPTION and the like when it failed.
   */
  writeTxnMarkers(marker: TransactionMarker, topic: string, partition: number, done: (errorCode: number) => void): void;
  hasPartition(topic: string, partition: number): boolean;
  /** All partitions of the cluster's own topics, as this broker knows them. */
  partitions(): readonly { readonly topic: string; readonly index: number }[];
  /** Next producer id of the cluster (PID-1). */
  nextProducerId(): number;
}

/** A coordinator for the keys of one internal partition; it exists as long as its broker leads that partition. */
export interface CoordinatorShard {
  /** Takes over what the log holds (GRP-15, TXN-1); timers start anew. */
  load(batches: readonly RecordBatch[]): void;
  /** The partition is led by another broker, or this one dies: parked requests get NOT_COORDINATOR, timers stop. */
  unload(): void;
  receive(request: Request<KafkaRequest, KafkaAnswer>): void;
  /**
   * A marker has been appended to the led partition of `__consumer_offsets` (OFS-9).
   * @returns what to call when it is replicated (NONE), or the leadership is lost: only then it takes effect
   */
  onMarker?(producerId: number, producerEpoch: number, result: ControlType): (errorCode: number) => void;
  /** Everything it remembers, times relative to now: equal texts, equal futures. */
  fingerprint(): string;
}

/** The coordinator of the transactional ids of one partition of `__transaction_state`. */
export interface TransactionShard extends CoordinatorShard {
  /** A transaction is open: it may hold readers and members of groups back. */
  readonly hasOpenTransactions: boolean;
  /**
   * TXN-6: whether a partition is in the transaction of this producer (`verify`), or adds it (`add`, protocol 2).
   * @param done gets the coordinator's code; see `produceVerificationError` for what a producer is told
   */
  verifyPartition(
    transactionalId: string,
    writer: TransactionalWriter,
    topic: string,
    partition: number,
    mode: 'verify' | 'add',
    done: (errorCode: number) => void,
  ): void;
}

/** Partition of an internal topic for a key: the absolute value of Java's string hash, modulo (TXN-1, GRP-15). */
export function coordinatorPartition(key: string, partitions: number): number {
  let hash = 0;
  for (let i = 0; i < key.length; i += 1) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  // `Utils.abs`: the smallest int has no positive counterpart and counts as 0.
  return (hash === -0x80000000 ? 0 : Math.abs(hash)) % partitions;
}
