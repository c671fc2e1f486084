import type { BothLanguages } from '../../../src/course/define-experiment';

/** Rules that belong together, e.g. LOG: LOG-1, LOG-2 … Numbers are never given twice. */
export interface RuleFamily {
  readonly id: string;
  readonly title: BothLanguages;
  /** Why many of its rules have no function here, or null. */
  readonly outside: BothLanguages | null;
  /** Number, English, Russian: what the rule is about, in a sentence. */
  readonly rules: readonly (readonly [number, string, string])[];
}
