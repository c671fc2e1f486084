/** What a cluster and its clients hold at one moment, read off the model itself: replicas, offsets, groups, processes. */
import type { Cluster } from '../../kafka/cluster';
import type { RecordBatch } from '../../kafka/broker/record-batch';
import type { Replica } from '../../kafka/broker/replica';
import type { GroupCoordinator } from '../../kafka/coordinator/group';
import type { Clients } from '../../scenarios/model/clients';
import type { LostAnswers } from '../../scenarios/model/lost-answers';

export interface ShownCell {
  readonly offset: number;
  /** Null for the marker of a transaction's end. */
  readonly value: string | null;
  readonly marker: 'commit' | 'abort' | null;
  /** What the record's transaction has come to, as far as this log tells; null for a record outside of transactions. */
  readonly transaction: 'open' | 'committed' | 'aborted' | null;
  readonly epoch: number;
}

export interface ShownReplica {
  readonly broker: number;
  readonly isLeader: boolean;
  readonly isInSync: boolean;
  readonly cells: readonly ShownCell[];
  readonly logStart: number;
  readonly logEnd: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
}

export interface ShownPartition {
  /** `orders/0` */
  readonly name: string;
  /** Null for none. */
  readonly leader: number | null;
  readonly epoch: number;
  readonly isr: readonly number[];
  readonly eligible: readonly number[];
  readonly replicas: readonly ShownReplica[];
}

export interface ShownBroker {
  readonly id: number;
  readonly state: 'running' | 'paused' | 'dead';
}

export interface ShownGroup {
  readonly name: string;
  /** Null while no broker coordinates it. */
  readonly coordinator: number | null;
  readonly state: string | null;
  readonly generation: number;
  readonly members: number;
  /** Committed offset by partition name. */
  readonly committed: Readonly<Record<string, number>>;
}

export interface ShownClient {
  readonly name: string;
  readonly kind: 'producer' | 'consumer';
  readonly state: 'running' | 'paused' | 'gone';
  /** `orders/0`, for consumers. */
  readonly assigned: readonly string[];
  /** Values in the order in which they were processed, for consumers. */
  readonly processed: readonly string[];
  /** What its program takes for stored, for producers. */
  readonly confirmed: readonly string[];
  /** Null for producers. */
  readonly group: string | null;
  /** Brokers that it cannot reach, for the network between them is cut. */
  readonly cutOff: readonly number[];
  /** A consumer that writes a result of each record. */
  readonly writesResults: boolean;
}

export interface Snapshot {
  readonly now: number;
  readonly brokers: readonly ShownBroker[];
  readonly partitions: readonly ShownPartition[];
  readonly groups: readonly ShownGroup[];
  readonly clients: readonly ShownClient[];
}

interface Asked {
  readonly now: number;
  readonly cluster: Cluster;
  readonly clients: Clients;
  readonly topics: readonly string[];
  readonly partitionCount: number;
  readonly groups: readonly string[];
  readonly groupOfClient: (consumer: string) => string;
  readonly writesResults: (consumer: string) => boolean;
  readonly isCut: LostAnswers['isCut'];
}

export function snapshotOf(asked: Asked): Snapshot {
  const { now, cluster, clients, topics, partitionCount, groups, groupOfClient, isCut, writesResults } = asked;
  return {
    now,
    brokers: cluster.brokers.map(({ id, isDead, isRunning }) => ({
      id,
      state: isDead ? 'dead' : isRunning ? 'running' : 'paused',
    })),
    partitions: topics.flatMap((topic) =>
      Array.from({ length: partitionCount }, (_, index) => partitionOf(cluster, topic, index)),
    ),
    groups: groups.map((group) => groupOf(cluster, group)),
    // A producer that a consumer writes with is part of its program.
    clients: clients
      .all()
      .filter(({ name, process }) => process.name === name)
      .map(({ name, kind, process, assigned, processed, confirmed }) => {
        const { isGone, isPaused } = process.incarnation;
        const state = isGone ? 'gone' : isPaused ? 'paused' : 'running';
        return {
          name,
          kind,
          state,
          assigned,
          processed,
          confirmed,
          group: kind === 'consumer' ? groupOfClient(name) : null,
          writesResults: kind === 'consumer' && writesResults(name),
          cutOff: cluster.brokers
            .filter((broker) => isCut({ sender: process.incarnation, endpoint: broker }))
            .map(({ id }) => id),
        };
      }),
  };
}

function partitionOf(cluster: Cluster, topic: string, index: number): ShownPartition {
  const { leader, leaderEpoch, isr, replicas, eligibleLeaderReplicas } = cluster.describe(topic, index);
  return {
    name: `${topic}/${index}`,
    leader: leader === -1 ? null : leader,
    epoch: leaderEpoch,
    isr: [...isr].sort((a, b) => a - b),
    eligible: eligibleLeaderReplicas,
    replicas: replicas.map((broker) =>
      replicaOf(cluster.replica(broker, topic, index), broker, broker === leader, isr.includes(broker)),
    ),
  };
}

function replicaOf(replica: Replica | undefined, broker: number, isLeader: boolean, isInSync: boolean): ShownReplica {
  const common = { broker, isLeader, isInSync };
  // It has not heard of the topic yet.
  if (replica === undefined)
    return { ...common, cells: [], logStart: 0, logEnd: 0, highWatermark: 0, lastStableOffset: 0 };
  const { log, highWatermark, lastStableOffset } = replica;
  return {
    ...common,
    cells: cellsOf(log.batches),
    logStart: log.logStartOffset,
    logEnd: log.logEndOffset,
    highWatermark,
    lastStableOffset,
  };
}

function cellsOf(batches: readonly RecordBatch[]): readonly ShownCell[] {
  return batches.flatMap((batch, index): ShownCell[] => {
    const { control, baseOffset, leaderEpoch: epoch, records } = batch;
    if (control !== null)
      return [
        {
          offset: baseOffset,
          value: null,
          marker: control === 'COMMIT' ? 'commit' : 'abort',
          transaction: null,
          epoch,
        },
      ];
    const transaction = transactionOf(batch, batches.slice(index + 1));
    return records.map(({ offset, value }) => ({ offset, value, marker: null, transaction, epoch }));
  });
}

/** The next marker of its producer decides. */
function transactionOf(batch: RecordBatch, later: readonly RecordBatch[]): ShownCell['transaction'] {
  if (!batch.isTransactional) return null;
  const marker = later.find(({ control, producerId }) => control !== null && producerId === batch.producerId);
  if (marker === undefined) return 'open';
  return marker.control === 'COMMIT' ? 'committed' : 'aborted';
}

function groupOf(cluster: Cluster, name: string): ShownGroup {
  const coordinator = cluster.findCoordinator('group', name);
  const shard = cluster.coordinatorShard('group', name) as GroupCoordinator | null;
  const group = shard?.membership.groups.get(name);
  const committed = [...(shard?.offsets.of(name).values() ?? [])].map(
    ({ topic, partition, offset }) => [`${topic}/${partition}`, offset] as const,
  );
  return {
    name,
    coordinator: coordinator === -1 ? null : coordinator,
    state: group?.state ?? null,
    generation: group?.generationId ?? 0,
    members: group?.members.size ?? 0,
    committed: Object.fromEntries(committed),
  };
}
