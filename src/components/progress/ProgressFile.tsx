import Translate, { translate } from '@docusaurus/Translate';
import { useRef, useState, type ReactNode } from 'react';
import { mergeProgressFile, readProgressFile, writeProgressFile, type FileProblem } from '../../course/progress-file';
import { formatNumber, useLocale } from '../format';
import { pageStorage } from '../lab/storage';
import { saveFile } from '../save-file';
import styles from './Progress.module.css';
import { announceProgress } from './progress-news';

type Outcome =
  | { readonly kind: 'merged'; readonly count: number; readonly refused: number }
  | { readonly kind: FileProblem | 'storage' };

/** Progress out of this browser and into another. */
export function ProgressFile(): ReactNode {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const locale = useLocale();
  const save = async (): Promise<void> => {
    const file = await writeProgressFile(pageStorage(), Date.now());
    const name = `exactly-once-${file.savedAt.slice(0, 10)}.json`;
    saveFile(name, JSON.stringify(file, null, 1), 'application/json');
  };
  const read = async (file: File): Promise<void> => {
    const found = readProgressFile(await file.text());
    if (!found.ok) {
      setOutcome({ kind: found.problem });
      return;
    }
    const count = await mergeProgressFile(pageStorage(), found.file);
    announceProgress();
    setOutcome({ kind: 'merged', count, refused: found.refused });
  };
  const orStorage = (work: Promise<void>): void => void work.catch(() => setOutcome({ kind: 'storage' }));
  return (
    <section>
      <h2 id="file">
        <Translate id="progress.file.title">As a file</Translate>
      </h2>
      <p>
        <Translate id="progress.file.text">
          Your programs, verdicts and answers are kept in this browser and nowhere else. A file takes them to another
          browser, and is a copy for the day this one is cleared. Reading a file in takes nothing away: what both have
          is merged.
        </Translate>
      </p>
      <div className={styles.actions}>
        <button type="button" className={styles.button} onClick={() => orStorage(save())}>
          <Translate id="progress.file.save">Save a progress file</Translate>
        </button>
        <button type="button" className={styles.button} onClick={() => input.current?.click()}>
          <Translate id="progress.file.read">Read a progress file</Translate>
        </button>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) orStorage(read(file));
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p role="status">{outcome === null ? '' : wordsOf(outcome, (count) => formatNumber(locale, count))}</p>
    </section>
  );
}

function wordsOf(outcome: Outcome, format: (count: number) => string): string {
  switch (outcome.kind) {
    case 'merged':
      return translate(
        {
          id: 'progress.file.merged',
          message: 'Read and merged. Records: {count}; not understood and left out: {refused}.',
        },
        { count: format(outcome.count), refused: format(outcome.refused) },
      );
    case 'no-json':
    case 'other-file':
      return translate({
        id: 'progress.file.other',
        message: 'This is no progress file of this course, or it is damaged.',
      });
    case 'newer-form':
      return translate({
        id: 'progress.file.newer',
        message: 'This file was written by a newer version of the course. Reload the page and read it again.',
      });
    case 'storage':
      return translate({
        id: 'progress.file.storage',
        message: 'The browser’s storage does not answer: it may be full or blocked for this page.',
      });
  }
}
