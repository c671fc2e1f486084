/**
 * What one execution has shown: all that counting it and going on from it needs, as plain JSON, because it may have been run
 * by another worker than the one that counts.
 */
import type { StuckReason } from '../simulation/trace';
import type { StuckProgram } from '../simulation/world';
import { ANOMALIES, nothingDone } from './anomalies';
import type { AnomalyInstance } from './anomalies/anomaly';
import type { Observes } from './known-states';
import type { PlannedFault } from './plan';
import type { ExecutionOutcome } from './run-execution';
import type { AnomalyId, TextParams } from './verdict';

/** An anomaly that an execution shows. */
export interface Found {
  readonly id: AnomalyId;
  readonly instance: AnomalyInstance;
}

export interface Digest {
  /** The plan asks for something impossible, and the execution says nothing (CLI-51). */
  readonly isInfeasible: boolean;
  readonly isPlanDone: boolean;
  /** It was not run to its end, because another execution has gone on from the same state. */
  readonly isKnown: boolean;
  /** Nothing when it was not run to its end. */
  readonly found: readonly Found[];
  /** The state after the last crash of the plan; null when there was none or it cannot be told. */
  readonly stateKey: string | null;
  readonly eventCount: number;
  /** Of these, those up to the state of `stateKey`. */
  readonly eventsAtKey: number;
  /** Effects that services, tables and topics have seen. */
  readonly effects: number;
  readonly observes: Observes;
  readonly stuck: StuckReason | null;
  /** The turn that did not end, when there is one. */
  readonly diagnosis: StuckProgram | null;
  /** What N1 says, of an execution without faults. */
  readonly vacuous: TextParams | null;
  /** Where one more fault could strike, and the state that would follow where it is known. */
  readonly points: readonly PlannedFault[];
  readonly statesAfter: readonly (string | null)[];
}

/** @param isFaultFree the plan is empty */
export function digestOf(outcome: ExecutionOutcome, isFaultFree: boolean): Digest {
  const { history, isKnown } = outcome;
  return {
    isInfeasible: outcome.isInfeasible,
    isPlanDone: outcome.isPlanDone,
    isKnown,
    found: isKnown || outcome.isInfeasible ? [] : findAll(outcome),
    stateKey: outcome.stateKey,
    eventCount: outcome.eventCount,
    eventsAtKey: outcome.eventsAtKey,
    effects: history.effects.length,
    observes: outcome.observes,
    stuck: outcome.stuck,
    diagnosis: outcome.diagnosis,
    vacuous: isFaultFree ? (nothingDone.check(outcome)?.params ?? null) : null,
    points: outcome.points,
    statesAfter: outcome.statesAfter,
  };
}

/** All anomalies of an execution, in the order in which a verdict names them. */
export function findAll(outcome: ExecutionOutcome): readonly Found[] {
  const found: Found[] = [];
  for (const { id, check } of ANOMALIES) {
    const instance = check(outcome);
    if (instance !== null) found.push({ id, instance });
  }
  return found;
}
