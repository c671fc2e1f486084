/** What the reference pages say, in both languages, and that what they point at is there. */
import { describe, expect, it } from 'vitest';
import { CONFLUENT_FINDINGS } from '../../../plugins/reference/findings/confluent';
import { KAFKAJS_FINDINGS } from '../../../plugins/reference/findings/kafkajs';
import { RULE_IDS } from '../../../plugins/reference/rule-list';
import { RUSSIAN_REASONS, RUSSIAN_TITLES } from '../../../plugins/reference/scenario-titles.ru';
import { FAULT_ORDER } from '../../../src/grader/faults';
import { ANOMALY_ORDER, MEANINGS } from '../../../src/grader/texts/meanings';
import { CORRECTIONS } from '../../conformance/corrections';
import { NOT_MODELLED } from '../../conformance/not-modelled';
import { readScenarios } from '../../scenarios/scenario-files';

const scenarios = readScenarios();
const files = scenarios.map(({ file }) => file);
const findings = [...KAFKAJS_FINDINGS, ...CONFLUENT_FINDINGS];

describe('titles of scenarios', () => {
  it('are there in Russian, and no others', () => {
    const unstable = scenarios.filter((scenario) => scenario.unstable !== null).map(({ file }) => file);
    expect(Object.keys(RUSSIAN_REASONS).sort()).toEqual(unstable.sort());
    expect(Object.keys(RUSSIAN_TITLES).sort(), 'see plugins/reference/scenario-titles.ru.ts').toEqual(
      [...files].sort(),
    );
  });
});

describe('findings about clients', () => {
  it('have anchors of their own', () => {
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
  });

  it.each(findings)('$id: shows runs of scenarios that its client can play', ({ runs, letter, rules }) => {
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(scenarios.find(({ file }) => file === run)?.by, run).toContain(letter);
    for (const rule of rules) expect(RULE_IDS).toContain(rule);
  });
});

describe('corrections and limits', () => {
  it('name rules and scenarios that exist', () => {
    for (const { rules } of [...CORRECTIONS, ...NOT_MODELLED])
      for (const rule of rules) expect(RULE_IDS).toContain(rule);
    for (const correction of CORRECTIONS) for (const file of correction.scenarios) expect(files).toContain(file);
  });
});

describe('faults and anomalies', () => {
  it.each([...FAULT_ORDER, ...ANOMALY_ORDER])('%s has a meaning in both languages', (id) => {
    expect(MEANINGS.en[id]).toMatch(/^[A-Z].*\.$/);
    expect(MEANINGS.ru[id]).toMatch(/^[А-ЯЁ].*\.$/);
  });
});
