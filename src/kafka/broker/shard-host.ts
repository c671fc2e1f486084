/** A broker as the coordinators on it see it: one for each internal partition that the broker leads. */
import type { World } from '../../simulation/world';
import type {
  CoordinatorHost,
  CoordinatorRecord,
  TransactionalWriter,
  TransactionMarker,
} from '../coordinator/coordinator-host';
import { ERRORS } from '../errors';
import type { ClusterSettings } from '../settings';
import type { Broker } from './broker';
import type { Replica } from './replica';
import type { Leadership } from './replication/leadership';

export class ShardHost implements CoordinatorHost {
  readonly world: World;
  readonly settings: ClusterSettings;
  readonly brokerId: number;
  readonly partition: number;
  readonly leaderEpoch: number;

  constructor(
    private readonly broker: Broker,
    private readonly replica: Replica,
    private readonly leadership: Leadership,
  ) {
    this.world = broker.world;
    this.settings = broker.settings;
    this.brokerId = broker.id;
    this.partition = replica.index;
    this.leaderEpoch = leadership.registration.leaderEpoch;
  }

  append(
    records: readonly CoordinatorRecord[],
    writer: TransactionalWriter | null,
    done: (errorCode: number) => void,
  ): void {
    const { replica, leadership, broker } = this;
    const errorCode = this.check(writer);
    if (errorCode !== ERRORS.NONE) {
      done(errorCode);
      return;
    }
    const endBefore = replica.log.logEndOffset;
    const { lastOffset } = replica.appendState(records, writer, this.world.now);
    broker.replicate(replica, endBefore);
    if (leadership.followers.length === 0) done(ERRORS.NONE);
    else leadership.await({ requiredOffset: lastOffset + 1, done });
  }

  private check(writer: TransactionalWriter | null): number {
    const { replica, leadership } = this;
    if (replica.leadership !== leadership) return ERRORS.NOT_LEADER_OR_FOLLOWER;
    if (leadership.isUnderMinIsr) return ERRORS.NOT_ENOUGH_REPLICAS;
    if (writer === null) return ERRORS.NONE;
    const entry = replica.producers?.get(writer.producerId, this.world.now);
    return entry !== undefined && writer.producerEpoch < entry.producerEpoch
      ? ERRORS.INVALID_PRODUCER_EPOCH
      : ERRORS.NONE;
  }

  verifyTransaction(
    transactionalId: string,
    writer: TransactionalWriter,
    mode: 'verify' | 'add',
    done: (errorCode: number) => void,
  ): void {
    const { replica } = this;
    if (replica.producers?.hasOngoingTransaction(writer.producerId, writer.producerEpoch) === true) done(ERRORS.NONE);
    else this.broker.verifyTransaction(transactionalId, writer, replica.topic, replica.index, mode, done);
  }

  writeTxnMarkers(
    marker: TransactionMarker,
    topic: string,
    partition: number,
    done: (errorCode: number) => void,
  ): void {
    this.broker.sendMarker(marker, topic, partition, done);
  }

  hasPartition(topic: string, partition: number): boolean {
    return this.broker.knows(topic, partition);
  }

  partitions(): readonly { readonly topic: string; readonly index: number }[] {
    return this.broker.knownPartitions();
  }

  nextProducerId(): number {
    return this.broker.nextProducerId();
  }
}
