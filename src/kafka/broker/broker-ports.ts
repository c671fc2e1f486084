/** What a broker needs of the cluster that it is part of. */
import type { PartitionRegistration } from '../controller/partition-registration';
import type {
  CreateTopicsAnswer,
  CreateTopicsRequest,
  ElectLeadersAnswer,
  ElectLeadersRequest,
} from '../protocol/messages';
import type { Broker } from './broker';
import type { Replica } from './replica';
import type { Leadership } from './replication/leadership';

export interface BrokerPorts {
  /** The broker with this id, whatever state it is in. */
  peer(id: number): Broker | undefined;
  /** Asks the controller for another ISR (ISR-1). */
  alterPartition(from: Broker, leadership: Leadership, isr: readonly number[]): void;
  /** Makes an internal topic when it is first needed. */
  needInternalTopic(topic: string): void;
  createTopics(request: CreateTopicsRequest): CreateTopicsAnswer;
  electLeaders(request: ElectLeadersRequest): ElectLeadersAnswer;
  nextProducerId(): number;
  /** A follower has cut records off. */
  onTruncated(broker: Broker, replica: Replica, endBefore: number): void;
}

/** A new image of the cluster, or of what has changed in it. */
export interface ImageDelta {
  readonly partitions: readonly PartitionRegistration[];
  /** Brokers that are registered, unfenced and not shutting down. */
  readonly active: readonly number[];
  /** Brokers that clients are told of: registered and unfenced. */
  readonly unfenced: readonly number[];
}
