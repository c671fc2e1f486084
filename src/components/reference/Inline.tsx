import type { ReactNode } from 'react';

/** Text in which backticks mark code. */
export default function Inline({ text }: { readonly text: string }): ReactNode {
  return text.split('`').map((part, at) => (at % 2 === 0 ? part : <code key={at}>{part}</code>));
}
