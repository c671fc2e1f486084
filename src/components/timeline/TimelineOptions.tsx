import { use, useState, type ReactNode } from 'react';
import type { Lane, LaneId } from '../../simulation/trace';
import { LabLinkContext } from '../lab-link-context';
import { useResultStrings } from '../result-strings';
import styles from './Timeline.module.css';

interface Props {
  readonly lanes: readonly Lane[];
  readonly hidden: ReadonlySet<LaneId>;
  readonly onHide: (hidden: ReadonlySet<LaneId>) => void;
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
  readonly isCausal: boolean;
  readonly onCausal: (isCausal: boolean) => void;
  readonly onFault: (() => void) | null;
  readonly onBreakpoint: (() => void) | null;
  readonly execution: string;
  readonly step: number;
}

/** What is shown of an execution, and where to go in it. */
export function TimelineOptions(props: Props): ReactNode {
  const strings = useResultStrings();
  return (
    <div className={styles.options}>
      {props.onFault !== null && (
        <button type="button" className={styles.quiet} onClick={props.onFault}>
          {strings.toFault}
        </button>
      )}
      {props.onBreakpoint !== null && (
        <button type="button" className={styles.quiet} onClick={props.onBreakpoint}>
          {strings.toBreakpoint}
        </button>
      )}
      <StepLink execution={props.execution} step={props.step} />
      <label className={styles.toggle}>
        <input type="checkbox" checked={props.isAll} onChange={(event) => props.onAll(event.currentTarget.checked)} />
        {strings.allEvents}
      </label>
      <label className={styles.toggle}>
        <input
          type="checkbox"
          checked={props.isCausal}
          onChange={(event) => props.onCausal(event.currentTarget.checked)}
        />
        {strings.causes}
      </label>
      {props.lanes.length > 2 && <LaneFilter {...props} />}
      <span className={styles.hint}>{strings.keysHint}</span>
      {props.isCausal && <p className={styles.legend}>{strings.causesLegend}</p>}
    </div>
  );
}

/** Lanes to look at; at least one stays. */
function LaneFilter({ lanes, hidden, onHide }: Pick<Props, 'lanes' | 'hidden' | 'onHide'>): ReactNode {
  const strings = useResultStrings();
  const toggle = (lane: LaneId): void => {
    const next = new Set(hidden);
    if (!next.delete(lane)) next.add(lane);
    if (next.size < lanes.length) onHide(next);
  };
  return (
    <details className={styles.lanesShown}>
      <summary>{strings.lanes}</summary>
      {lanes.map((lane) => (
        <label key={lane.id} className={styles.toggle}>
          <input type="checkbox" checked={!hidden.has(lane.id)} onChange={() => toggle(lane.id)} />
          {lane.id}
        </label>
      ))}
    </details>
  );
}

/** An address that leads here again, program included. Only a lab can be opened by one. */
function StepLink({ execution, step }: { readonly execution: string; readonly step: number }): ReactNode {
  const strings = useResultStrings();
  const linkTo = use(LabLinkContext);
  const [copied, setCopied] = useState<{ readonly step: number; readonly isCopied: boolean } | null>(null);
  if (linkTo === null) return null;
  const copy = async (): Promise<void> => {
    const isCopied = await navigator.clipboard.writeText(linkTo(execution, step)).then(
      () => true,
      () => false,
    );
    setCopied({ step, isCopied });
  };
  const said = copied?.step === step ? (copied.isCopied ? strings.copied : strings.notCopied) : strings.copyStepLink;
  return (
    <button type="button" className={styles.quiet} onClick={() => void copy()}>
      <span aria-live="polite">{said}</span>
    </button>
  );
}
