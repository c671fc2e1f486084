import type { ReactNode } from 'react';
import type { PlayedRun } from '../../course/playground/play';
import { problemOf, type Setup, type SetupProblem } from '../../course/playground/state';
import styles from './Playground.module.css';
import { saveFile } from '../save-file';
import { usePlaygroundStrings } from './strings';
import type { Strings } from './strings.en';
import type { Kept } from './use-kept';
import type { Run } from './use-run';

interface Props {
  readonly kept: Kept;
  readonly setup: Setup;
  readonly run: Run;
}

/** What stands in the way, and what to do about it. */
export function Notices({ kept, setup, run }: Props): ReactNode {
  const strings = usePlaygroundStrings();
  const { latest, error } = run;
  const problem = problemOf(setup);
  const failure = latest?.failure ?? null;
  const refusals = problem === null ? refusalsOf(latest, strings) : [];
  return (
    <div className={styles.notices}>
      <KeptNotices kept={kept} />
      {kept.linkProblem !== null && <Notice tone="warning" text={strings.linkProblems[kept.linkProblem]} />}
      {kept.storageProblem !== null && <Notice tone="warning" text={strings.storage[kept.storageProblem]} />}
      {problem !== null && <Notice tone="fault" title={strings.problemTitle} text={problemText(problem, strings)} />}
      {problem === null && failure !== null && (
        <Notice
          tone="fault"
          title={strings.failedTitle}
          text={`${strings.failed(failure.command, failure.message)}. ${strings.failedRemedy}`}
        />
      )}
      {refusals.map((text) => (
        <Notice key={text} tone="fault" text={text} />
      ))}
      {problem === null && <CutNotice run={run} />}
      {error !== null && (
        <Notice tone="fault" title={strings.modelFailed} text={`${error}. ${strings.modelFailedRemedy}`} />
      )}
    </div>
  );
}

/** Which of several runs this is, and what was found in their place. */
function KeptNotices({ kept }: Pick<Props, 'kept'>): ReactNode {
  const strings = usePlaygroundStrings();
  const button = (label: string, onClick: () => void): ReactNode => (
    <button type="button" className={styles.button} onClick={onClick}>
      {label}
    </button>
  );
  return (
    <>
      {kept.isCopy && (
        <Notice tone="plain" title={strings.copyTitle} text={strings.copyText}>
          {button(strings.keepCopy, kept.keepCopy)}
          {button(strings.leaveCopy, kept.leaveCopy)}
        </Notice>
      )}
      {kept.conflict !== null && (
        <Notice tone="warning" title={strings.tabsTitle} text={strings.tabsText}>
          {button(strings.takeTheirs, kept.takeTheirs)}
          {button(strings.keepMine, kept.keepMine)}
        </Notice>
      )}
      {kept.setAside.length > 0 && (
        <Notice tone="warning" title={strings.setAsideTitle} text={strings.setAsideText}>
          {button(strings.download, () => saveFile('playground-kept.json', JSON.stringify(kept.setAside, null, 2)))}
          {button(strings.dropSetAside, kept.dropSetAside)}
        </Notice>
      )}
    </>
  );
}

/** The run ends before it was to. */
function CutNotice({ run: { latest, cut, goOn } }: Pick<Props, 'run'>): ReactNode {
  const strings = usePlaygroundStrings();
  if (cut === null || latest === null) return null;
  const time = strings.time(Math.floor(latest.snapshot.now));
  if (cut === 'bounds') return <Notice tone="warning" title={strings.cutTitle} text={strings.cutText(time)} />;
  return (
    <Notice tone="plain" text={strings.stopped(time)}>
      <button type="button" className={styles.button} onClick={goOn}>
        {strings.goOn}
      </button>
    </Notice>
  );
}

/** Clients whose settings contradict each other: what the client itself says of it. */
function refusalsOf(latest: PlayedRun | null, strings: Strings): readonly string[] {
  return (latest?.recording.events ?? []).flatMap((event) =>
    event.kind === 'console' && event.text.startsWith('connect: ')
      ? [strings.connectFailed(event.lane, event.text.slice('connect: '.length))]
      : [],
  );
}

function problemText(problem: SetupProblem, { problems }: Strings): string {
  switch (problem.kind) {
    case 'replication':
      return problems.replication(problem.factor, problem.brokers);
    case 'tid-missing':
    case 'transaction-missing':
      return problems[problem.kind](problem.producer);
    case 'value':
      return problems.value(problem.owner, problem.setting);
  }
}

interface NoticeProps {
  readonly tone: 'plain' | 'warning' | 'fault';
  readonly title?: string;
  readonly text: string;
  readonly children?: ReactNode;
}

function Notice({ tone, title, text, children }: NoticeProps): ReactNode {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'plain' ? 'status' : 'alert'}>
      <p>
        {title !== undefined && <b>{title}. </b>}
        {text}
      </p>
      {children !== undefined && <div className={styles.inputs}>{children}</div>}
    </div>
  );
}
