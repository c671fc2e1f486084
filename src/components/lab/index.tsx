import { lazy, Suspense, type ReactNode } from 'react';

const LabView = lazy(() => import('./LabView'));

/**
 * `<Lab id="first-run" />` in a lesson. Rendered on the server like any text; in the page its code is a chunk of its
 * own, which pages without a lab never load, and what the server made stays until that chunk is there.
 */
export default function Lab({ id }: { readonly id: string }): ReactNode {
  return (
    <Suspense fallback={null}>
      <LabView id={id} />
    </Suspense>
  );
}
