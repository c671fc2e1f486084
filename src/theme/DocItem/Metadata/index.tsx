/** What others are told of a page: its title, what it is about, and the picture that `plugins/page-pictures` has drawn. */
import type { ReactNode } from 'react';
import { PageMetadata } from '@docusaurus/theme-common';
import { useDoc } from '@docusaurus/plugin-content-docs/client';

export default function DocItemMetadata(): ReactNode {
  const { metadata, frontMatter } = useDoc();
  return (
    <PageMetadata
      title={metadata.title}
      description={metadata.description}
      keywords={frontMatter.keywords}
      image={`og/${metadata.id}.png`}
    />
  );
}
