import { useCallback, useState, type ReactNode } from 'react';
import { PRESET_IDS, PRESETS, type PresetId } from '../../course/playground/presets';
import { problemOf, type PlaygroundState, type Setup } from '../../course/playground/state';
import { ActionsList } from './ActionsList';
import { Changed } from './changed';
import { ExportPanel } from './ExportPanel';
import { withAction } from './faults-at';
import { Loading } from './Loading';
import { Notices } from './Notices';
import { OutcomeView } from './OutcomeView';
import styles from './Playground.module.css';
import { PlayProgress } from './PlayProgress';
import { RunPanel } from './RunPanel';
import { SetupPanel } from './SetupPanel';
import { ShareButton } from './ShareButton';
import { usePlaygroundStrings } from './strings';
import { useHistory, type HistoryActions } from './use-history';
import { useKept } from './use-kept';
import { useRun, type Run } from './use-run';
import { WorldPanel } from './WorldPanel';

const FIRST = PRESETS.quiet;

/** A cluster to break: set it up, let it run, put faults in, look at what everything holds. */
export default function Playground(): ReactNode {
  const strings = usePlaygroundStrings();
  const history = useHistory(FIRST);
  const { state } = history;
  const kept = useKept(history, FIRST);
  const run = useRun(state, kept.isReady);
  const { said, fault, remove, setUp, choose, reset } = useDeeds(history, run);
  // Where there is room for it beside the run it is open; afterwards it is the reader's.
  const [isWide] = useState(() => window.matchMedia('(min-width: 861px)').matches);
  const { snapshot } = run.shown ?? {};
  // All of it at one stroke, so that nothing jumps.
  const isStale = problemOf(state.setup) !== null;
  const isThere = kept.isReady && (run.shown !== null || run.error !== null || isStale);
  if (!isThere)
    return (
      <Loading>
        <PlayProgress progress={run.progress} onStop={run.stop} />
      </Loading>
    );
  return (
    <div className={styles.playground} data-ready>
      <Presets onChoose={choose} />
      <Toolbar {...{ history, reset, said }} />
      <Notices kept={kept} setup={state.setup} run={run} />
      <div className={styles.columns}>
        <section className={styles.setupColumn} aria-label={strings.setup}>
          <details className={styles.setupAll} open={isWide}>
            <summary className={styles.panelTitle}>{strings.setup}</summary>
            <SetupPanel setup={state.setup} onSetup={setUp} />
          </details>
        </section>
        <section className={styles.runColumn} aria-label={strings.run} inert={isStale}>
          <RunPanel
            run={run}
            until={state.until}
            hasClients={state.setup.producers.length + state.setup.consumers.length > 0}
            onAdvance={history.advance}
          />
          {snapshot !== undefined && <OutcomeView snapshot={snapshot} setup={state.setup} />}
          <ActionsList state={state} onRemove={remove} />
          <ExportPanel state={state} />
        </section>
        <div className={styles.worldColumn} inert={isStale}>
          {snapshot !== undefined && (
            <Changed value={run.changed}>
              <WorldPanel snapshot={snapshot} setup={state.setup} onFault={fault} />
            </Changed>
          )}
        </div>
      </div>
    </div>
  );
}

/** What the reader does to the run, and what is said about it. */
function useDeeds({ state, change }: HistoryActions, { now, isLatest }: Run) {
  const strings = usePlaygroundStrings();
  const [said, setSaid] = useState('');
  const fault = useCallback(
    (does: string) => {
      const { state: next, dropped } = withAction(state, now, does);
      change(next);
      setSaid(isLatest || dropped === 0 ? '' : strings.dropped(dropped));
    },
    [state, now, isLatest, change, strings],
  );
  const setTo = (next: PlaygroundState, text: string): void => {
    change(next);
    setSaid(text);
  };
  return {
    said,
    fault,
    remove: (index: number) =>
      setTo({ ...state, actions: state.actions.filter((_, at) => at !== index) }, strings.removed),
    setUp: (setup: Setup) => setTo({ ...state, setup }, ''),
    choose: (id: PresetId) => setTo(PRESETS[id], ''),
    reset: () => setTo({ ...state, actions: [], until: 0 }, strings.resetDone),
  };
}

function Presets({ onChoose }: { readonly onChoose: (id: PresetId) => void }): ReactNode {
  const strings = usePlaygroundStrings();
  return (
    <section aria-label={strings.beginWith}>
      <h2 className={styles.panelTitle}>{strings.beginWith}</h2>
      <ul className={styles.presets}>
        {PRESET_IDS.map((id) => {
          const [title, text] = strings.presets[id];
          return (
            <li key={id}>
              <button type="button" className={styles.preset} onClick={() => onChoose(id)}>
                <b>{title}</b>
                <span>{text}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface ToolbarProps {
  readonly history: HistoryActions;
  readonly reset: () => void;
  readonly said: string;
}

function Toolbar({ history, reset, said }: ToolbarProps): ReactNode {
  const strings = usePlaygroundStrings();
  const { canUndo, canRedo, undo, redo, state } = history;
  return (
    <div className={styles.toolbar}>
      <button type="button" className={styles.button} aria-disabled={!canUndo} onClick={undo}>
        {strings.undo}
      </button>
      <button type="button" className={styles.button} aria-disabled={!canRedo} onClick={redo}>
        {strings.redo}
      </button>
      <button type="button" className={styles.button} onClick={reset}>
        {strings.reset}
      </button>
      <ShareButton state={state} />
      <p className={styles.said} role="status">
        {said}
      </p>
    </div>
  );
}
