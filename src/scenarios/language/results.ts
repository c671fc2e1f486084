/** Scenarios × clients × results, as a table and as a count. */
import type { ScenarioDriver } from './driver';
import { runScenario, type Outcome } from './run-scenario';
import { CLIENT_LETTERS, type ClientLetter, type Scenario } from './scenario';

export interface Result {
  readonly scenario: Scenario;
  readonly letter: ClientLetter;
  readonly outcome: Outcome;
}

/** Runs every scenario with every client that it names, one after another. */
export async function runScenarios(scenarios: readonly Scenario[], driver: ScenarioDriver): Promise<Result[]> {
  const results: Result[] = [];
  for (const scenario of scenarios)
    for (const letter of scenario.by)
      results.push({ scenario, letter, outcome: await runScenario(scenario, letter, driver) });
  return results;
}

const MARKS = { passed: 'ok', failed: 'FAIL', 'not run': '–' } as const;

/** One line a file; a dash is explained below by `reasons`. */
export function resultTable(results: readonly Result[]): string {
  const files = [...new Set(results.map(({ scenario }) => scenario))];
  const width = Math.max(...files.map(({ file }) => file.length));
  const lines = files.map((scenario) => {
    const cells = CLIENT_LETTERS.map((letter) => {
      const result = results.find((candidate) => candidate.scenario === scenario && candidate.letter === letter);
      return (result === undefined ? '' : MARKS[result.outcome.status]).padEnd(4);
    });
    return `${scenario.row}  ${scenario.file.padEnd(width)}  ${cells.join('  ')}`.trimEnd();
  });
  return [`${'row'.padEnd(6)}  ${'scenario'.padEnd(width)}  ${CLIENT_LETTERS.join('     ')}`, ...lines].join('\n');
}

/** Why rows were not run, each reason once with what it keeps from running. */
export function reasons(results: readonly Result[]): string {
  const byReason = new Map<string, string[]>();
  for (const { scenario, letter, outcome } of results) {
    if (outcome.status !== 'not run') continue;
    byReason.set(outcome.reason, [...(byReason.get(outcome.reason) ?? []), `${scenario.file} (${letter})`]);
  }
  return [...byReason].map(([reason, files]) => `not run: ${reason}\n  ${files.join('\n  ')}`).join('\n');
}

export function differences(results: readonly Result[]): string[] {
  return results.flatMap(({ outcome }) => (outcome.status === 'failed' ? [outcome.difference] : []));
}

/** `98 passed, 0 failed, 57 not run` */
export function count(results: readonly Result[]): string {
  const of = (status: Outcome['status']): number => results.filter(({ outcome }) => outcome.status === status).length;
  return `${of('passed')} passed, ${of('failed')} failed, ${of('not run')} not run`;
}
