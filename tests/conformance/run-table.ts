/** Runs scenarios on a live cluster, several at a time where they do not disturb each other, and compares or records. */
import type { ClientLetter, Scenario } from '../../src/scenarios/language/scenario';
import { runScenario, type Outcome } from '../../src/scenarios/language/run-scenario';
import { breaksBrokers, pausesBrokers, type LiveDriver } from './drivers/live/live-driver';
import {
  commandsHash,
  describeDifference,
  readRecording,
  sameOutcome,
  withRun,
  writeRecording,
  type Transcript,
} from './recordings';

export const CLIENT_NAMES: Readonly<Record<ClientLetter, string>> = {
  K: 'kafkajs 2.2.4',
  C: '@confluentinc/kafka-javascript 1.10.1',
  J: 'kafka-clients 4.3.0',
  R: 'requests by hand',
};

/** At most: a machine with two cores is busy with that. */
const AT_A_TIME = 3;
/** A run whose set-up breaks down, or comes too late, says nothing about Kafka; it is repeated. */
const ATTEMPTS = 3;

export interface Job {
  readonly scenario: Scenario;
  readonly letter: ClientLetter;
}

export type Verdict =
  | { readonly kind: 'same' }
  /** Nothing was recorded for this client, or for other commands. */
  | { readonly kind: 'new'; readonly isExpected: boolean; readonly difference: string | null }
  | { readonly kind: 'different'; readonly difference: string }
  | { readonly kind: 'not run'; readonly reason: string }
  /** It came to no result, three times. */
  | { readonly kind: 'broken'; readonly reason: string };

export interface JobResult extends Job {
  readonly verdict: Verdict;
  readonly seconds: number;
}

export interface TableOptions {
  readonly kafka: string;
  /** Adds the runs to the recordings instead of only comparing. */
  readonly record: boolean;
  /** A run that does not print what is expected is repeated before it counts: a busy machine is late now and then. */
  readonly looksTwice?: boolean;
  readonly onResult: (result: JobResult) => void;
  /** Told of each run that did not count. */
  readonly onSecondLook?: (job: Job, difference: string) => void;
}

/** Carries the jobs out: those that leave brokers alone side by side, the others scenario by scenario. */
export async function runTable(jobs: readonly Job[], driver: LiveDriver, options: TableOptions): Promise<JobResult[]> {
  const results: JobResult[] = [];
  const tell = (result: JobResult): void => {
    results.push(result);
    options.onResult(result);
  };
  const isLoud = ({ scenario }: Job): boolean => scenario.brokers === 3 || breaksBrokers(scenario);
  const quiet = jobs.filter((job) => !isLoud(job));
  const work = async (): Promise<void> => {
    for (let job = quiet.shift(); job !== undefined; job = quiet.shift()) await runGroup([job], driver, options, tell);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  for (const group of groupsOf(jobs.filter(isLoud))) await runGroup(group, driver, options, tell);
  return results;
}

/** Neighbours with the same scenario: its clients play it at the same time and share its faults. */
function groupsOf(jobs: readonly Job[]): Job[][] {
  const groups: Job[][] = [];
  for (const job of jobs) {
    const last = groups.at(-1);
    const fits = last?.[0]?.scenario === job.scenario && !last.some(({ letter }) => letter === job.letter);
    if (fits) last.push(job);
    else groups.push([job]);
  }
  return groups;
}

/** Runs the jobs at the same time, and those again that came to no result. */
async function runGroup(
  group: readonly Job[],
  driver: LiveDriver,
  options: TableOptions,
  tell: (result: JobResult) => void,
): Promise<void> {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  let left = group;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const players = left.filter(({ scenario, letter }) => driver.whyNot(scenario, letter) === null);
    if (players.length > 1) driver.playTogether(players.length, players[0]!.scenario);
    const outcomes = await Promise.all(
      left.map(async (job) => ({ job, outcome: await runScenario(job.scenario, job.letter, driver) })),
    );
    const again: Job[] = [];
    for (const { job, outcome } of outcomes) {
      if (
        attempt < ATTEMPTS &&
        outcome.status === 'failed' &&
        (options.looksTwice === true || mayBeLate(job, outcome))
      ) {
        options.onSecondLook?.(job, outcome.difference);
        again.push(job);
      } else tell({ ...job, verdict: judge(job, outcome, options), seconds: seconds() });
    }
    left = again;
  }
}

/**
 * Whether the run says nothing: it broke down on its way, or it paused brokers, which have to wake before their session is
 * over, and printed something else than expected. What it prints at the last attempt counts whatever it is.
 */
function mayBeLate({ scenario }: Job, outcome: Outcome): boolean {
  if (outcome.status !== 'failed') return false;
  return complete(outcome) === null || pausesBrokers(scenario);
}

function judge(job: Job, outcome: Outcome, options: TableOptions): Verdict {
  if (outcome.status === 'not run') return { kind: 'not run', reason: outcome.reason };
  const printed = complete(outcome);
  if (printed !== null) return compare(job, outcome, printed, options);
  return { kind: 'broken', reason: outcome.status === 'failed' ? outcome.difference : '' };
}

/** What was printed, or null when the run broke down on its way. */
function complete(outcome: Exclude<Outcome, { readonly status: 'not run' }>): Transcript | null {
  const printed = outcome.observed.filter((lines) => lines !== null);
  return printed.length === outcome.observed.length ? printed : null;
}

function compare(
  { scenario, letter }: Job,
  outcome: Exclude<Outcome, { readonly status: 'not run' }>,
  printed: Transcript,
  { kafka, record }: TableOptions,
): Verdict {
  const known = readRecording(kafka, scenario.file);
  const isComparable = known?.commands === commandsHash(scenario);
  const recorded = isComparable ? known.clients[letter] : undefined;
  if (record) {
    const date = new Date().toISOString().slice(0, 10);
    writeRecording(withRun(known, scenario, { kafka, letter, client: CLIENT_NAMES[letter], date, printed }));
  }
  if (recorded === undefined) {
    const difference = outcome.status === 'failed' ? outcome.difference : null;
    return { kind: 'new', isExpected: outcome.status === 'passed', difference };
  }
  if (sameOutcome(recorded, printed) !== null) return { kind: 'same' };
  return { kind: 'different', difference: describeDifference(scenario, recorded.outcomes[0]!.printed, printed) };
}
