import type { ReactNode } from 'react';
import { useLocale } from '../format';
import styles from './Reference.module.css';
import { useReferenceStrings } from './strings';
import type { Letter, Printed, Transcript as TranscriptData, TranscriptBlock } from './transcript';

interface Props {
  readonly transcript: TranscriptData;
}

/** A scenario: its commands, and under each block what was printed, by whom. */
export default function Transcript({ transcript }: Props): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  return (
    <div className={styles.transcript} data-no-search>
      {transcript.blocks.map((block, at) => (
        <Block key={at} block={block} />
      ))}
      <ul className={styles.notes}>
        {transcript.unstable !== null && (
          <li>
            {strings.unstable}
            {transcript.unstable[locale]}
          </li>
        )}
        {transcript.clients.map(({ letter, client, runs, date }) => (
          <li key={letter}>
            {client === null || date === null
              ? strings.notRecorded(letter)
              : `${letter} ${strings.runs(client, runs, date)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Block({ block }: { readonly block: TranscriptBlock }): ReactNode {
  const strings = useReferenceStrings();
  return (
    <>
      <pre className={styles.commands} translate="no">
        {block.commands.join('\n')}
      </pre>
      {block.printed.length > 0 && (
        <table className={styles.printed}>
          <thead>
            <tr>
              <th scope="col">{strings.printed}</th>
              <th scope="col">{strings.expected}</th>
              <th scope="col">{strings.onKafka}</th>
              <th scope="col">{strings.onModel}</th>
            </tr>
          </thead>
          <tbody>
            {block.printed.map((printed, at) => (
              <PrintedRow key={at} printed={printed} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function PrintedRow({ printed: { lines, expected, kafka, model } }: { readonly printed: Printed }): ReactNode {
  const strings = useReferenceStrings();
  const recorded = kafka.map(({ letter, times }) => (times === null ? letter : `${letter} ${strings.times(times)}`));
  return (
    <tr>
      <td translate="no">
        {lines.length === 0 ? strings.nothing : lines.map((line, at) => <code key={at}>{line}</code>)}
      </td>
      <td>{letters(expected)}</td>
      <td>{recorded.join(' ') || '–'}</td>
      <td>{letters(model)}</td>
    </tr>
  );
}

function letters(all: readonly Letter[]): string {
  return all.join(' ') || '–';
}
