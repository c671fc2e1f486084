/**
 * `npm run scenarios [-- --rewrite] [filter]`: plays tests/scenarios on the model and prints row, client, result.
 *
 * Ends with 1 when a result differs from what the file says. `--commands` puts the README's list of commands right instead.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { withCommandReference } from '../src/scenarios/language/command-reference';
import { count, differences, reasons, resultTable, runScenarios } from '../src/scenarios/language/results';
import type { Result } from '../src/scenarios/language/results';
import { readScenarios, scenarioPath, SCENARIOS_FOLDER } from '../tests/scenarios/scenario-files';
import { writeScenario } from '../src/scenarios/language/write-scenario';
import { ModelDriver } from '../src/scenarios/model/driver';

const program = new Command('npm run scenarios --')
  .argument('[filter]', 'part of a file, row or title', '')
  .option('--rewrite', 'write what was seen into the files')
  .option('--commands', "put the README's list of commands right")
  .parse();

async function main(filter: string, options: { rewrite?: boolean; commands?: boolean }): Promise<number> {
  if (options.commands === true) {
    const readme = path.join(SCENARIOS_FOLDER, 'README.md');
    writeFileSync(readme, withCommandReference(readFileSync(readme, 'utf8')));
    return 0;
  }
  const scenarios = readScenarios(filter);
  if (scenarios.length === 0) {
    console.error(`No scenario has "${filter}" in its file, row or title. Leave the filter out to see all.`);
    return 1;
  }
  const results = await runScenarios(scenarios, new ModelDriver());
  console.log(resultTable(results));
  for (const text of [reasons(results), ...differences(results)]) if (text !== '') console.log(`\n${text}`);
  if (options.rewrite === true) rewrite(results);
  console.log(`\n${count(results)}`);
  return options.rewrite !== true && differences(results).length > 0 ? 1 : 0;
}

function rewrite(results: readonly Result[]): void {
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const observed = results.flatMap(({ scenario: of, letter, outcome }) =>
      of === scenario && outcome.status !== 'not run' ? [[letter, outcome.observed] as const] : [],
    );
    const text = writeScenario(scenario, new Map(observed));
    const file = scenarioPath(scenario.file);
    if (text === readFileSync(file, 'utf8')) continue;
    writeFileSync(file, text);
    console.log(`rewritten: ${path.relative(process.cwd(), file)}`);
  }
}

void main(program.args[0] ?? '', program.opts()).then((code) => (process.exitCode = code));
