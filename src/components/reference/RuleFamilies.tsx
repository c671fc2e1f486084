import rules from '@reference/rules';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import { useLocation } from '@docusaurus/router';
import Heading from '@theme/Heading';
import { useEffect, type ReactNode } from 'react';
import { useLocale } from '../format';
import styles from './Reference.module.css';
import { ruleAnchor } from './RuleLink';
import type { RuleEntry, RulePlace } from './rule-data';
import ScenarioLink from './ScenarioLink';
import { useReferenceStrings } from './strings';

const entries = rules.families.flatMap((family) => family.rules);

/** Every family, every rule: where it is in the code and what holds it. */
export default function RuleFamilies(): ReactNode {
  const locale = useLocale();
  const brokenLinks = useBrokenLinks();
  for (const { rule } of entries) brokenLinks.collectAnchor(ruleAnchor(rule));
  useLinkedRule();
  return (
    <>
      <ul className={styles.families}>
        {rules.families.map(({ id, title }) => (
          <li key={id}>
            <a href={`#family-${id.toLowerCase()}`}>
              {id} {title[locale]}
            </a>
          </li>
        ))}
      </ul>
      {rules.families.map(({ id, title, outside, rules: own }) => (
        <section key={id}>
          <Heading as="h3" id={`family-${id.toLowerCase()}`}>
            {id} · {title[locale]}
          </Heading>
          {outside !== null && <p className={styles.facts}>{outside[locale]}</p>}
          <ul className={styles.rules}>
            {own.map((entry) => (
              <Rule key={entry.rule} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Rules without code, and rules without a test: ids that lead to their place above. */
export function RulesWithout({ what }: { readonly what: 'code' | 'test' }): ReactNode {
  const missing = entries.filter(({ code, tests, scenarios }) =>
    what === 'code' ? code.length === 0 : tests.length === 0 && scenarios.length === 0,
  );
  return (
    <p className={styles.ids} data-no-search>
      {missing.map(({ rule }) => (
        <a key={rule} href={`#${ruleAnchor(rule)}`}>
          {rule}
        </a>
      ))}
    </p>
  );
}

function Rule({ entry: { rule, what, code, tests, scenarios } }: { readonly entry: RuleEntry }): ReactNode {
  const strings = useReferenceStrings();
  const locale = useLocale();
  const isHeld = tests.length > 0 || scenarios.length > 0;
  const summary = [
    code.length > 0 ? strings.functions(code.length) : strings.noCode,
    ...(tests.length > 0 ? [strings.testCount(tests.length)] : []),
    ...(scenarios.length > 0 ? [strings.scenarioCount(scenarios.length)] : []),
    ...(isHeld ? [] : [strings.noTests]),
  ].join(' · ');
  const head = (
    <>
      <span className={styles.row}>{rule}</span> {what[locale]} <span className={styles.facts}>{summary}</span>
    </>
  );
  if (code.length === 0 && !isHeld) return <li id={ruleAnchor(rule)}>{head}</li>;
  return (
    <li id={ruleAnchor(rule)}>
      <details>
        <summary>{head}</summary>
        <div data-no-search>
          <Places title={strings.code} places={code} />
          <Places title={strings.tests} places={tests} />
          {scenarios.length > 0 && (
            <>
              <p className={styles.facts}>{strings.scenarios}</p>
              <ul>
                {scenarios.map((file) => (
                  <li key={file}>
                    <ScenarioLink file={file} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </details>
    </li>
  );
}

function Places({ title, places }: { readonly title: string; readonly places: readonly RulePlace[] }): ReactNode {
  const strings = useReferenceStrings();
  if (places.length === 0) return null;
  const files = [...new Set(places.map(({ file }) => file))];
  return (
    <>
      <p className={styles.facts}>{title}</p>
      <ul translate="no">
        {files.map((file) => (
          <li key={file}>
            <code>{file}</code>
            <ul>
              {places
                .filter((place) => place.file === file)
                .map(({ name }) => (
                  <li key={name ?? ''}>{name ?? strings.wholeFile}</li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A link to a rule opens it. */
function useLinkedRule(): void {
  const { hash } = useLocation();
  useEffect(() => {
    const details = hash === '' ? null : document.getElementById(hash.slice(1))?.querySelector('details');
    if (details !== null && details !== undefined) details.open = true;
  }, [hash]);
}
