/** Where each rule lives: the code whose comments name it, the tests whose titles do, the scenarios that hold it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RuleEntry, Rules } from '../../src/components/reference/rule-data';
import type { Scenario } from '../../src/scenarios/language/scenario';
import { isTypeScript, listFiles, parse } from '../../tests/tidy/source';
import { citationsIn, titlesIn, type Place } from './citations';
import { RULE_FAMILIES, RULE_IDS } from './rule-list';

const CODE = ['src/simulation', 'src/kafka', 'src/database', 'src/services', 'src/grader', 'src/runner'];
const TESTS = ['tests/unit', 'tests/mutants'];
/** How a scenario is played is code, too: much of a client's profile is there. */
const PLAYERS = ['src/scenarios/model'];

export function readRules(siteDir: string, scenarios: readonly Scenario[]): Rules {
  const parsed = (folders: readonly string[]) =>
    folders
      .flatMap((folder) => listFiles(siteDir, folder))
      .filter(isTypeScript)
      .map((file) => parse(file, readFileSync(path.join(siteDir, file), 'utf8')));
  const code = byRule([...parsed(CODE), ...parsed(PLAYERS)].flatMap(citationsIn));
  const tests = byRule(parsed(TESTS).flatMap(titlesIn));
  const strangers = [...code.keys(), ...tests.keys()].filter((rule) => !RULE_IDS.includes(rule));
  const entry = (rule: string, en: string, ru: string): RuleEntry => ({
    rule,
    what: { en, ru },
    code: withoutRepeats(code.get(rule)),
    tests: withoutRepeats(tests.get(rule)),
    scenarios: scenarios.filter(({ rules }) => rules.includes(rule)).map(({ file }) => file),
  });
  return {
    families: RULE_FAMILIES.map(({ id, title, outside, rules }) => ({
      id,
      title,
      outside,
      rules: rules.map(([number, en, ru]) => entry(`${id}-${number}`, en, ru)),
    })),
    strangers: [...new Set(strangers)].sort(),
  };
}

function byRule(places: readonly (Place & { readonly rule: string })[]): Map<string, Place[]> {
  const result = new Map<string, Place[]>();
  for (const { rule, file, name } of places) result.set(rule, [...(result.get(rule) ?? []), { file, name }]);
  return result;
}

function withoutRepeats(places: readonly Place[] = []): Place[] {
  return [...new Map(places.map((place) => [`${place.file} ${place.name ?? ''}`, place])).values()];
}
