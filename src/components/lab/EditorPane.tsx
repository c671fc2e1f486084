import type { LabCard } from '@course/labs';
import CodeBlock from '@theme/CodeBlock';
import { useState, type ReactNode } from 'react';
import { useStrings } from '../strings';
import { FileTabs } from './FileTabs';
import styles from './Lab.module.css';
import type { Work } from './LabView';
import { CopyNotices, Notices } from './Notices';
import { Program } from './Program';
import { Toolbar } from './Toolbar';

interface Props {
  readonly card: LabCard;
  readonly work: Work;
}

/** The program with its files, what may be done with it and what has to be known of it. */
export function EditorPane({ card, work }: Props): ReactNode {
  const strings = useStrings();
  const { draft, copy, line, code, mode, setMode } = work;
  const file = `${card.process}.ts`;
  const [shown, show] = useState(file);
  const beside = card.inputs.find((input) => input.name === shown);
  const isStarter = code === card.starter;
  return (
    <div className={styles.editor}>
      <Toolbar
        {...{ isStarter }}
        draft={draft.state}
        isCopy={work.isCopy}
        isReading={mode === 'read' && beside === undefined}
        {...work.running}
        onEdit={() => setMode('edit')}
        onReset={draft.session.reset}
      >
        <FileTabs {...{ file, shown }} inputs={card.inputs} onShow={show} />
      </Toolbar>
      <CopyNotices {...{ work }} />
      <Notices {...{ file, isStarter }} draft={draft.state} session={draft.session} />
      {beside === undefined ? (
        <Program
          {...{ file, mode, code }}
          shown={line.shown}
          goTo={line.goTo}
          breakpoints={line.breakpoints}
          onBreakpoint={line.toggleBreakpoint}
          lab={card.id}
          inputs={card.inputs}
          isFilling={work.address.isFull}
          diagnosis={work.diagnosis}
          onChange={work.isCopy ? copy.edit : draft.session.edit}
          onEdit={() => setMode('edit')}
          onRun={work.run}
        />
      ) : (
        <div className={styles.reading} role="group" aria-label={strings.readOnlyFile(beside.name)}>
          <CodeBlock language="ts" showLineNumbers>
            {beside.text}
          </CodeBlock>
        </div>
      )}
    </div>
  );
}
