import Translate from '@docusaurus/Translate';
import type { ReactNode } from 'react';
import styles from './Untranslated.module.css';

/**
 * Whether a page is shown in another language than the reader's, because nobody has translated it yet.
 * @param source where its text comes from, as Docusaurus has it: `@site/docs/…`, or `@site/i18n/<locale>/…`
 */
export function isUntranslated(source: string, locale: string, defaultLocale: string): boolean {
  return locale !== defaultLocale && !source.startsWith(`@site/i18n/${locale}/`);
}

/** Above the text of such a page: that it is in English, and that this is no mistake of the reader's. */
export function Untranslated(): ReactNode {
  return (
    <p className={styles.notice} role="note">
      <Translate id="untranslated">This page is not translated yet; it is shown in English.</Translate>
    </p>
  );
}
