import fidelity from '@reference/fidelity';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import useIsBrowser from '@docusaurus/useIsBrowser';
import { useLocation } from '@docusaurus/router';
import clsx from 'clsx';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { formatNumber, useLocale } from '../format';
import FidelityDetails from './FidelityDetails';
import { STANDINGS, type FidelityRow, type Standing } from './fidelity-data';
import styles from './Reference.module.css';
import { useReferenceStrings } from './strings';
import { LETTERS, type Letter } from './transcript';

/** A shape each, so that colour says nothing alone. */
const MARKS: Readonly<Record<Standing, string>> = {
  same: '=',
  differs: '≠',
  recorded: '●',
  model: '○',
  'not run': '–',
};
const MARK_STYLES: Readonly<Record<Standing, string>> = {
  same: styles.same,
  differs: styles.differs,
  recorded: styles.recorded,
  model: styles.model,
  'not run': styles.notRun,
};
const COLUMNS = LETTERS.length + 1;

const guaranteesOfRows = [...new Set(fidelity.rows.map(({ file }) => file.split('/')[0]!))];
const cells = fidelity.rows.flatMap((row) => row.cells);

/** The anchor of a scenario's row. */
export function anchorOf(file: string): string {
  return file.split('/')[1]!;
}

/** Every scenario with every client: what the model and a real Kafka printed. */
export default function FidelityTable(): ReactNode {
  const strings = useReferenceStrings();
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useOpenRows();
  const brokenLinks = useBrokenLinks();
  for (const { file } of fidelity.rows) brokenLinks.collectAnchor(anchorOf(file));
  // In the order in which one reads about them; one that has no name yet comes last.
  const known = Object.keys(strings.guarantees);
  const guarantees = [...known, ...guaranteesOfRows.filter((guarantee) => !known.includes(guarantee))];
  const asked = useDeferredValue(filter.trim().toLowerCase());
  const rows = fidelity.rows.filter((row) => textOf(row).includes(asked));
  return (
    <>
      <Legend />
      <label className={styles.filter}>
        {strings.filter}
        <input
          type="search"
          placeholder={strings.filterHint}
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
      </label>
      <p className={styles.shown} role="status">
        {rows.length === 0 ? strings.noneFound : strings.shown(rows.length)}
      </p>
      {rows.length > 0 && (
        <table className={styles.fidelity}>
          <thead>
            <tr>
              <th scope="col">{strings.scenario}</th>
              {LETTERS.map((letter) => (
                <th key={letter} scope="col" title={fidelity.clients[letter]}>
                  {letter}
                </th>
              ))}
            </tr>
          </thead>
          {guarantees.map((guarantee) => (
            <Guarantee
              key={guarantee}
              name={strings.guarantees[guarantee] ?? guarantee}
              rows={rows.filter(({ file }) => file.startsWith(`${guarantee}/`))}
              open={open}
              setOpen={setOpen}
            />
          ))}
        </table>
      )}
    </>
  );
}

function Legend(): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  const count = (standing: Standing): number => cells.filter((cell) => cell.standing === standing).length;
  return (
    <>
      <p>
        {strings.counts(fidelity.rows.length, cells.length)}{' '}
        {fidelity.from !== null && fidelity.until !== null && strings.recordedOn(fidelity.from, fidelity.until)}
      </p>
      <ul className={styles.legend}>
        {STANDINGS.filter((standing) => count(standing) > 0 || standing === 'differs').map((standing) => (
          <li key={standing}>
            <Mark standing={standing} /> <strong>{formatNumber(locale, count(standing))}</strong>{' '}
            {strings.standings[standing]}: {strings.standingsMeaning[standing]}
          </li>
        ))}
      </ul>
      <ul className={styles.legend}>
        {LETTERS.map((letter) => (
          <li key={letter}>
            <span className={styles.letter}>{letter}</span> {fidelity.clients[letter]}
          </li>
        ))}
      </ul>
    </>
  );
}

interface GuaranteeProps {
  readonly name: string;
  readonly rows: readonly FidelityRow[];
  readonly open: ReadonlySet<string>;
  readonly setOpen: (file: string, isOpen: boolean) => void;
}

function Guarantee({ name, rows, open, setOpen }: GuaranteeProps): ReactNode {
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr>
        <th className={styles.guarantee} colSpan={COLUMNS} scope="rowgroup">
          {name}
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.file} row={row} isOpen={open.has(row.file)} setOpen={setOpen} />
      ))}
    </tbody>
  );
}

interface RowProps {
  readonly row: FidelityRow;
  readonly isOpen: boolean;
  readonly setOpen: GuaranteeProps['setOpen'];
}

function Row({ row, isOpen, setOpen }: RowProps): ReactNode {
  const locale = useLocale();
  const anchor = anchorOf(row.file);
  return (
    <>
      <tr id={anchor}>
        <th scope="row">
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={isOpen ? `${anchor}-details` : undefined}
            onClick={() => setOpen(row.file, !isOpen)}
          >
            <span className={styles.row}>{row.row}</span> {row.title[locale]}
          </button>
        </th>
        {LETTERS.map((letter) => (
          <td key={letter}>
            <Cell row={row} letter={letter} />
          </td>
        ))}
      </tr>
      {isOpen && (
        <tr id={`${anchor}-details`}>
          <td className={styles.details} colSpan={COLUMNS}>
            <FidelityDetails row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

function Cell({ row, letter }: { readonly row: FidelityRow; readonly letter: Letter }): ReactNode {
  const cell = row.cells.find((candidate) => candidate.letter === letter);
  return cell === undefined ? null : <Mark standing={cell.standing} />;
}

function Mark({ standing }: { readonly standing: Standing }): ReactNode {
  const name = useReferenceStrings().standings[standing];
  return (
    <span className={clsx(styles.mark, MARK_STYLES[standing])} role="img" aria-label={name} title={name}>
      {MARKS[standing]}
    </span>
  );
}

/** What can be looked for in a row. */
function textOf({ row, file, title, rules }: FidelityRow): string {
  return [row, file, title.en, title.ru, ...rules].join(' ').toLowerCase();
}

/** The open rows; one that is linked to is open until the reader closes it. */
function useOpenRows(): [ReadonlySet<string>, (file: string, isOpen: boolean) => void] {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { hash } = useLocation();
  // The server knows no hash, and the page that it made has to be taken over as it is.
  const isBrowser = useIsBrowser();
  const isOpen = ({ file }: FidelityRow): boolean => chosen.get(file) ?? (isBrowser && hash === `#${anchorOf(file)}`);
  const open = new Set(fidelity.rows.filter(isOpen).map(({ file }) => file));
  return [open, (file, isOpen) => setChosen((before) => new Map(before).set(file, isOpen))];
}
