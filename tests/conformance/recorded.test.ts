/** The model is held against what real clusters printed. `npm run conformance -- --record <filter>` records anew. */
import { describe, expect, it } from 'vitest';
import { isExpected } from '../../src/scenarios/language/expectation';
import { runScenario } from '../../src/scenarios/language/run-scenario';
import { readScenarios } from '../scenarios/scenario-files';
import type { ClientLetter, Scenario } from '../../src/scenarios/language/scenario';
import { ModelDriver } from '../../src/scenarios/model/driver';
import { KAFKA_VERSION } from './cluster/toolchain';
import { KNOWN_DIFFERENCES, NOT_RECORDED, type KnownDifference } from './known-differences';
import { describeDifference, readRecordings } from './recordings';
import type { RecordedClient, Transcript } from './recordings';
import { currentRecording, mayDiffer, standingOf } from './standing';

const RUNS_MIN = 3;

const scenarios = readScenarios();
const byFile = new Map(scenarios.map((scenario) => [scenario.file, scenario]));
const recordings = readRecordings(KAFKA_VERSION);
const recordingOf = new Map(recordings.map((recording) => [recording.scenario, recording]));
const recordingFor = (scenario: Scenario) => currentRecording(recordingOf.get(scenario.file), scenario);

const runs = scenarios.flatMap((scenario) => scenario.by.map((letter) => ({ scenario, letter })));
const recorded = runs.flatMap(({ scenario, letter }) => {
  const client = recordingFor(scenario)?.clients[letter];
  return client === undefined ? [] : [{ scenario, letter, client }];
});

function isListed(list: readonly KnownDifference[], scenario: Scenario, letter: ClientLetter): boolean {
  return list.some((known) => known.scenario === scenario.file && known.letter === letter);
}

function asExpected(scenario: Scenario, letter: ClientLetter, printed: Transcript): boolean {
  return scenario.blocks.every((block, index) => isExpected(block, letter, printed[index] ?? []));
}

describe(`recordings of Apache Kafka ${KAFKA_VERSION}`, () => {
  it('belong to scenarios that exist', () => {
    const strangers = recordings.filter(({ scenario }) => !byFile.has(scenario)).map(({ scenario }) => scenario);
    expect(strangers, 'the scenario was renamed or removed; so must its recording be').toEqual([]);
  });

  it('exist for every scenario and client, or a reason is listed', () => {
    const missing = runs
      .filter(({ scenario, letter }) => !isListed(NOT_RECORDED, scenario, letter))
      .filter(({ scenario, letter }) => recordingFor(scenario)?.clients[letter] === undefined)
      .map(({ scenario, letter }) => `${scenario.file} ${letter}`);
    expect(missing, 'record them: npm run conformance -- --record --repeat 3 <part of the name>').toEqual([]);
  });

  it(`come from ${RUNS_MIN} runs or more each`, () => {
    const few = recorded
      .filter(({ client }) => timesOf(client) < RUNS_MIN)
      .map(({ scenario, letter, client }) => `${scenario.file} ${letter}: ${timesOf(client)}`);
    expect(few).toEqual([]);
  });

  it('have one outcome, or the scenario says why there are several', () => {
    const wobbling = recorded
      .filter(({ client, scenario, letter }) => client.outcomes.length > 1 && !mayDiffer(scenario, letter))
      .map(({ scenario, letter, client }) => `${scenario.file} ${letter}: ${client.outcomes.length} outcomes`);
    expect(wobbling, 'mark the scenario with "unstable: <reason>", or give it "---- or"').toEqual([]);
  });

  it.each(recorded)(
    '$scenario.row with $letter: $scenario.title is as the scenario says',
    ({ scenario, letter, client }) => {
      const wrong = client.outcomes.filter(({ printed }) => !asExpected(scenario, letter, printed));
      expect(wrong.map(({ printed }) => printed)).toEqual([]);
    },
  );
});

function timesOf({ outcomes }: RecordedClient): number {
  return outcomes.reduce((sum, { times }) => sum + times, 0);
}

describe('the model prints what Kafka printed', () => {
  const driver = new ModelDriver();
  const playable = recorded.filter(
    ({ scenario, letter }) => driver.letters.includes(letter) && driver.whyNot(scenario, letter) === null,
  );

  it.each(playable)(
    '$scenario.row with $letter: $scenario.title ($scenario.rules)',
    async ({ scenario, letter, client }) => {
      const outcome = await runScenario(scenario, letter, driver);
      if (outcome.status === 'not run') expect.fail(outcome.reason);
      const printed = outcome.observed.map((lines) => lines ?? []);
      const isSame = standingOf(scenario, letter, client, outcome) === 'same';
      const isKnown = isListed(KNOWN_DIFFERENCES, scenario, letter);
      const told = isSame ? '' : describeDifference(scenario, client.outcomes[0]!.printed, printed);
      if (isKnown) expect(told, 'no longer different: take it off known-differences.ts').not.toBe('');
      else expect(told).toBe('');
    },
  );
});
