import { lazy, Suspense, type ReactNode } from 'react';

const RunView = lazy(() => import('./RunView'));

interface Props {
  readonly lab: string;
  /** Name of the run in the lab's `lab.ts`. */
  readonly name: string;
  /** Without the program where the page shows it elsewhere, or has no room for it. */
  readonly withSource?: boolean;
}

/**
 * `<Run lab="first-run" name="lost" />` in a lesson: a recorded execution to step through. The server renders all of
 * it as an ordered list; the controls come to life when the chunk is there.
 */
export default function Run({ lab, name, withSource = true }: Props): ReactNode {
  return (
    <Suspense fallback={null}>
      <RunView lab={lab} name={name} withSource={withSource} />
    </Suspense>
  );
}
