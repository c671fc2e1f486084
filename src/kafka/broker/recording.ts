/** What a broker adds to a trace. */
import type { PartitionRegistration } from '../controller/partition-registration';
import { NO_LEADER } from '../controller/partition-registration';
import type { Request } from '../../simulation/network';
import type { BrokerEvent, LaneId } from '../../simulation/trace';
import type { World } from '../../simulation/world';
import type { WireRecord } from '../protocol/messages';
import { recordId } from '../record-id';
import { OFFSETS_TOPIC } from '../coordinator/coordinator-host';
import { isInternal } from './internal-topics';
import type { Replica } from './replica';

/** @param request who has sent the records; null for the workload */
export function recordAppend(
  world: World,
  { name, topic, index }: Replica,
  baseOffset: number,
  records: readonly WireRecord[],
  request: Pick<Request, 'sender' | 'line'> | null,
): void {
  if (world.recorder === null) return;
  for (let i = 0; i < records.length; i += 1) {
    const { value } = records[i]!;
    const place =
      request === null
        ? { lane: name }
        : {
            lane: request.sender.name,
            peer: name,
            incarnation: request.sender.number,
            line: request.line || undefined,
          };
    world.record(place, {
      kind: 'append',
      topic,
      partition: index,
      offset: baseOffset + i,
      record: recordId(value),
      value,
    });
  }
}

/** Lane of a broker; where there is one broker only, its first partition stands for it. */
export function brokerLane(brokerId: number): LaneId {
  return `broker-${brokerId}`;
}

export function recordBroker(world: World, broker: number, state: BrokerEvent): void {
  if (world.recorder === null) return;
  const { lanes } = world.recorder;
  const lane = lanes.find(({ id }) => id === brokerLane(broker)) ?? lanes.find(({ kind }) => kind === 'partition');
  if (lane !== undefined) world.record({ lane: lane.id }, { kind: 'broker', broker, state });
}

/**
 * A change of leader or ISR; of internal topics only who leads is shown.
 * @param led the leader's replica; undefined for no leader
 */
export function recordChange(
  world: World,
  before: PartitionRegistration,
  after: PartitionRegistration,
  unclean: boolean,
  led: Replica | undefined,
): void {
  const { topic, index: partition, leader, leaderEpoch: epoch, isr } = after;
  if (world.recorder === null) return;
  if (isInternal(topic)) {
    recordCoordinator(world, before, after);
    return;
  }
  const lane = `${topic}-${partition}`;
  if (leader !== before.leader)
    world.record(
      { lane },
      {
        kind: 'leader',
        topic,
        partition,
        leader: leader === NO_LEADER ? null : leader,
        end: led?.log.logEndOffset ?? null,
        epoch,
        unclean,
      },
    );
  if (isr.join() !== before.isr.join()) world.record({ lane }, { kind: 'isr', topic, partition, isr });
}

/** GRP-15, TXN-1: who leads a partition of an internal topic is the coordinator of its keys. */
function recordCoordinator(world: World, before: PartitionRegistration, after: PartitionRegistration): void {
  const { topic, leader } = after;
  if (leader === before.leader) return;
  const lane = brokerLane(leader === NO_LEADER ? before.leader : leader);
  const of = topic === OFFSETS_TOPIC ? 'group' : 'transaction';
  world.record({ lane }, { kind: 'coordinator', of, broker: leader === NO_LEADER ? null : leader });
}

/** EPO-2. */
export function recordTruncation(world: World, broker: number, replica: Replica, endBefore: number): void {
  if (world.recorder === null || isInternal(replica.topic)) return;
  const { topic, index: partition, log } = replica;
  world.record(
    { lane: brokerLane(broker), peer: replica.name },
    { kind: 'truncated', topic, partition, broker, from: log.logEndOffset, to: endBefore },
  );
}
