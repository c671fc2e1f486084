/** Runs one execution again with recording on. */
import { Recorder } from '../simulation/recorder';
import { ANOMALIES } from './anomalies';
import type { Lab } from './lab';
import { ledgerOf } from './ledger';
import { ExecutionCodeError, parseExecution, printExecution, type Execution } from './plan';
import type { Program } from './program';
import { runExecution, type ExecutionOutcome } from './run-execution';
import { drawnRecords } from './storm/workload';
import type { LaneId, Recording, TraceEvent } from '../simulation/trace';
import type { AnomalyId } from './verdict';

export interface Replayed {
  readonly recording: Recording;
  readonly outcome: ExecutionOutcome;
  /** Anomalies of this execution. */
  readonly anomalies: readonly AnomalyId[];
}

/** @param highlight anomaly whose cell the ledger marks; all that are forbidden in the lab when absent */
export function record(lab: Lab, program: Program, execution: Execution, highlight?: AnomalyId): Replayed {
  const recorder = new Recorder();
  const outcome = runExecution({ lab, program, execution, options: { kinds: [], naive: false }, recorder });
  const anomalies = ANOMALIES.filter((anomaly) => anomaly.check(outcome) !== null).map(({ id }) => id);
  const marked = highlight === undefined ? anomalies.filter((id) => lab.anomalies[id] === 'forbidden') : [highlight];
  const recording: Recording = {
    executionCode: printExecution(execution),
    traceHash: recorder.hash(),
    lanes: recorder.lanes.filter((lane) => lane.kind !== 'broker' || isTouched(lane.id, recorder.events)),
    events: recorder.events,
    ledger: ledgerOf(outcome.history, marked),
  };
  return { recording, outcome, anomalies };
}

/** A broker to which nothing happens is not worth a lane. */
function isTouched(id: LaneId, events: readonly TraceEvent[]): boolean {
  return events.some(({ lane, peer }) => lane === id || peer === id);
}

/**
 * Replays an execution code.
 * @throws ExecutionCodeError for a code that cannot be read, names a variation or a record that is not there, or whose faults do
 * not all strike with this program
 */
export function replay(lab: Lab, program: Program, code: string): Recording {
  const execution = parseExecution(code);
  const drawn = execution.storm === undefined ? 0 : drawnRecords(lab, execution.storm.seed);
  const missing = execution.storm?.records?.find((number) => number > drawn);
  if (missing !== undefined) {
    throw new ExecutionCodeError(
      `"${code}": there is no record ${missing}; seed ${execution.storm!.seed} draws ${drawn}`,
    );
  }
  if (execution.variation >= lab.workloads.length) {
    throw new ExecutionCodeError(`"${code}": ${lab.id} has variations v0 to v${lab.workloads.length - 1}`);
  }
  const { recording, outcome } = record(lab, program, execution);
  if (!outcome.isPlanDone) {
    throw new ExecutionCodeError(
      `"${code}": with this program not every fault of the code strikes; it was made with another version of the file`,
    );
  }
  return recording;
}
