/** What stands beneath the table: differences, what is left out, corrections. */
import fidelity from '@reference/fidelity';
import type { ReactNode } from 'react';
import { useLocale } from '../format';
import Inline from './Inline';
import styles from './Reference.module.css';
import RuleLink from './RuleLink';
import ScenarioLink from './ScenarioLink';
import { useReferenceStrings } from './strings';

export function Differences(): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  const differing = fidelity.rows.flatMap((row) =>
    row.cells.filter(({ standing }) => standing === 'differs').map((cell) => ({ row, cell })),
  );
  if (differing.length === 0) return <p>{strings.noDifferences}</p>;
  return (
    <ul>
      {differing.map(({ row, cell }) => (
        <li key={`${row.file} ${cell.letter}`}>
          <ScenarioLink file={row.file} /> {cell.letter}: {cell.reason?.[locale] ?? strings.reasonMissing}
        </li>
      ))}
    </ul>
  );
}

export function NotModelled(): ReactNode {
  const locale = useLocale();
  return (
    <ul>
      {fidelity.notModelled.map(({ rules, what }) => (
        <li key={what.en}>
          <Inline text={what[locale]} /> <Rules rules={rules} />
        </li>
      ))}
    </ul>
  );
}

export function Corrections(): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  return (
    <ul className={styles.corrections}>
      {fidelity.corrections.map(({ rules, was, is, scenarios }) => (
        <li key={was.en}>
          <Rules rules={rules} />
          <dl>
            <dt>{strings.was}</dt>
            <dd>
              <Inline text={was[locale]} />
            </dd>
            <dt>{strings.is}</dt>
            <dd>
              <Inline text={is[locale]} />
            </dd>
            <dt>{strings.seenIn}</dt>
            <dd>
              {scenarios.map((file) => (
                <span key={file}>
                  <ScenarioLink file={file} />{' '}
                </span>
              ))}
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Rules({ rules }: { readonly rules: readonly string[] }): ReactNode {
  return (
    <span>
      {rules.map((rule) => (
        <RuleLink key={rule} rule={rule} />
      ))}
    </span>
  );
}
