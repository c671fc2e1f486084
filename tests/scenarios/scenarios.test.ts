/** All scenarios on the model: what Kafka does according to the differential table, the model does. */
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/scenarios/language/run-scenario';
import { readScenarios } from './scenario-files';
import { ModelDriver } from '../../src/scenarios/model/driver';

const driver = new ModelDriver();
const runs = readScenarios().flatMap((scenario) =>
  scenario.by.map((letter) => {
    const title = `${scenario.file} with ${letter}: ${scenario.title} (${scenario.rules.join(', ')})`;
    return [title, { scenario, letter }] as const;
  }),
);

describe('on the model', () => {
  it.each(runs.filter(([, { letter }]) => letter !== 'K'))('%s', async (_title, { scenario, letter }) => {
    const outcome = await runScenario(scenario, letter, driver);
    const told = outcome.status === 'failed' ? outcome.difference : outcome.status === 'not run' ? outcome.reason : '';
    expect(told).toBe('');
    expect(outcome.status).toBe('passed');
  });

  // The model does not imitate kafkajs: it will run as itself.
  it.skip.each(runs.filter(([, { letter }]) => letter === 'K'))('needs kafkajs: %s', () => undefined);
});
