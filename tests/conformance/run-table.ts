/** Runs scenarios on a live cluster, several at a time where they do not disturb each other, and compares or records. */
import type { ClientLetter, Scenario } from '../scenarios/language/scenario';
import { runScenario, type Outcome } from '../scenarios/language/run-scenario';
import { breaksBrokers, type LiveDriver } from './drivers/live/live-driver';
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
/** A run whose set-up breaks down says nothing about Kafka; it is repeated. */
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
  readonly onResult: (result: JobResult) => void;
}

/** Carries the jobs out; those that break brokers come last and alone. */
export async function runTable(jobs: readonly Job[], driver: LiveDriver, options: TableOptions): Promise<JobResult[]> {
  const results: JobResult[] = [];
  const work = async (queue: Job[]): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
      const result = await runJob(job, driver, options);
      results.push(result);
      options.onResult(result);
    }
  };
  const quiet = jobs.filter(({ scenario }) => scenario.brokers === 1 && !breaksBrokers(scenario));
  const loud = jobs.filter(({ scenario }) => scenario.brokers === 3 || breaksBrokers(scenario));
  await Promise.all(Array.from({ length: AT_A_TIME }, () => work(quiet)));
  await work(loud);
  return results;
}

async function runJob(job: Job, driver: LiveDriver, options: TableOptions): Promise<JobResult> {
  const started = performance.now();
  const verdict = await judge(job, driver, options);
  return { ...job, verdict, seconds: (performance.now() - started) / 1000 };
}

async function judge({ scenario, letter }: Job, driver: LiveDriver, options: TableOptions): Promise<Verdict> {
  let reason = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const outcome = await runScenario(scenario, letter, driver);
    if (outcome.status === 'not run') return { kind: 'not run', reason: outcome.reason };
    const printed = complete(outcome);
    if (printed !== null) return compare({ scenario, letter }, outcome, printed, options);
    reason = outcome.status === 'failed' ? outcome.difference : '';
  }
  return { kind: 'broken', reason };
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
