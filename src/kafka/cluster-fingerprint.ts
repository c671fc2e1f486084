/**
 * What a cluster remembers, as text: equal texts, equal futures (exploration.md c.4). Times count from now; what only
 * records the past, as the times of records do, is left out.
 */
import type { World } from '../simulation/world';
import type { Broker } from './broker/broker';
import { isInternal } from './broker/internal-topics';
import type { RecordBatch } from './broker/record-batch';
import type { Replica } from './broker/replica';
import { ClusterEvent } from './cluster-event';
import type { Controller } from './controller/controller';

/** @param producerIds how many producer ids have been given out */
export function clusterFingerprint(
  world: World,
  brokers: readonly Broker[],
  controller: Controller,
  producerIds: number,
): string {
  const texts = brokers.map((broker) => brokerFingerprint(broker));
  if (brokers.length > 1) texts.push(controller.fingerprint());
  const coming: string[] = [];
  for (const event of world.pending())
    if (event instanceof ClusterEvent) coming.push(`${event.time - world.now}:${event.describe()}`);
  texts.push(coming.sort().join());
  texts.push(String(producerIds));
  return texts.join('|');
}

function brokerFingerprint(broker: Broker): string {
  const { now } = broker.world;
  const replicas = broker.allReplicas().map((replica) => replicaFingerprint(broker, replica, now));
  return `${broker.fingerprint()}[${replicas.join('/')}]`;
}

function replicaFingerprint(broker: Broker, replica: Replica, now: number): string {
  const { leadership, link, shard, name, topic } = replica;
  const role = leadership === null ? (link?.fingerprint() ?? '') : leadership.fingerprint(now);
  const state = shard === null ? '' : shard.fingerprint();
  // With one replica a coordinator's log says nothing that the coordinator does not know.
  if (broker.settings.brokers === 1 && isInternal(topic)) return `${name}=${state}`;
  return `${name}=${replica.fingerprint(now)}:${role}:${state}:${replica.log.batches.map(batchText).join()}`;
}

function batchText(batch: RecordBatch): string {
  const { baseOffset, leaderEpoch, producerId, producerEpoch, baseSequence, control, records, state } = batch;
  const content = state === null ? records.map(({ key, value }) => `${key}=${value}`).join() : JSON.stringify(state);
  if (producerId < 0) return `${baseOffset}@${leaderEpoch}${content}`;
  return `${baseOffset}@${leaderEpoch}:${producerId}.${producerEpoch}.${baseSequence}${control ?? ''}${content}`;
}
