/** Leads to this page in the other language. With two languages, one link says it better than a list of both. */
import clsx from 'clsx';
import { useAlternatePageUtils } from '@docusaurus/theme-common/internal';
import { useLocation } from '@docusaurus/router';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import styles from './LanguageSwitch.module.css';

export default function LanguageSwitch({ mobile = false }: { readonly mobile?: boolean }) {
  const { i18n } = useDocusaurusContext();
  const { search, hash } = useLocation();
  const { createUrl } = useAlternatePageUtils();
  const other = i18n.locales.find((locale) => locale !== i18n.currentLocale);
  if (other === undefined) return null;

  const { htmlLang, label } = i18n.localeConfigs[other];
  // A plain link: the other language is a site of its own, which the router of this one cannot show.
  const link = (
    <a
      className={clsx(mobile ? 'menu__link' : styles.link)}
      href={createUrl({ locale: other, fullyQualified: false }) + search + hash}
      hrefLang={htmlLang}
      lang={htmlLang}
    >
      {label}
    </a>
  );
  return mobile ? <li className="menu__list-item">{link}</li> : link;
}
