import { deferred } from '../deferred';

interface Props {
  readonly lab: string;
  /** Name of the run in the lab's `lab.ts`. */
  readonly name: string;
  /** False where the page shows the program elsewhere, or has no room for it. */
  readonly withSource?: boolean;
}

/**
 * `<Run lab="first-run" name="lost" />` in a lesson: a recorded execution to step through. The server renders all of
 * it as an ordered list; it comes to life when the reader reaches for it.
 */
const Run = deferred<Props>(() => import('./RunView'), 'reached');

export default Run;
