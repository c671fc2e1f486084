import type { ReactNode } from 'react';
import { deferred } from '../deferred';
import { labModules } from '../load-lab';
import type { CheckKind } from './read-question';

interface Props {
  /** Unique in the course and never changed: the learner's answer is kept under it. By custom `<lesson>-<what>`. */
  readonly id: string;
  readonly kind: CheckKind;
  /** Of a `point` question: the run to point at, as in `<Run lab="…" name="…" />`. */
  readonly lab?: string;
  readonly run?: string;
  /** The question, then its `Option`s. */
  readonly children: ReactNode;
}

/**
 * `<Check id="…" kind="single">…</Check>` in a lesson: a question whose every answer is explained. CONTRIBUTING.md has an
 * example of each kind.
 */
const Check = deferred<Props>({
  occasion: 'reached',
  keyOf: ({ kind, lab, run }) => (kind === 'point' ? `${lab}/${run}` : 'choice'),
  load: async ({ id, kind, lab, run }) => {
    if (kind !== 'point') {
      const { default: CheckView } = await import('./CheckView');
      return (props: Props) => <CheckView {...props} run={null} words={null} />;
    }
    const user = `<Check id="${id}" kind="point">`;
    const modules = labModules(lab ?? '', user);
    const loadRun = modules.runs[run ?? ''];
    if (loadRun === undefined) throw new Error(`${user}: labs/${lab}/lab.ts names no run "${run}".`);
    const [{ default: CheckView }, card, loaded] = await Promise.all([
      import('./CheckView'),
      modules.card(),
      loadRun(),
    ]);
    return (props: Props) => <CheckView {...props} run={loaded.default} words={card.default.words} />;
  },
});

export default Check;
