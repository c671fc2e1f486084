import clsx from 'clsx';
import type { CSSProperties, ReactNode } from 'react';
import { changeId, standingOf } from '../../course/playground/changes';
import type {
  ShownBroker,
  ShownCell,
  ShownGroup,
  ShownPartition,
  ShownReplica,
} from '../../course/playground/snapshot';
import { useHasChanged } from './changed';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';

interface Props {
  readonly partition: ShownPartition;
  readonly groups: readonly ShownGroup[];
  readonly brokers: readonly ShownBroker[];
}

/** Every broker's copy of a partition: same offsets above each other, so that a missing one is seen. */
export function ReplicaLogs({ partition, groups, brokers }: Props): ReactNode {
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
          <Copy
            key={replica.broker}
            {...{ partition, replica, start }}
            isDead={brokers.some(({ id, state }) => id === replica.broker && state === 'dead')}
          />
        ))}
        {committed.map(({ group, offset }) => (
          <CommitMark
            key={group}
            {...{ group, offset }}
            partition={partition.name}
            isAtEnd={offset >= end}
            column={Math.min(Math.max(offset - start, 0), end - start) + 2}
          />
        ))}
      </div>
    </div>
  );
}

interface MarkProps {
  readonly group: string;
  readonly partition: string;
  readonly offset: number;
  readonly column: number;
  readonly isAtEnd: boolean;
}

function CommitMark({ group, partition, offset, column, isAtEnd }: MarkProps): ReactNode {
  const strings = usePlaygroundStrings();
  const hasChanged = useHasChanged(changeId.committed(group, partition));
  return (
    <p className={clsx(styles.commitMark, isAtEnd && styles.atEnd)} style={{ gridColumn: `${column} / span 1` }}>
      <span className={clsx(hasChanged && styles.changed)}>{strings.committedAt(group, offset)}</span>
    </p>
  );
}

interface CopyProps {
  readonly partition: ShownPartition;
  readonly replica: ShownReplica;
  readonly start: number;
  readonly isDead: boolean;
}

function Copy({ partition, replica, start, isDead }: CopyProps): ReactNode {
  const strings = usePlaygroundStrings();
  const { broker, isLeader, isInSync, cells, highWatermark, lastStableOffset } = replica;
  const hasChanged = useHasChanged(changeId.copy(partition.name, broker));
  const state = isDead ? strings.deadCopy : isLeader ? strings.leaderMark : isInSync ? '' : strings.outOfSync;
  return (
    <>
      <p className={clsx(styles.copyName, (isDead || !isInSync) && styles.behind, hasChanged && styles.changed)}>
        <b>{broker}</b>
        <span>{state}</span>
      </p>
      <ol
        className={styles.cells}
        aria-label={`${strings.replica(broker, isLeader, isInSync)}; ${isDead ? `${strings.deadCopy}; ` : ''}${strings.watermarks(highWatermark, lastStableOffset)}`}
      >
        {cells.map((cell) => (
          <Cell key={cell.offset} {...{ partition, replica, cell }} column={cell.offset - start + 1} />
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

interface CellProps extends Pick<CopyProps, 'partition' | 'replica'> {
  readonly cell: ShownCell;
  readonly column: number;
}

function Cell({ partition, replica, cell, column }: CellProps): ReactNode {
  const strings = usePlaygroundStrings();
  const { offset, value, marker, transaction } = cell;
  const standing = standingOf(partition, replica, cell);
  const hasChanged = useHasChanged(changeId.cell(partition.name, replica.broker, offset));
  const said = [
    transaction === null ? null : strings.cellStates[transaction],
    standing === 'readable' ? null : strings.cellStates[standing],
  ].filter((text) => text !== null);
  const text = marker === null ? value : strings[marker];
  return (
    <li
      className={clsx(
        styles.cell,
        marker !== null && styles.marker,
        standing === 'unseen' && styles.invisible,
        standing === 'diverging' && styles.diverging,
        transaction === 'aborted' && styles.aborted,
        hasChanged && styles.changed,
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
