/** The scenario files of the project. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseScenario } from '../../src/scenarios/language/parse-scenario';
import type { Scenario } from '../../src/scenarios/language/scenario';

export const SCENARIOS_FOLDER = __dirname;

/** All scenarios whose file, row or title contains the filter, by row. */
export function readScenarios(filter = ''): Scenario[] {
  const asked = filter.toLowerCase();
  return scenarioFiles()
    .map((file) => parseScenario(file, readFileSync(scenarioPath(file), 'utf8')))
    .filter(({ file, row, title }) => [file, row, title].some((text) => text.toLowerCase().includes(asked)))
    .sort((a, b) => (a.row === b.row ? compare(a.file, b.file) : compare(a.row, b.row)));
}

/** Where a scenario's text lies. */
export function scenarioPath(file: string): string {
  return path.join(SCENARIOS_FOLDER, `${file}.txt`);
}

/** `<group>/<name>` without the ending. */
function scenarioFiles(): string[] {
  return readdirSync(SCENARIOS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: group }) =>
      readdirSync(path.join(SCENARIOS_FOLDER, group))
        .filter((name) => name.endsWith('.txt'))
        .map((name) => `${group}/${name.replace(/\.txt$/, '')}`),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
