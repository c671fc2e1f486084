import modules from '@reference/modules';
import type { ReactNode } from 'react';
import Inline from './Inline';
import { useReferenceStrings } from './strings';

/** Node's modules that a program of a lab can import, with the names that each has there. */
export default function ModuleList(): ReactNode {
  const strings = useReferenceStrings();
  return (
    <ul>
      {modules.map(({ name, exports }) => (
        <li key={name}>
          <code>{name}</code>: {exports === null ? <Inline text={strings.processModule} /> : <Names names={exports} />}
        </li>
      ))}
    </ul>
  );
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  return names.map((name, index) => (
    <span key={name}>
      {index > 0 && ', '}
      <code>{name}</code>
    </span>
  ));
}
