import type { BothLanguages } from '../../../src/course/define-experiment';

/** Something that a program can meet in a client and would not expect. Only what has been run stands here. */
export interface Finding {
  readonly id: string;
  readonly letter: 'K' | 'C';
  readonly rules: readonly string[];
  readonly title: BothLanguages;
  readonly what: BothLanguages;
  /** The way round it. */
  readonly remedy: BothLanguages;
  readonly code?: string;
  /** Files under tests/scenarios/ whose recorded runs show it. */
  readonly runs: readonly string[];
}
