import { transcripts } from '@reference/transcripts';
import { useEffect, useState, type ReactNode } from 'react';
import { useLocale } from '../format';
import type { FidelityRow } from './fidelity-data';
import styles from './Reference.module.css';
import RuleLink from './RuleLink';
import { useReferenceStrings } from './strings';
import Transcript from './Transcript';
import type { Transcript as TranscriptData } from './transcript';

/** What a row shows when it is opened; its transcript is loaded then. */
export default function FidelityDetails({ row }: { readonly row: FidelityRow }): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  const transcript = useTranscript(row.file);
  const name = row.file.split('/')[1]!;
  return (
    <>
      <p className={styles.facts}>
        {row.rules.map((rule) => (
          <RuleLink key={rule} rule={rule} />
        ))}{' '}
        · {strings.brokers(row.brokers)} · <code>tests/scenarios/{row.file}.txt</code>
      </p>
      {row.cells
        .filter(({ standing }) => standing !== 'same' && standing !== 'recorded')
        .map(({ letter, standing, reason }) => (
          <p key={letter}>
            {letter}: {strings.standings[standing]}. {reason?.[locale] ?? strings.reasonMissing}
          </p>
        ))}
      {transcript === 'loading' && <p role="status">{strings.loading}</p>}
      {transcript === 'failed' && <p role="alert">{strings.failed}</p>}
      {typeof transcript === 'object' && <Transcript transcript={transcript} />}
      <p className={styles.facts}>{strings.again}</p>
      <pre className={styles.commands} translate="no">
        {`npm run scenarios -- ${name}\nnpm run conformance -- ${name}`}
      </pre>
    </>
  );
}

function useTranscript(file: string): TranscriptData | 'loading' | 'failed' {
  const [transcript, setTranscript] = useState<TranscriptData | 'loading' | 'failed'>('loading');
  useEffect(() => {
    let isWanted = true;
    const load = transcripts[file.split('/')[0]!];
    const show = (what: TranscriptData | 'failed'): void => {
      if (isWanted) setTranscript(what);
    };
    if (load === undefined) show('failed');
    else
      load().then(
        ({ default: all }) => show(all[file] ?? 'failed'),
        () => show('failed'),
      );
    return () => {
      isWanted = false;
    };
  }, [file]);
  return transcript;
}
