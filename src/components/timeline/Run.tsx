import { deferred } from '../deferred';
import { labModules } from '../load-lab';

interface Props {
  readonly lab: string;
  /** Name of the run in the lab's `lab.ts`. */
  readonly name: string;
  /** False where the page shows the program elsewhere, or has no room for it. */
  readonly withSource?: boolean;
}

/**
 * `<Run lab="first-run" name="dropped-reading" />` in a lesson: a recorded execution to step through. The server renders
 * all of it as an ordered list; it comes to life when the reader reaches for it.
 */
const Run = deferred<Props>({
  occasion: 'reached',
  keyOf: ({ lab, name }) => `${lab}/${name}`,
  load: async ({ lab, name }) => {
    const user = `<Run lab="${lab}" name="${name}" />`;
    const modules = labModules(lab, user);
    const loadRun = modules.runs[name];
    if (loadRun === undefined) {
      throw new Error(`${user}: labs/${lab}/lab.ts names no such run. Known: ${Object.keys(modules.runs).join(', ')}`);
    }
    const [{ default: RunView }, card, run] = await Promise.all([import('./RunView'), modules.card(), loadRun()]);
    return function LoadedRun({ withSource }: Props) {
      return <RunView run={run.default} words={card.default.words} withSource={withSource ?? true} />;
    };
  },
});

export default Run;
