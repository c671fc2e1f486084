/**
 * What a scenario runs on: the model, or a real cluster with real clients.
 *
 * A driver carries commands out and prints what happened. It knows nothing of expectations, `async`, `wait-until` and
 * effects: those belong to the language.
 */
import type { Command } from './commands';
import type { ClientLetter, Scenario } from './scenario';

export interface ScenarioDriver {
  /** As the table of results calls it: `model`, `Apache Kafka 4.3.0`. */
  readonly name: string;
  /** The clients that this driver can play. */
  readonly letters: readonly ClientLetter[];
  /** Why this scenario cannot be run with this client at all, or null. */
  whyNot(scenario: Scenario, letter: ClientLetter): string | null;
  /**
   * A fresh cluster, or fresh names on a running one. The whole scenario is given, so that a driver can look ahead: which
   * clients need a proxy in front of their answers, which brokers have to be there.
   */
  open(scenario: Scenario, letter: ClientLetter): Promise<ScenarioRun>;
}

/** One scenario with one client. */
export interface ScenarioRun {
  /**
   * Begins a command and returns when it is under way: the request has been sent, or it is known that none will be.
   * Throws `NotYetRunnable` for a command that this driver cannot carry out, `ScenarioError` when the set-up went wrong.
   */
  start(command: Command): Promise<RunningCommand>;
  /** The driver's clock in milliseconds: virtual on the model. */
  now(): number;
  /** Lets time pass between two looks at a condition. */
  pass(ms: number): Promise<void>;
  /** Ends everything that the scenario started; also after a failure. */
  close(): Promise<void>;
}

export interface RunningCommand {
  isSettled(): boolean;
  /** The lines that the command prints; an error of the client is a line (`error TYPE`), never a rejection. */
  result(): Promise<readonly string[]>;
}

/** A running command out of a promise, for drivers whose commands go on by themselves. */
export function runningPromise(lines: Promise<readonly string[]>): RunningCommand {
  let isSettled = false;
  const settle = (): void => {
    isSettled = true;
  };
  lines.then(settle, settle);
  return { isSettled: () => isSettled, result: () => lines };
}

/** A command that is over when it returns. */
export function settled(lines: readonly string[]): RunningCommand {
  return { isSettled: () => true, result: () => Promise.resolve(lines) };
}
