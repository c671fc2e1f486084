/** What has come of the records by now, as a snapshot tells: what is missing, what is there twice, what was done again. */
import type { ShownReplica, Snapshot } from './snapshot';

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

export interface Outcome {
  /** Values that producers take for stored. */
  readonly confirmed: number;
  /** Different values in the log: on leaders, those of aborted transactions left out. */
  readonly stored: number;
  /** Of these, what a reader gets by now at each isolation level: below the LSO, or below the high watermark (FET-1). */
  readonly readable: { readonly committed: number; readonly uncommitted: number };
  /** Confirmed, and on no leader: lost. */
  readonly missing: readonly string[];
  /** In the log more than once. */
  readonly repeated: readonly string[];
  readonly groups: readonly GroupOutcome[];
}

export function outcomeOf({ partitions, clients, groups }: Snapshot): Outcome {
  const confirmed = [...new Set(clients.flatMap((client) => client.confirmed))];
  const logs = partitions.map(({ name, replicas }) => ({
    name,
    // Without a leader nobody can say; the longest copy is what may come back.
    log: replicas.find(({ isLeader }) => isLeader) ?? [...replicas].sort((a, b) => b.logEnd - a.logEnd)[0],
  }));
  const cells = logs.flatMap(({ name, log }) =>
    (log?.cells ?? []).flatMap(({ offset, value, transaction }) =>
      value === null || transaction === 'aborted' ? [] : [{ name, offset, value, ends: boundsOf(log) }],
    ),
  );
  const aborted = logs.flatMap(({ log }) =>
    (log?.cells ?? []).flatMap(({ value, transaction }) =>
      value !== null && transaction === 'aborted' ? [value] : [],
    ),
  );
  const stored = cells.map(({ value }) => value);
  return {
    confirmed: confirmed.length,
    stored: new Set(stored).size,
    readable: {
      committed: new Set(cells.filter(({ offset, ends }) => offset < ends.committed).map(({ value }) => value)).size,
      uncommitted: new Set(cells.filter(({ offset, ends }) => offset < ends.uncommitted).map(({ value }) => value))
        .size,
    },
    missing: confirmed.filter((value) => !stored.includes(value)),
    repeated: repeatedOf(stored),
    groups: groups.map(({ name: group, committed }) => {
      const processed = clients.filter((client) => client.group === group).flatMap((client) => client.processed);
      const behind = cells.filter(({ name, offset }) => offset < (committed[name] ?? 0)).map(({ value }) => value);
      return {
        group,
        processed: new Set(processed).size,
        again: repeatedOf(processed),
        // A value may have been written again since.
        aborted: [...new Set(processed)].filter((value) => aborted.includes(value) && !stored.includes(value)),
        skipped: [...new Set(behind)].filter((value) => !processed.includes(value)),
      };
    }),
  };
}

/** Nobody reads where nobody leads. */
function boundsOf(log: ShownReplica | undefined): Outcome['readable'] {
  if (log?.isLeader !== true) return { committed: 0, uncommitted: 0 };
  return { committed: log.lastStableOffset, uncommitted: log.highWatermark };
}

function repeatedOf(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
