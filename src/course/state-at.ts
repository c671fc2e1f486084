/**
 * The state of the world at one step of a recording, folded from its events: what each log held, where the group stood,
 * what the services had done, and what the step itself changed.
 *
 * The page draws this below the timeline. It reads the recording only, never the model, so that it can be wrong about
 * nothing that the trace does not say. With one replica a partition's high watermark is its log end; with several the trace
 * does not say where it is.
 */
import type { LaneId, Recording, TraceEvent, TracePartition } from '../simulation/trace';
import { isChangeOf, lastEventOf, tableState, type TableChange, type TableState } from './table-state';

export interface LogCell {
  readonly offset: number;
  readonly record: string | null;
  readonly value: string | null;
}

/** What one group holds about one partition. */
export interface GroupOffsets {
  readonly group: string;
  /** Next offset that the group would read after a restart; null as long as nothing was committed. */
  readonly committed: number | null;
  /** Next offset that the running member would be given; null while no member runs. */
  readonly position: number | null;
}

export interface PartitionState extends TracePartition {
  /** `topic-partition`, also the id of its lane. */
  readonly id: string;
  readonly cells: readonly LogCell[];
  readonly logEnd: number;
  /** Several brokers have it, and something happens to them: its high watermark may be below its log end. */
  readonly isReplicated: boolean;
  readonly groups: readonly GroupOffsets[];
}

export interface ServiceState {
  readonly service: string;
  /** Applied effects by business id, in order of their first application. */
  readonly effects: readonly { readonly record: string | null; readonly label: string; readonly count: number }[];
}

export interface ProcessState {
  readonly lane: LaneId;
  readonly incarnation: number;
  readonly running: boolean;
}

export interface GroupState {
  readonly group: string;
  readonly generation: number;
  readonly assignment: readonly TracePartition[];
  readonly hasMember: boolean;
}

export interface WorldState {
  readonly step: number;
  readonly partitions: readonly PartitionState[];
  readonly services: readonly ServiceState[];
  readonly processes: readonly ProcessState[];
  readonly groups: readonly GroupState[];
  /** In the order in which the lab has made them. */
  readonly tables: readonly TableState[];
  /** Ids of what the step changed: see `changeId`. */
  readonly changed: ReadonlySet<string>;
}

/** Names of things that a step can change, used to outline them. */
export const changeId = {
  cell: (partition: string, offset: number): string => `cell:${partition}:${offset}`,
  committed: (partition: string, group: string): string => `committed:${partition}:${group}`,
  position: (partition: string, group: string): string => `position:${partition}:${group}`,
  effect: (service: string, record: string | null): string => `effect:${service}:${record ?? ''}`,
  process: (lane: LaneId): string => `process:${lane}`,
  group: (group: string): string => `group:${group}`,
} as const;

interface MutablePartition extends TracePartition {
  readonly id: string;
  readonly cells: LogCell[];
  isReplicated: boolean;
  readonly groups: Map<string, { committed: number | null; position: number | null }>;
}

interface MutableWorld {
  readonly partitions: Map<string, MutablePartition>;
  readonly services: Map<string, Map<string, { record: string | null; label: string; count: number }>>;
  readonly processes: Map<LaneId, { incarnation: number; running: boolean }>;
  readonly groups: Map<string, { generation: number; assignment: readonly TracePartition[]; hasMember: boolean }>;
  readonly tables: Map<string, TableChange>;
}

/** Folds the events up to and including `step`. A step outside the recording is clamped to it. */
export function stateAt(recording: Recording, step: number): WorldState {
  const world = emptyWorld(recording);
  const last = Math.min(Math.max(step, 0), recording.events.length - 1);
  let changed: ReadonlySet<string> = new Set();
  for (let index = 0; index <= last; index += 1) {
    const event = recording.events[index];
    if (event !== undefined) changed = apply(world, event);
  }
  for (const event of recording.events.slice(last + 1, lastEventOf(recording.events, last) + 1)) {
    if (event.kind === 'table') apply(world, event);
  }
  const tables = [...world.tables.values()].map((change) =>
    tableState(change, isChangeOf(recording.events, last, change.event)),
  );
  return freeze(world, tables, Math.max(last, 0), changed);
}

/** Every partition of the recording is there from the start, even before its first record. */
function emptyWorld(recording: Recording): MutableWorld {
  const world: MutableWorld = {
    partitions: new Map(),
    services: new Map(),
    processes: new Map(),
    groups: new Map(),
    tables: new Map(),
  };
  const partitionLanes = new Set(recording.lanes.filter((lane) => lane.kind === 'partition').map((lane) => lane.id));
  for (const event of recording.events) {
    if (!('topic' in event) || !partitionLanes.has(partitionId(event))) continue;
    const partition = partitionOf(world, event);
    if (event.kind === 'leader' || event.kind === 'isr') partition.isReplicated = true;
  }
  for (const lane of recording.lanes) {
    if (lane.kind === 'service') world.services.set(lane.id, new Map());
  }
  return world;
}

function apply(world: MutableWorld, event: TraceEvent): ReadonlySet<string> {
  switch (event.kind) {
    case 'append': {
      const partition = partitionOf(world, event);
      partition.cells.push({ offset: event.offset, record: event.record, value: event.value });
      return new Set([changeId.cell(partition.id, event.offset)]);
    }
    case 'leader': {
      // What its predecessor had beyond that is in no log that counts.
      const { cells } = partitionOf(world, event);
      const first = event.end === null ? -1 : cells.findIndex(({ offset }) => offset >= event.end!);
      if (first >= 0) cells.splice(first);
      return new Set();
    }
    case 'position':
    case 'deliver':
    case 'commit':
      return applyOffset(world, event);
    case 'effect':
      return applyEffect(world, event);
    case 'group-join': {
      world.groups.set(event.group, { generation: event.generation, assignment: event.assignment, hasMember: true });
      return new Set([changeId.group(event.group)]);
    }
    case 'group-leave': {
      const group = world.groups.get(event.group);
      if (group !== undefined) world.groups.set(event.group, { ...group, assignment: [], hasMember: false });
      return new Set([changeId.group(event.group)]);
    }
    case 'table': {
      const key = `${event.database}.${event.table}`;
      world.tables.set(key, { event, before: world.tables.get(key)?.event.rows ?? null });
      return new Set();
    }
    case 'process-start':
      world.processes.set(event.lane, { incarnation: event.incarnation ?? 1, running: true });
      return new Set([changeId.process(event.lane)]);
    case 'process-crash':
    case 'process-stop':
    case 'process-exit':
      return endProcess(world, event);
    default:
      return new Set();
  }
}

function applyOffset(
  world: MutableWorld,
  event: Extract<TraceEvent, { kind: 'position' | 'deliver' | 'commit' }>,
): ReadonlySet<string> {
  const partition = partitionOf(world, event);
  const offsets = partition.groups.get(event.group) ?? { committed: null, position: null };
  partition.groups.set(event.group, offsets);
  if (event.kind === 'commit') {
    offsets.committed = event.offset;
    return new Set([changeId.committed(partition.id, event.group)]);
  }
  offsets.position = event.kind === 'deliver' ? event.offset + 1 : event.offset;
  const changed = new Set([changeId.position(partition.id, event.group)]);
  if (event.kind === 'deliver') changed.add(changeId.cell(partition.id, event.offset));
  return changed;
}

function applyEffect(world: MutableWorld, event: Extract<TraceEvent, { kind: 'effect' }>): ReadonlySet<string> {
  const effects = world.services.get(event.service) ?? new Map();
  world.services.set(event.service, effects);
  const key = event.record ?? event.label;
  const seen = effects.get(key)?.count ?? 0;
  effects.set(key, { record: event.record, label: event.label, count: seen + 1 });
  return new Set([changeId.effect(event.service, event.record)]);
}

/** The position lives in the process's memory: it is gone with it. */
function endProcess(world: MutableWorld, event: TraceEvent): ReadonlySet<string> {
  const incarnation = event.incarnation ?? world.processes.get(event.lane)?.incarnation ?? 1;
  world.processes.set(event.lane, { incarnation, running: false });
  const changed = new Set([changeId.process(event.lane)]);
  if ([...world.processes.values()].some((process) => process.running)) return changed;
  for (const partition of world.partitions.values()) {
    for (const [group, offsets] of partition.groups) {
      if (offsets.position !== null) changed.add(changeId.position(partition.id, group));
      offsets.position = null;
    }
  }
  return changed;
}

function partitionId(place: TracePartition): string {
  return `${place.topic}-${place.partition}`;
}

function partitionOf(world: MutableWorld, place: TracePartition): MutablePartition {
  const id = partitionId(place);
  const known = world.partitions.get(id);
  if (known !== undefined) return known;
  const { topic, partition } = place;
  const made: MutablePartition = { id, topic, partition, cells: [], isReplicated: false, groups: new Map() };
  world.partitions.set(id, made);
  return made;
}

function freeze(
  world: MutableWorld,
  tables: readonly TableState[],
  step: number,
  changed: ReadonlySet<string>,
): WorldState {
  return {
    step,
    changed,
    tables,
    partitions: [...world.partitions.values()]
      .sort((a, b) => a.topic.localeCompare(b.topic, 'en') || a.partition - b.partition)
      .map((partition) => ({
        id: partition.id,
        topic: partition.topic,
        partition: partition.partition,
        cells: partition.cells,
        logEnd: (partition.cells.at(-1)?.offset ?? -1) + 1,
        isReplicated: partition.isReplicated,
        groups: [...partition.groups].map(([group, offsets]) => ({ group, ...offsets })),
      })),
    services: [...world.services].map(([service, effects]) => ({ service, effects: [...effects.values()] })),
    processes: [...world.processes].map(([lane, process]) => ({ lane, ...process })),
    groups: [...world.groups].map(([group, state]) => ({ group, ...state })),
  };
}
