/** A broker takes the role that the controller has given it in a partition: leader or follower (REP-3, ACK-10, GRP-15). */
import { OFFSETS_TOPIC } from '../coordinator/coordinator-host';
import { createGroupShard } from '../coordinator/group';
import { createTransactionShard } from '../coordinator/transaction';
import { ERRORS } from '../errors';
import { NO_LEADER, type PartitionRegistration } from '../controller/partition-registration';
import type { Broker } from './broker';
import { isInternal } from './internal-topics';
import type { Replica } from './replica';
import { FollowerLink } from './replication/follower-link';
import { Leadership } from './replication/leadership';
import { ShardHost } from './shard-host';

export function takeRole(broker: Broker, partition: PartitionRegistration): void {
  const replica = broker.ensureReplica(partition.topic, partition.index);
  const before = replica.registration;
  if (before !== null && before.partitionEpoch >= partition.partitionEpoch) return;
  replica.registration = partition;
  const isSameLeadership = before !== null && before.leaderEpoch === partition.leaderEpoch;
  if (isSameLeadership) {
    if (replica.leadership !== null) updateIsr(replica.leadership, partition);
  } else if (partition.leader === broker.id) lead(broker, replica, partition);
  else follow(broker, replica, partition);
}

/** Whatever was asked of the controller has been decided, one way or the other. */
function updateIsr(leadership: Leadership, partition: PartitionRegistration): void {
  leadership.registration = partition;
  leadership.pendingIsr = null;
}

/** REP-3: the new epoch begins at the log end, before anything is served. */
function lead(broker: Broker, replica: Replica, partition: PartitionRegistration): void {
  resign(replica);
  replica.link?.end();
  replica.link = null;
  const { logEndOffset } = replica.log;
  replica.epochs.assign(partition.leaderEpoch, logEndOffset);
  const leadership = new Leadership(replica, broker.id, partition, logEndOffset, broker.world.now);
  replica.leadership = leadership;
  replica.producers?.clearVerifications();
  // ISR-5: alone in the ISR, its own log end is what counts.
  broker.leaderSide.advance(leadership);
  if (!isInternal(partition.topic)) return;
  const host = new ShardHost(broker, replica, leadership);
  replica.shard = partition.topic === OFFSETS_TOPIC ? createGroupShard(host) : createTransactionShard(host);
  replica.shard.load(replica.log.batches);
}

function follow(broker: Broker, replica: Replica, partition: PartitionRegistration): void {
  resign(replica);
  replica.link?.end();
  replica.link = null;
  const leader = partition.leader === NO_LEADER ? undefined : broker.ports.peer(partition.leader);
  if (leader === undefined) return;
  replica.link = new FollowerLink(broker, leader, replica, partition.leaderEpoch);
  if (!broker.isHanging) replica.link.begin();
}

/** ACK-10: what waits here gets NOT_LEADER_OR_FOLLOWER; whether it is lost, the next leader's log decides. */
function resign(replica: Replica): void {
  const { leadership, shard } = replica;
  replica.leadership = null;
  replica.shard = null;
  leadership?.failWaiting(ERRORS.NOT_LEADER_OR_FOLLOWER);
  shard?.unload();
}
