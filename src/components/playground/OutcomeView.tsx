import clsx from 'clsx';
import { useMemo, type ReactNode } from 'react';
import { outcomeOf, type Outcome } from '../../course/playground/outcome';
import { valueOf } from '../../course/playground/settings';
import type { Snapshot } from '../../course/playground/snapshot';
import type { Setup } from '../../course/playground/state';
import styles from './Playground.module.css';
import { usePlaygroundStrings } from './strings';

/** What has come of the records, in sentences; what went wrong is coloured and worded. */
export function OutcomeView({ snapshot, setup }: { readonly snapshot: Snapshot; readonly setup: Setup }): ReactNode {
  const strings = usePlaygroundStrings();
  const outcome = useMemo(() => outcomeOf(snapshot), [snapshot]);
  const { missing, repeated, groups, confirmed, results } = outcome;
  const isFlawless =
    missing.length + repeated.length + (results === null ? 0 : results.missing.length + results.repeated.length) ===
      0 && groups.every(({ again, skipped, aborted }) => again.length + skipped.length + aborted.length === 0);
  return (
    <section className={styles.outcome} aria-label={strings.outcome}>
      <h3 className={styles.panelTitle}>{strings.outcome}</h3>
      <p>{strings.outcomeOf(outcome, acksOf(setup))}</p>
      {missing.length > 0 && <p className={clsx(styles.verdict, styles.lost)}>{strings.missing(missing)}</p>}
      {repeated.length > 0 && <p className={clsx(styles.verdict, styles.twice)}>{strings.repeated(repeated)}</p>}
      {groups.map(({ group, processed, again, skipped, aborted }) => (
        <div key={group}>
          <p>{strings.groupOutcome(group, processed)}</p>
          {skipped.length > 0 && <p className={clsx(styles.verdict, styles.lost)}>{strings.skipped(skipped)}</p>}
          {aborted.length > 0 && <p className={clsx(styles.verdict, styles.lost)}>{strings.dirty(aborted)}</p>}
          {again.length > 0 && <p className={clsx(styles.verdict, styles.twice)}>{strings.again(again)}</p>}
        </div>
      ))}
      {results !== null && results.stored + results.missing.length > 0 && <Results results={results} />}
      {isFlawless && confirmed > 0 && <p className={clsx(styles.verdict, styles.well)}>{strings.flawless}</p>}
    </section>
  );
}

function Results({ results }: { readonly results: NonNullable<Outcome['results']> }): ReactNode {
  const strings = usePlaygroundStrings();
  const { missing, repeated } = results;
  return (
    <div>
      <p>{strings.results(results)}</p>
      {missing.length > 0 && <p className={clsx(styles.verdict, styles.lost)}>{strings.resultsMissing(missing)}</p>}
      {repeated.length > 0 && <p className={clsx(styles.verdict, styles.twice)}>{strings.resultsRepeated(repeated)}</p>}
    </div>
  );
}

/** How producers have it confirmed: one value for all, or null. */
function acksOf({ producers, client }: Setup): string | null {
  const all = new Set(producers.map((values) => valueOf('producer', values, 'acks', client)));
  const [acks] = all;
  return all.size === 1 && acks !== undefined ? acks : null;
}
