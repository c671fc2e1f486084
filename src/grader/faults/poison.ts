/**
 * A record of the workload arrives spoilt: its value is no JSON, whoever reads it and however often. Which of them it is, and
 * how many, is chosen and counted like any other fault.
 */
import type { Fault } from './fault';

export const poison: Fault = {
  kind: 'poison',
  meaning: 'A record of the workload has a value that cannot be parsed.',
  strikes: 'input',
  choice: 'default',
  // It lies in the log before anybody asks for it; `runExecution` offers it for every record of the workload.
  matters: () => false,
};

/** The value of a spoilt record: its end is missing, so it still shows whose it was. */
export function spoilt(value: string): string {
  return value.slice(0, -1);
}
