import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';
import styles from './Reference.module.css';

/** The anchor of a rule on the page about rules. */
export function ruleAnchor(rule: string): string {
  return rule.toLowerCase();
}

/** A rule's id, leading to what is known of it. Rows of the differential table have no page of their own. */
export default function RuleLink({ rule }: { readonly rule: string }): ReactNode {
  return (
    <Link className={styles.rule} to={`/lessons/reference/rules/#${ruleAnchor(rule)}`}>
      {rule}
    </Link>
  );
}
