import CodeBlock from '@theme/CodeBlock';
import { memo, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface Props {
  readonly code: string;
  /** Line to mark, counted from 1; null for none. */
  readonly line: number | null;
}

const MARKED = 'theme-code-block-highlighted-line';

/**
 * A program to read, with its current line marked. The mark moves in the page: to draw the program anew for it costs a
 * step more than all the rest.
 */
export function MarkedCode({ code, line }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  // Drawn with the text, so that the line is marked before any script runs.
  const [first] = useState(line);
  useLayoutEffect(() => {
    const lines = box.current?.getElementsByClassName('token-line');
    const marked = line === null ? undefined : lines?.item(line - 1);
    for (const other of Array.from(box.current?.getElementsByClassName(MARKED) ?? []))
      if (other !== marked) other.classList.remove(MARKED);
    marked?.classList.add(MARKED);
  }, [code, line]);
  return (
    <div ref={box}>
      <Code code={code} line={first} />
    </div>
  );
}

const Code = memo(function Code({ code, line }: Props): ReactNode {
  return (
    <CodeBlock language="ts" showLineNumbers metastring={line === null ? undefined : `{${line}}`}>
      {code}
    </CodeBlock>
  );
});
