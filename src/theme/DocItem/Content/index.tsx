/** The text of a lesson; where it is in another language than the page around it, it says so, to everybody's ears too. */
import type { ComponentProps, ReactNode } from 'react';
import { useDoc } from '@docusaurus/plugin-content-docs/client';
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';
import OriginalContent from '@theme-original/DocItem/Content';
import { isUntranslated, Untranslated } from '../../../components/untranslated/Untranslated';

type Props = ComponentProps<typeof OriginalContent>;

export default function DocItemContent(props: Props): ReactNode {
  const { metadata } = useDoc();
  const { currentLocale, defaultLocale } = useDocusaurusContext().i18n;
  if (!isUntranslated(metadata.source, currentLocale, defaultLocale)) return <OriginalContent {...props} />;
  return (
    <>
      <Untranslated />
      <div lang={defaultLocale}>
        <OriginalContent {...props} />
      </div>
    </>
  );
}
