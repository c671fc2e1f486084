/** The search box, whose name for screen readers is English whatever the language. */
import { useEffect, useRef, type ComponentProps } from 'react';
import { translate } from '@docusaurus/Translate';
import OriginalSearchBar from '@theme-original/SearchBar';

export default function SearchBar(props: ComponentProps<typeof OriginalSearchBar>) {
  const box = useRef<HTMLDivElement>(null);
  const name = translate({ id: 'theme.SearchBar.label', message: 'Search' });
  useEffect(() => box.current?.querySelector('input')?.setAttribute('aria-label', name), [name]);
  return (
    <div ref={box} style={{ display: 'contents' }}>
      <OriginalSearchBar {...props} />
    </div>
  );
}
