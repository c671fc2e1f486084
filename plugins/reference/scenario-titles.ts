/** Titles of scenarios in both languages: the English one is the file's own, the Russian ones stand beside. */
import type { BothLanguages } from '../../src/course/define-experiment';
import type { Scenario } from '../../src/scenarios/language/scenario';
import { RUSSIAN_REASONS, RUSSIAN_TITLES } from './scenario-titles.ru';

/** Falls back to English where a scenario is new; tests/unit/reference/titles.test.ts finds that. */
export function titleOf({ file, title }: Scenario): BothLanguages {
  return { en: title, ru: RUSSIAN_TITLES[file] ?? title };
}

/** Why a real cluster may end the scenario differently from run to run, or null. */
export function reasonOf({ file, unstable }: Scenario): BothLanguages | null {
  return unstable === null ? null : { en: unstable, ru: RUSSIAN_REASONS[file] ?? unstable };
}
