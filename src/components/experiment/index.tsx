import { experiments } from '@course/experiments';
import { deferred } from '../deferred';

interface Props {
  readonly id: string;
  /** Options that the page begins with, by switch, where they are not the first: `{ crash: 'between' }`. */
  readonly begin?: Readonly<Record<string, string>>;
  /** False where there is no room for the program. */
  readonly withSource?: boolean;
}

/** `<Experiment id="commit-before-or-after" />` in a lesson: a program with switches, and what each combination comes to. */
const Experiment = deferred<Props>({
  occasion: 'reached',
  keyOf: ({ id }) => id,
  load: async ({ id }) => {
    const loadData = experiments[id];
    if (loadData === undefined) {
      const known = Object.keys(experiments).join(', ');
      throw new Error(`<Experiment id="${id}" />: there is no folder experiments/${id}. Known: ${known}`);
    }
    const [{ default: ExperimentView }, data] = await Promise.all([import('./ExperimentView'), loadData()]);
    return function LoadedExperiment({ begin, withSource }: Props) {
      return <ExperimentView data={data.default} begin={begin ?? {}} withSource={withSource ?? true} />;
    };
  },
});

export default Experiment;
