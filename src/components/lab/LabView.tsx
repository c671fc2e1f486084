import type { LabCard } from '@course/labs';
import clsx from 'clsx';
import { useCallback, useRef, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { encodeCode } from '../../course/lab-code';
import { LabLinkContext } from '../lab-link-context';
import { useLocale } from '../format';
import { useStrings } from '../strings';
import { lineHeightPx } from './editor/editor-props';
import { useEditorSettings } from './editor/editor-settings';
import { EditorPane } from './EditorPane';
import { Faults } from './Faults';
import { History } from './History';
import { KeysDialog } from './KeysDialog';
import styles from './Lab.module.css';
import { LabHeader } from './LabHeader';
import { PaneDivider } from './PaneDivider';
import { usePanes } from './panes';
import { ResultPane } from './ResultPane';
import { RunBar } from './Toolbar';
import { useCopy } from './use-copy';
import { useDraft } from './use-draft';
import { useEvidence } from './use-evidence';
import { useFullScreen } from './use-full-screen';
import { useGrade } from './use-grade';
import { useLabLink } from './use-lab-link';
import { useLine } from './use-line';
import { usePrepared } from './use-prepared';

interface Props {
  readonly card: LabCard;
  /** The task. */
  readonly children: ReactNode;
}

/** One lab: its task, the learner's program, and what became of it; inline in a lesson or filling the window. */
export default function LabView({ card, children }: Props): ReactNode {
  const strings = useStrings();
  const words = card.words[useLocale()];
  const section = useRef<HTMLElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const work = useWork(card);
  const [widths, setWidths] = usePanes();
  const { fontSize } = useEditorSettings();
  const { isFull } = work.address;
  useFullScreen(section, isFull);
  const onTouch = usePrepared(card.id, work.running.isRunning);
  const onKeyDown = (event: KeyboardEvent): void => {
    const does = keyOf(event);
    if (does === null || event.defaultPrevented) return;
    event.preventDefault();
    if (does === 'keys') dialog.current?.showModal();
    else work.run();
  };
  return (
    <section
      ref={section}
      id={`lab-${card.id}`}
      className={clsx(styles.lab, isFull && styles.full)}
      style={sizesOf(widths, fontSize)}
      aria-label={`${strings.lab(card.minutes)} · ${card.id}`}
      onKeyDown={onKeyDown}
      onKeyDownCapture={onTouch}
      onPointerEnter={onTouch}
      onFocus={onTouch}
    >
      <LabHeader {...{ card, work }} onKeys={() => dialog.current?.showModal()} />
      <div className={styles.workspace}>
        <div className={styles.task}>
          {children}
          <Faults kinds={card.faultKinds} max={card.faultsMax} />
          <History {...{ words }} attempts={work.evidence.attempts} onTake={work.draft.session.take} />
        </div>
        <PaneDivider
          label={strings.taskWidth}
          side="left"
          value={widths.task}
          onChange={(task) => setWidths({ task })}
        />
        <EditorPane {...{ card, work }} />
        <PaneDivider
          label={strings.resultWidth}
          side="right"
          value={widths.result}
          onChange={(result) => setWidths({ result })}
        />
        <LabLinkContext value={work.linkTo}>
          <ResultPane
            {...{ words }}
            lab={card.id}
            file={`${card.process}.ts`}
            passedAt={work.evidence.progress?.passed?.at ?? null}
            state={work.grading.state}
            isStale={work.isStale}
            breakpoints={work.line.breakpoints}
            onLine={work.line.setLine}
            onGoToLine={work.line.goToLine}
            onRetry={work.run}
          />
        </LabLinkContext>
      </div>
      <RunBar {...work.running} />
      <KeysDialog ref={dialog} />
    </section>
  );
}

/** Widths of the panes in per cent, the font in pixels, for the style sheet. */
function sizesOf(widths: { readonly task: number; readonly result: number }, fontSize: number): CSSProperties {
  return {
    '--task': `${widths.task}%`,
    '--result': `${widths.result}%`,
    '--code-size': `${fontSize - 0.5}px`,
    '--code-line': `${lineHeightPx(fontSize)}px`,
  } as CSSProperties;
}

export type Work = ReturnType<typeof useWork>;

/** Everything that moves in a lab: the program, the address, the run and what is known of it. */
function useWork(card: LabCard) {
  const draft = useDraft(card.id, card.starter);
  const { session } = draft;
  const address = useLabLink(card.id);
  const copy = useCopy(address.link, card.starter);
  const line = useLine();
  const [mode, setMode] = useState<'read' | 'edit'>('read');
  const evidence = useEvidence(card.id, session.report);
  const isCopy = copy.code !== null;
  const code = copy.code ?? draft.state.code;
  const { setLine } = line;
  const { onResult } = evidence;
  const grading = useGrade(card.id, (graded, result) => {
    if (result.verdict.diagnosis?.line !== undefined) setLine(result.verdict.diagnosis.line);
    // What somebody else has written is no evidence of the reader's.
    if (!isCopy) onResult(graded, result);
  });
  const run = (): void => {
    setLine(null);
    void session.flush();
    grading.run(code);
  };
  const isDone = grading.state.phase === 'done' || grading.state.phase === 'replayed';
  const isFresh = isDone && grading.state.code === code;
  const { urlOf } = address;
  const { starter } = card;
  const linkTo = useCallback(
    (execution: string, step: number): string =>
      urlOf({ execution, step, code: code === starter ? null : encodeCode(code, starter) }),
    [urlOf, code, starter],
  );
  return {
    draft,
    address,
    copy,
    line,
    mode,
    setMode,
    evidence,
    grading,
    code,
    isCopy,
    run,
    linkTo,
    isDone,
    running: { isRunning: grading.state.phase === 'running', hasResult: isDone, onRun: run, onStop: grading.stop },
    isStale: isDone && !isFresh,
    diagnosis: isFresh && grading.state.phase === 'done' ? grading.state.result.verdict.diagnosis : null,
  };
}

/** What a key asks for, wherever in the lab the focus is. */
function keyOf(event: KeyboardEvent): 'run' | 'keys' | null {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && (event.key === 'Enter' || event.key.toLowerCase() === 's')) return 'run';
  const isTyping =
    event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]') !== null;
  return event.key === '?' && !isTyping && !isCommand ? 'keys' : null;
}
