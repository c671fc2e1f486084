import clsx from 'clsx';
import type { CSSProperties, ReactNode } from 'react';
import type { ShownCell, ShownGroup, ShownPartition, ShownReplica } from '../../course/playground/snapshot';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly partition: ShownPartition;
  readonly groups: readonly ShownGroup[];
}

/** Every broker's copy of a partition: same offsets above each other, so that a missing one is seen. */
export function ReplicaLogs({ partition, groups }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const start = Math.min(...partition.replicas.map(({ logStart }) => logStart));
  const end = Math.max(...partition.replicas.map(({ logEnd }) => logEnd));
  const committed = groups.flatMap(({ name, committed: offsets }) => {
    const offset = offsets[partition.name];
    return offset === undefined ? [] : [{ group: name, offset }];
  });
  return (
    <div className={styles.logs} role="group" aria-label={strings.partition(partition.name)} tabIndex={0}>
      <div className={styles.logGrid} style={{ '--cell-count': Math.max(end - start + 1, 1) } as CSSProperties}>
        {partition.replicas.map((replica) => (
          <Copy key={replica.broker} {...{ replica, start }} />
        ))}
        {committed.map(({ group, offset }) => (
          <p
            key={group}
            className={clsx(styles.commitMark, offset >= end && styles.atEnd)}
            style={{ gridColumn: `${Math.min(Math.max(offset - start, 0), end - start) + 2} / span 1` }}
          >
            <span>{strings.committedAt(group, offset)}</span>
          </p>
        ))}
      </div>
    </div>
  );
}

function Copy({ replica, start }: { readonly replica: ShownReplica; readonly start: number }): ReactNode {
  const strings = usePlaygroundStrings();
  const { broker, isLeader, isInSync, cells, highWatermark, lastStableOffset } = replica;
  return (
    <>
      <p className={clsx(styles.copyName, !isInSync && styles.behind)}>
        <b>{broker}</b>
        <span>{isLeader ? strings.leaderMark : isInSync ? '' : strings.outOfSync}</span>
      </p>
      <ol
        className={styles.cells}
        aria-label={`${strings.replica(broker, isLeader, isInSync)}; ${strings.watermarks(highWatermark, lastStableOffset)}`}
      >
        {cells.map((cell) => (
          <Cell key={cell.offset} {...{ cell, highWatermark }} column={cell.offset - start + 1} />
        ))}
        {cells.length === 0 && (
          <li className={styles.noCells} style={{ gridColumn: 1 }}>
            {strings.emptyLog}
          </li>
        )}
      </ol>
    </>
  );
}

interface CellProps {
  readonly cell: ShownCell;
  readonly highWatermark: number;
  readonly column: number;
}

function Cell({ cell, highWatermark, column }: CellProps): ReactNode {
  const strings = usePlaygroundStrings();
  const { offset, value, marker, transaction } = cell;
  const isInvisible = offset >= highWatermark;
  const said = [
    transaction === null ? null : strings.cellStates[transaction],
    isInvisible ? strings.cellStates.invisible : null,
  ].filter((text) => text !== null);
  const text = marker === null ? value : strings[marker];
  return (
    <li
      className={clsx(
        styles.cell,
        marker !== null && styles.marker,
        isInvisible && styles.invisible,
        transaction === 'aborted' && styles.aborted,
      )}
      style={{ gridColumn: column }}
      title={said.join('; ') || undefined}
    >
      <span className={styles.offset}>{offset}</span>
      <span className={styles.value}>{transaction === 'open' ? `[${text}]` : text}</span>
      {said.length > 0 && <span className={styles.spoken}>, {said.join('; ')}</span>}
    </li>
  );
}
