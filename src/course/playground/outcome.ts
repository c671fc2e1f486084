/** What has come of the records by now, as a snapshot tells: what is missing, what is there twice, what was done again. */
import { RESULTS, TOPIC } from './script';
import type { ShownPartition, ShownReplica, Snapshot } from './snapshot';

export interface GroupOutcome {
  readonly group: string;
  /** Different values that a member has processed. */
  readonly processed: number;
  /** Values that were processed more than once. */
  readonly again: readonly string[];
  /** Values behind the committed offset that nobody has processed. */
  readonly skipped: readonly string[];
  /** Values that were processed and whose transaction was aborted (FET-3). */
  readonly aborted: readonly string[];
}

/** What a topic holds: on leaders, records of aborted transactions left out. */
export interface TopicOutcome {
  /** Different values in the log. */
  readonly stored: number;
  /** Of these, what a reader gets by now at each isolation level: below the LSO, or below the high watermark (FET-1). */
  readonly readable: { readonly committed: number; readonly uncommitted: number };
  /** In the log more than once. */
  readonly repeated: readonly string[];
}

export interface Outcome extends TopicOutcome {
  /** Values that producers take for stored. */
  readonly confirmed: number;
  /** Confirmed, and on no leader: lost. */
  readonly missing: readonly string[];
  readonly groups: readonly GroupOutcome[];
  /** What consumers have written; null when none does. */
  readonly results: (TopicOutcome & ResultsLost) | null;
}

interface ResultsLost {
  /** Behind a committed offset, and without a result. */
  readonly missing: readonly string[];
}

interface Held {
  readonly partition: string;
  readonly offset: number;
  readonly value: string;
  readonly isAborted: boolean;
  readonly ends: TopicOutcome['readable'];
}

export function outcomeOf({ partitions, clients, groups }: Snapshot): Outcome {
  const inTopic = (topic: string): readonly ShownPartition[] =>
    partitions.filter(({ name }) => name.startsWith(`${topic}/`));
  const all = inTopic(TOPIC).flatMap(heldIn);
  const cells = all.filter(({ isAborted }) => !isAborted);
  const aborted = all.filter(({ isAborted }) => isAborted).map(({ value }) => value);
  const stored = new Set(cells.map(({ value }) => value));
  const confirmed = [...new Set(clients.flatMap((client) => client.confirmed))];
  const behind = (committed: Readonly<Record<string, number>>): readonly string[] => [
    ...new Set(cells.filter(({ partition, offset }) => offset < (committed[partition] ?? 0)).map(({ value }) => value)),
  ];
  const writers = new Set(
    clients.flatMap(({ group, writesResults }) => (writesResults && group !== null ? [group] : [])),
  );
  const due = groups.filter(({ name }) => writers.has(name)).flatMap(({ committed }) => behind(committed));
  return {
    ...topicOutcome(cells),
    confirmed: confirmed.length,
    missing: confirmed.filter((value) => !stored.has(value)),
    groups: groups.map(({ name: group, committed }) => {
      const processed = clients.filter((client) => client.group === group).flatMap((client) => client.processed);
      return {
        group,
        processed: new Set(processed).size,
        again: repeatedOf(processed),
        // A value may have been written again since.
        aborted: [...new Set(processed)].filter((value) => aborted.includes(value) && !stored.has(value)),
        skipped: behind(committed).filter((value) => !processed.includes(value)),
      };
    }),
    results: resultsOutcome(inTopic(RESULTS), due),
  };
}

function resultsOutcome(partitions: readonly ShownPartition[], due: readonly string[]): Outcome['results'] {
  if (partitions.length === 0) return null;
  const cells = partitions.flatMap(heldIn).filter(({ isAborted }) => !isAborted);
  return { ...topicOutcome(cells), missing: due.filter((value) => !cells.some((cell) => cell.value === value)) };
}

function heldIn({ name: partition, replicas }: ShownPartition): readonly Held[] {
  // Without a leader nobody can say; the longest copy is what may come back.
  const log = replicas.find(({ isLeader }) => isLeader) ?? [...replicas].sort((a, b) => b.logEnd - a.logEnd)[0];
  return (log?.cells ?? []).flatMap(({ offset, value, transaction }) =>
    value === null ? [] : [{ partition, offset, value, isAborted: transaction === 'aborted', ends: endsOf(log) }],
  );
}

/** Nobody reads where nobody leads. */
function endsOf(log: ShownReplica | undefined): TopicOutcome['readable'] {
  if (log?.isLeader !== true) return { committed: 0, uncommitted: 0 };
  return { committed: log.lastStableOffset, uncommitted: log.highWatermark };
}

function topicOutcome(cells: readonly Held[]): TopicOutcome {
  const differentBelow = (level: keyof TopicOutcome['readable']): number =>
    new Set(cells.filter(({ offset, ends }) => offset < ends[level]).map(({ value }) => value)).size;
  return {
    stored: new Set(cells.map(({ value }) => value)).size,
    readable: { committed: differentBelow('committed'), uncommitted: differentBelow('uncommitted') },
    repeated: repeatedOf(cells.map(({ value }) => value)),
  };
}

function repeatedOf(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
