/** Gives the search page, which brings none, the main landmark that every other page has. */
import type { ComponentProps } from 'react';
import { useLocation } from '@docusaurus/router';
import useBaseUrl from '@docusaurus/useBaseUrl';
import OriginalLayout from '@theme-original/Layout';

export default function Layout({ children, ...props }: ComponentProps<typeof OriginalLayout>) {
  const { pathname } = useLocation();
  const isSearchPage = pathname === useBaseUrl('/search/');
  return <OriginalLayout {...props}>{isSearchPage ? <main>{children}</main> : children}</OriginalLayout>;
}
