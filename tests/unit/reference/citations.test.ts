/** Where rules are named, as the page about rules shows it. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { citationsIn, rulesIn, titlesIn } from '../../../plugins/reference/citations';
import { RULE_IDS } from '../../../plugins/reference/rule-list';
import { readRules } from '../../../plugins/reference/rules';
import { readScenarios } from '../../scenarios/scenario-files';
import { parse } from '../../tidy/source';

const root = path.resolve(import.meta.dirname, '../../..');

describe('rules in a text', () => {
  it.each([
    ['nothing (UTF-8, KIP-848)', []],
    ['see LOG-3 and PID-15', ['LOG-3', 'PID-15']],
    ['CON-3b', ['CON-3']],
    ['CLI-2/3', ['CLI-2', 'CLI-3']],
    ['TXN-7..9', ['TXN-7', 'TXN-8', 'TXN-9']],
    ['ACK-1 … ACK-3', ['ACK-1', 'ACK-2', 'ACK-3']],
  ])('%s', (text, expected) => {
    expect(rulesIn(text)).toEqual(expected);
  });
});

describe('comments that name rules', () => {
  const namesIn = (text: string) => citationsIn(parse('a.ts', text)).map(({ rule, name }) => `${rule} ${name}`);

  it('belong to the declaration that they stand at or in', () => {
    expect(namesIn('/** LOG-1. */\nexport function f() {}\n')).toEqual(['LOG-1 f']);
    expect(namesIn('function f() {\n  // LOG-2: why\n  return 1;\n}\n')).toEqual(['LOG-2 f']);
    expect(namesIn('class C {\n  /** LOG-3 */\n  m() {\n    g(); // LOG-4\n  }\n}\n')).toEqual([
      'LOG-3 C.m',
      'LOG-4 C.m',
    ]);
    expect(namesIn('/** LOG-5 */\nconst TABLE = {\n  // LOG-6\n  a: 1,\n};\n')).toEqual(['LOG-5 TABLE', 'LOG-6 TABLE']);
  });

  it('belong to the file when they open it', () => {
    expect(namesIn("/** About LOG-1. */\nimport { x } from './x';\nexport const y = x;\n")).toEqual(['LOG-1 null']);
  });

  it('are not strings', () => {
    expect(namesIn("const a = 'LOG-1'; const b = `// LOG-2`;\n")).toEqual([]);
  });
});

describe('titles that name rules', () => {
  it('are those of tests, of tables of tests and of groups', () => {
    const text = "describe('LOG-1', () => { it('LOG-2: x', f); it.each(rows)('LOG-3 %s', f); });\nnote('LOG-4');\n";
    expect(titlesIn(parse('a.test.ts', text)).map(({ rule }) => rule)).toEqual(['LOG-1', 'LOG-2', 'LOG-3']);
  });
});

describe('the list of rules', () => {
  const rules = readRules(root, readScenarios());

  it('gives no number twice', () => {
    expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length);
  });

  it('has every rule that code, tests and scenarios name', () => {
    expect(rules.strangers, 'a slip of the pen, or add it to plugins/reference/rule-list/').toEqual([]);
    const ofScenarios = readScenarios().flatMap((scenario) => scenario.rules);
    expect(ofScenarios.filter((rule) => !RULE_IDS.includes(rule))).toEqual([]);
  });

  it('finds what can be found by hand', () => {
    const found = rules.families.flatMap((family) => family.rules).find(({ rule }) => rule === 'PID-5');
    expect(found?.code).toContainEqual({ file: 'src/kafka/broker/producer-state-entry.ts', name: 'duplicateOf' });
    expect(found?.scenarios).toContain('idempotence/dif-20-same-batch-twice');
  });
});
