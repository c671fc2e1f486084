/** Every scenario with each of its clients: played on the model now, and as recorded from a real cluster. */
import { KAFKA_VERSION } from '../../tests/conformance/cluster/toolchain';
import { readRecordings, type RecordedClient } from '../../tests/conformance/recordings';
import { currentRecording, standingOf, type Standing } from '../../tests/conformance/standing';
import { runScenario, type Outcome } from '../../src/scenarios/language/run-scenario';
import { readScenarios } from '../../tests/scenarios/scenario-files';
import type { ClientLetter, Scenario } from '../../src/scenarios/language/scenario';
import { ModelDriver } from '../../src/scenarios/model/driver';

export interface PlayedClient {
  readonly letter: ClientLetter;
  readonly standing: Standing;
  readonly recorded: RecordedClient | null;
  readonly outcome: Outcome;
}

export interface Played {
  readonly scenario: Scenario;
  readonly clients: readonly PlayedClient[];
}

export { KAFKA_VERSION };

/** All scenarios, in the order of their rows. */
export async function playAll(): Promise<Played[]> {
  const driver = new ModelDriver();
  const recordings = new Map(readRecordings(KAFKA_VERSION).map((recording) => [recording.scenario, recording]));
  const all: Played[] = [];
  for (const scenario of readScenarios()) {
    const recording = currentRecording(recordings.get(scenario.file), scenario);
    const clients: PlayedClient[] = [];
    for (const letter of scenario.by) {
      const outcome = await runScenario(scenario, letter, driver);
      const recorded = recording?.clients[letter];
      const standing = standingOf(scenario, letter, recorded, outcome);
      clients.push({ letter, standing, recorded: recorded ?? null, outcome });
    }
    all.push({ scenario, clients });
  }
  return all;
}

/** The scenario of that file. @throws Error when there is none: a page names one that was renamed */
export function playedOf(played: readonly Played[], file: string): Played {
  const found = played.find(({ scenario }) => scenario.file === file);
  if (found === undefined) throw new Error(`plugins/reference: there is no scenario tests/scenarios/${file}.txt.`);
  return found;
}
