/** What a question is written with in MDX; `CheckView` reads it and draws it in its own way. */
import type { ReactNode } from 'react';

export interface OptionProps {
  /** Part of the right answer. Not for `order`, where the right answer is the order in which the options are written. */
  readonly right?: boolean;
  /** Of a `point` question: the step, as `<kind of event> <n-th of its kind>`: `process-crash 1`. */
  readonly at?: string;
  readonly children: ReactNode;
}

/** One answer, with its explanation in a `Because`. */
export function Option({ children }: OptionProps): ReactNode {
  return <div>{children}</div>;
}

/** Why an answer is right or wrong; directly in a `Check`, what is said of any other answer. */
export function Because({ children }: { readonly children: ReactNode }): ReactNode {
  return <div>{children}</div>;
}
