import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';

/** A scenario's file, leading to its row on the page about fidelity. */
export default function ScenarioLink({ file }: { readonly file: string }): ReactNode {
  const name = file.split('/')[1]!;
  return (
    <Link to={`/lessons/reference/fidelity/#${name}`} translate="no">
      <code>{name}</code>
    </Link>
  );
}
