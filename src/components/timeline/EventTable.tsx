import { useMemo, useState, type ReactNode } from 'react';
import type { LabWords } from '../../grader/lab';
import { describeEvent } from '../../grader/texts';
import type { Recording, TraceEvent } from '../../simulation/trace';
import { formatNumber, useLocale } from '../format';
import { useResultStrings } from '../result-strings';
import styles from './Listing.module.css';

/** The same events as text, for who reads better in a table; made only once it is opened, for it may be long. */
export function EventTable({
  recording,
  words,
}: {
  readonly recording: Recording;
  readonly words: LabWords;
}): ReactNode {
  const strings = useResultStrings();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{strings.table}</summary>
      {isOpen && <Events recording={recording} words={words} />}
    </details>
  );
}

function Events({ recording, words }: { readonly recording: Recording; readonly words: LabWords }): ReactNode {
  const strings = useResultStrings();
  const locale = useLocale();
  const sentences = useMemo(
    () => recording.events.map((event) => describeEvent(event, locale, words)),
    [recording, locale, words],
  );
  return (
    <div className={styles.tableScroll} tabIndex={0} role="group" aria-label={strings.table}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{strings.step}</th>
            <th scope="col">{strings.time}</th>
            <th scope="col">{strings.lane}</th>
            <th scope="col">{strings.event}</th>
            <th scope="col">{strings.sourceLine}</th>
          </tr>
        </thead>
        <tbody>
          {recording.events.map((event, index) => (
            <tr key={event.step}>
              <td className={styles.figure}>{formatNumber(locale, event.step)}</td>
              <td className={styles.figure}>{strings.atTime(event.time)}</td>
              <td>{placeOf(event)}</td>
              <td>{sentences[index]}</td>
              <td className={styles.figure}>{event.line}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function placeOf(event: TraceEvent): string {
  const from =
    event.incarnation === undefined || event.peer !== undefined ? event.lane : `${event.lane} #${event.incarnation}`;
  return event.peer === undefined ? from : `${from} → ${event.peer}`;
}
