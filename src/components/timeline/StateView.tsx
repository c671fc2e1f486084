import clsx from 'clsx';
import { useMemo, type CSSProperties, type ReactNode } from 'react';
import { changeId, stateAt, type PartitionState, type WorldState } from '../../course/state-at';
import type { LabWords } from '../../grader/lab';
import type { Recording } from '../../simulation/trace';
import { useResultStrings } from '../result-strings';
import styles from './StateView.module.css';
import { Tables } from './Tables';

/** Cells shown of one log, around the place where the group stands. */
const cellsMax = 40;

interface Props {
  readonly recording: Recording;
  readonly words: LabWords;
  readonly step: number;
  /** Number of the row, as the learner counts. */
  readonly shownStep: number;
  /** Business id of the record that the verdict is about; its cell is marked. */
  readonly record?: string | null;
}

/** The world at the current step; what the step changed is outlined. */
export function StateView({ recording, words, step, shownStep, record = null }: Props): ReactNode {
  const strings = useResultStrings();
  const state = useMemo(() => stateAt(recording, step), [recording, step]);
  return (
    <div className={styles.state}>
      {state.partitions.map((partition) => (
        <div key={partition.id}>
          <p className={styles.title}>{strings.stateAt(partition.id, shownStep)}</p>
          <Log {...{ partition, words, record }} changed={state.changed} />
        </div>
      ))}
      <div className={styles.facts}>
        <Groups state={state} />
        <Services {...{ state, words, record }} />
      </div>
      <Tables tables={state.tables} shownStep={shownStep} />
    </div>
  );
}

interface LogProps {
  readonly partition: PartitionState;
  readonly words: LabWords;
  readonly changed: ReadonlySet<string>;
  readonly record: string | null;
}

/** Cells by offset, the group's position above them, its committed offset below, the high watermark as a bar. */
function Log({ partition, words, changed, record }: LogProps): ReactNode {
  const strings = useResultStrings();
  const { cells } = windowOf(partition);
  const first = cells[0]?.offset ?? 0;
  const column = (offset: number): number => Math.min(Math.max(offset - first, 0), cells.length) + 1;
  const name = partition.groups.length > 1 ? (group: string): string => ` · ${group}` : (): string => '';
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={partition.id}>
      <div className={styles.log} style={{ '--cell-count': cells.length } as CSSProperties}>
        {partition.groups.map(
          ({ group, position }) =>
            position !== null && (
              <LogMark
                key={group}
                side="above"
                column={column(position)}
                isChanged={changed.has(changeId.position(partition.id, group))}
                text={`${strings.positionMark} ${position}${name(group)}`}
              />
            ),
        )}
        {cells.map((cell, index) => (
          <div
            key={cell.offset}
            className={clsx(
              styles.cell,
              changed.has(changeId.cell(partition.id, cell.offset)) && styles.changed,
              record !== null && cell.record === record && styles.concerned,
            )}
            style={{ gridColumn: index + 1 }}
          >
            <span className={styles.offset}>{cell.offset}</span>
            <span>{recordLabel(words, cell.record) ?? cell.value ?? '∅'}</span>
          </div>
        ))}
        <div className={styles.watermark} style={{ gridColumn: cells.length + 1 }}>
          {partition.isReplicated ? strings.logEnd : strings.highWatermark} {partition.logEnd}
        </div>
        {partition.groups.map(
          ({ group, committed }) =>
            committed !== null && (
              <LogMark
                key={group}
                side="below"
                column={column(committed)}
                isChanged={changed.has(changeId.committed(partition.id, group))}
                text={`${strings.committedMark} ${committed}${name(group)}`}
              />
            ),
        )}
      </div>
    </div>
  );
}

function windowOf(partition: PartitionState): { readonly cells: PartitionState['cells'] } {
  if (partition.cells.length <= cellsMax) return partition;
  const places = partition.groups.flatMap(({ committed, position }) => [committed, position]);
  const place = Math.max(0, ...places.filter((offset) => offset !== null));
  const end = Math.min(partition.cells.length, place + cellsMax / 2);
  return { cells: partition.cells.slice(Math.max(0, end - cellsMax), end) };
}

interface LogMarkProps {
  readonly side: 'above' | 'below';
  readonly column: number;
  readonly isChanged: boolean;
  readonly text: string;
}

function LogMark({ side, column, isChanged, text }: LogMarkProps): ReactNode {
  return (
    <div className={clsx(styles.logMark, styles[side])} style={{ gridColumn: column }}>
      <span aria-hidden="true">{side === 'above' ? '▽' : '▲'}</span>
      <span className={clsx(isChanged && styles.changedText)}>{text}</span>
    </div>
  );
}

function Groups({ state }: { readonly state: WorldState }): ReactNode {
  const strings = useResultStrings();
  return state.groups.map(({ group, generation, assignment, hasMember }) => {
    const partitions = assignment.map(({ topic, partition }) => `${topic}-${partition}`).join(', ');
    const member = hasMember
      ? partitions === ''
        ? strings.readsNothing
        : strings.reads(partitions)
      : strings.noMember;
    return (
      <div key={group}>
        <p className={styles.title}>{strings.group(group)}</p>
        <p className={clsx(styles.fact, state.changed.has(changeId.group(group)) && styles.changed)}>
          {strings.generation(generation)} · {member}
        </p>
      </div>
    );
  });
}

interface ServicesProps {
  readonly state: WorldState;
  readonly words: LabWords;
  readonly record: string | null;
}

function Services({ state, words, record }: ServicesProps): ReactNode {
  const strings = useResultStrings();
  return state.services.map(({ service, effects }) => (
    <div key={service}>
      <p className={styles.title}>{strings.applied(service)}</p>
      {effects.length === 0 && <p className={styles.none}>{strings.nothingApplied}</p>}
      <ul className={styles.effects}>
        {effects.map((effect) => (
          <li
            key={effect.record ?? effect.label}
            className={clsx(
              styles.fact,
              state.changed.has(changeId.effect(service, effect.record)) && styles.changed,
              effect.record !== null && effect.record === record && styles.concerned,
            )}
          >
            {recordLabel(words, effect.record) ?? effect.label}
            {effect.count > 1 && <b> × {effect.count}</b>}
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** The record in the lab's own words, e.g. "order 2". */
export function recordLabel(words: LabWords, record: string | null): string | null {
  return record === null ? null : words.record.replaceAll('{record}', record);
}
