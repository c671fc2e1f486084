/**
 * Workloads beyond the lab's own: drawn from a seed, longer, in the likeness of what the lab has. Records are copies of the
 * lab's under fresh ids, in blocks, so that what stands between records of the lab (the same order sent twice, two orders
 * for the same thing) stands between the copies too. What has one key stays in one partition.
 */
import type { InputModule, Lab, LabRecord, Workload } from '../lab';
import type { Execution, StormInput } from '../plan';
import { Chance } from './chance';

/** Enough for every crossing of records and few enough for an execution to stay within its bounds. */
const MAX_RECORDS = 12;

/** The workload of an execution: the lab's own by its number, or one drawn from a seed. Undefined where the lab has none. */
export function workloadOf(lab: Lab, { variation, storm }: Execution): Workload | undefined {
  return storm === undefined ? lab.workloads[variation] : stormWorkload(lab, storm);
}

/** How many records the seed draws. */
export function drawnRecords(lab: Lab, seed: number): number {
  return sizeOf(stormWorkload(lab, { seed, records: null }));
}

/** Records of a workload, or values of a job's input. */
export function sizeOf({ batches, input }: Workload): number {
  return batches.reduce((sum, batch) => sum + batch.length, 0) + (input?.values.length ?? 0);
}

/** Business ids in the order of the workload. */
export function idsOf({ batches, input }: Workload): readonly string[] {
  return [...batches.flat(), ...(input?.values ?? [])].map(({ id }) => id);
}

/** @param input records that are not named are left out, and nothing else is another for it */
export function stormWorkload(lab: Lab, { seed, records }: StormInput): Workload {
  const chance = new Chance(seed, 'workload');
  const models = modelsOf(lab);
  const largest = Math.max(...models.map(sizeOf));
  const size = Math.min(MAX_RECORDS, largest + 1 + chance.below(largest + 2));
  const base = chance.pick(models);
  const templates = models.filter((workload) => namesOf(workload) === namesOf(base));
  const ids = new FreshIds(chance, lab);
  const isKept = (index: number): boolean => records === null || records.includes(index + 1);
  if (base.input !== undefined) {
    const values = drawValues(chance, templates, size, ids).filter((_value, index) => isKept(index));
    return { ...base, topics: widened(chance, lab, base), input: { ...base.input, values } };
  }
  const topics = widened(chance, lab, base);
  const drawn = drawRecords(chance, templates, size, ids).map(
    (record, index) => lab.stormRecord?.(record, index) ?? record,
  );
  const placed = place(chance, drawn, topics);
  const batches = cut(chance, lab, placed.length).map(([from, to]) =>
    placed.slice(from, to).filter((_record, index) => isKept(from + index)),
  );
  return { ...base, topics, batches: batches.filter((batch) => batch.length > 0) };
}

/** The workloads to draw others after: not those that are long for a reason of their own. */
function modelsOf({ workloads }: Lab): readonly Workload[] {
  return workloads.filter(({ maxFaults }) => maxFaults === undefined);
}

function namesOf({ topics }: Workload): string {
  return topics.map(({ name }) => name).join();
}

/** More partitions than the lab has ever had, or fewer; one where all its workloads have one. */
function widened(chance: Chance, lab: Lab, base: Workload): Workload['topics'] {
  const most = Math.max(...modelsOf(lab).flatMap(({ topics }) => topics.map(({ partitions }) => partitions)));
  const drawn = most === 1 ? 1 : 1 + chance.below(most + 1);
  // Topics that have as many partitions as each other go on doing so: a program may write where it has read.
  const usual = base.topics[0]?.partitions ?? 1;
  return base.topics.map((topic) => (topic.partitions === usual ? { ...topic, partitions: drawn } : topic));
}

function drawValues(
  chance: Chance,
  templates: readonly Workload[],
  size: number,
  ids: FreshIds,
): InputModule['values'] {
  const values: { readonly id: string }[] = [];
  while (values.length < size) {
    const block = chance.pick(templates).input?.values ?? [];
    ids.beginBlock();
    for (const value of block) values.push({ ...value, id: ids.insteadOf(value.id) });
  }
  return values.slice(0, size);
}

function drawRecords(chance: Chance, templates: readonly Workload[], size: number, ids: FreshIds): LabRecord[] {
  const records: LabRecord[] = [];
  while (records.length < size) {
    ids.beginBlock();
    for (const record of chance.pick(templates).batches.flat()) {
      const id = ids.insteadOf(record.id);
      records.push({ ...record, id, key: record.key === record.id ? id : record.key, value: renamed(record, id) });
    }
  }
  return records.slice(0, size);
}

/** The value under another id; one that is no JSON has it replaced where it stands. */
function renamed({ id: old, value }: LabRecord, id: string): string {
  try {
    const content = JSON.parse(value) as unknown;
    if (typeof content === 'object' && content !== null && 'id' in content) return JSON.stringify({ ...content, id });
  } catch {
    // Poison, by the lab's intention.
  }
  return value.replaceAll(old, id);
}

function place(chance: Chance, records: readonly LabRecord[], topics: Workload['topics']): LabRecord[] {
  const places = new Map<string, number>();
  return records.map((record) => {
    const partitions = topics.find(({ name }) => name === record.topic)?.partitions ?? 1;
    const drawn = chance.below(partitions);
    if (record.key === null) return { ...record, partition: drawn };
    const key = `${record.topic}/${record.key}`;
    const partition = places.get(key) ?? drawn;
    places.set(key, partition);
    return { ...record, partition };
  });
}

/** Begin and end of each batch: one where the lab never has more, else up to one more than it has ever had. */
function cut(chance: Chance, lab: Lab, size: number): (readonly [number, number])[] {
  const most = Math.max(...lab.workloads.map(({ batches }) => batches.length));
  const count = most <= 1 ? 1 : 2 + chance.below(most);
  const cuts = new Set<number>();
  for (let i = 1; i < count; i += 1) cuts.add(1 + chance.below(size - 1));
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), size];
  return bounds.slice(1).map((end, index) => [bounds[index]!, end]);
}

/** Four hexadecimal digits, none twice and none that the lab has; the same again for the same id within a block. */
class FreshIds {
  private readonly taken: Set<string>;
  private readonly block = new Map<string, string>();

  constructor(
    private readonly chance: Chance,
    lab: Lab,
  ) {
    this.taken = new Set(lab.workloads.flatMap(idsOf));
  }

  beginBlock(): void {
    this.block.clear();
  }

  insteadOf(id: string): string {
    const known = this.block.get(id);
    if (known !== undefined) return known;
    let drawn: string;
    do drawn = this.chance.below(0x10000).toString(16).padStart(4, '0');
    while (this.taken.has(drawn));
    this.taken.add(drawn);
    this.block.set(id, drawn);
    return drawn;
  }
}
