/** What differs between two moments of a run, by the id of the thing that the page shows. */
import type { ShownCell, ShownClient, ShownGroup, ShownPartition, ShownReplica, Snapshot } from './snapshot';

export const changeId = {
  broker: (id: number): string => `broker ${id}`,
  partition: (name: string): string => `partition ${name}`,
  cell: (partition: string, broker: number, offset: number): string => `cell ${partition} ${broker} ${offset}`,
  /** The copy itself: it leads now, or is in sync again. */
  copy: (partition: string, broker: number): string => `copy ${partition} ${broker}`,
  group: (name: string): string => `group ${name}`,
  committed: (group: string, partition: string): string => `committed ${group} ${partition}`,
  client: (name: string): string => `client ${name}`,
};

/** Ids of all that is not in `after` as it was in `before`; things that are gone are not there to be shown. */
export function changesBetween(before: Snapshot, after: Snapshot): ReadonlySet<string> {
  const old = factsOf(before);
  return new Set([...factsOf(after)].flatMap(([id, fact]) => (old.get(id) === fact ? [] : [id])));
}

/** What the page says of each thing, by its id. */
function factsOf({ brokers, partitions, groups, clients }: Snapshot): ReadonlyMap<string, string> {
  return new Map([
    ...brokers.map(({ id, state }) => [changeId.broker(id), state] as const),
    ...partitions.flatMap(partitionFacts),
    ...groups.flatMap(groupFacts),
    ...clients.map((client) => [changeId.client(client.name), clientFact(client)] as const),
  ]);
}

type Fact = readonly [id: string, fact: string];

function partitionFacts(partition: ShownPartition): readonly Fact[] {
  const { name, leader, epoch, isr, eligible, replicas } = partition;
  const led = replicas.find(({ isLeader }) => isLeader);
  const fact = [leader, epoch, isr, eligible, led?.highWatermark, led?.lastStableOffset];
  return [
    [changeId.partition(name), JSON.stringify(fact)],
    ...replicas.flatMap((replica) => [
      [changeId.copy(name, replica.broker), copyFact(replica)] as const,
      ...replica.cells.map(
        (cell) =>
          [
            changeId.cell(name, replica.broker, cell.offset),
            JSON.stringify([
              cell.value,
              cell.marker,
              cell.transaction,
              cell.epoch,
              standingOf(partition, replica, cell),
            ]),
          ] as const,
      ),
    ]),
  ];
}

function copyFact({ isLeader, isInSync }: ShownReplica): string {
  return JSON.stringify([isLeader, isInSync]);
}

function groupFacts({ name, coordinator, state, generation, members, committed }: ShownGroup): readonly Fact[] {
  return [
    [changeId.group(name), JSON.stringify([coordinator, state, generation, members])],
    ...Object.entries(committed).map(
      ([partition, offset]) => [changeId.committed(name, partition), String(offset)] as const,
    ),
  ];
}

function clientFact({ state, assigned, processed, confirmed, cutOff }: ShownClient): string {
  return JSON.stringify([state, assigned, processed, confirmed, cutOff]);
}

/**
 * `unseen`: no reader gets it yet, because it is at or above the high watermark (FET-2). `diverging`: the leader does not
 * have it, so the copy will be cut there when it follows (EPO-1). Readers are served by the leader: what it lets them see
 * they see, however far behind the watermark of another copy is (REP-2). Without a leader a copy's own watermark counts.
 */
export type Standing = 'readable' | 'unseen' | 'diverging';

export function standingOf(
  { replicas }: ShownPartition,
  replica: ShownReplica,
  { offset, epoch }: ShownCell,
): Standing {
  const leader = replicas.find(({ isLeader }) => isLeader);
  if (leader === undefined) return offset < replica.highWatermark ? 'readable' : 'unseen';
  const isThere =
    replica === leader ||
    offset < leader.logStart ||
    leader.cells.some((cell) => cell.offset === offset && cell.epoch === epoch);
  if (!isThere) return 'diverging';
  return offset < leader.highWatermark ? 'readable' : 'unseen';
}
