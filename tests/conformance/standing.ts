/** How the model stands to what real clusters printed: what the test asks for and what the page about fidelity shows. */
import type { Outcome } from '../../src/scenarios/language/run-scenario';
import type { ClientLetter, Scenario } from '../../src/scenarios/language/scenario';
import { NOT_RECORDED, KNOWN_DIFFERENCES, type KnownDifference } from './known-differences';
import { commandsHash, sameOutcome, type RecordedClient, type Recording } from './recordings';

/**
 * - `same`: the model prints what Kafka printed, or another of the results that the scenario leaves open.
 * - `differs`: it prints something else.
 * - `recorded`: only Kafka was asked; the model does not play this client.
 * - `model`: only the model was asked.
 * - `not run`: nobody was.
 */
export type Standing = 'same' | 'differs' | 'recorded' | 'model' | 'not run';

export function standingOf(
  scenario: Scenario,
  letter: ClientLetter,
  recorded: RecordedClient | undefined,
  outcome: Outcome,
): Standing {
  if (outcome.status === 'not run') return recorded === undefined ? 'not run' : 'recorded';
  if (recorded === undefined) return 'model';
  const printed = outcome.observed.map((lines) => lines ?? []);
  const isAllowed = mayDiffer(scenario, letter) && outcome.status === 'passed';
  return isAllowed || sameOutcome(recorded, printed) !== null ? 'same' : 'differs';
}

/** Whether the scenario allows several results somewhere, or is marked as unstable. */
export function mayDiffer(scenario: Scenario, letter: ClientLetter): boolean {
  const hasChoice = scenario.blocks.some(({ sections }) =>
    sections.some(({ letters, alternatives }) => alternatives.length > 1 && letters?.includes(letter) !== false),
  );
  return hasChoice || scenario.unstable !== null;
}

/** What was recorded with the scenario's present commands, or null. */
export function currentRecording(recording: Recording | null | undefined, scenario: Scenario): Recording | null {
  return recording?.commands === commandsHash(scenario) ? recording : null;
}

/** The listed reason why the model differs here, or why nothing is recorded; null where none is listed. */
export function listedReason(scenario: Scenario, letter: ClientLetter): KnownDifference['reason'] | null {
  const isThis = (known: KnownDifference): boolean => known.scenario === scenario.file && known.letter === letter;
  return [...KNOWN_DIFFERENCES, ...NOT_RECORDED].find(isThis)?.reason ?? null;
}
