/**
 * A plan: the faults of one execution, in the order in which they strike. Together with the lab's variation it is the
 * execution code, which the page, the command line, a test and the verdict all accept:
 *
 *     v0:-                                        no fault
 *     v0:crash@effect#2.before                    the process vanishes before its second service call leaves
 *     v0:crash@effect#2.after~commit#2            … after it was applied, with the second commit still queued in the client
 *     v0:crash@effect#2.before~auto-commit        … just after the client's timer has committed what was done, and the
 *                                                 program's own repeating timers have fired
 *     v1:lost-answer@commit#1+lost-request@effect#3
 *     v0:pause@query#3                        the process freezes before its third query and wakes up as a zombie
 *     v0:connection-lost-after-commit@query#2  service-error@effect#1  service-timeout@effect#1
 *     v0:send-error@produce#2  abortable-error@txn-offsets#1
 *     v0:restart@rest#1                           a clean restart when the program has come to rest for the first time
 *     v0:fail-over@produce#2                      the leader dies with what it has stored for the second produce request
 *     v0:coordinator-move@commit#1.before         broker-crash@produce#1  isr-shrink@produce#1
 *     v0:delay@produce#2.before                   reorder@effect#2
 *     v0:poison@input#3                           the third record of the workload cannot be parsed
 *     s41:crash@effect#7.before                   on the workload that seed 41 draws (`storm/workload.ts`), of a storm
 *     s41r2,5:crash@effect#2.before               … of which only the second and the fifth record are there
 */
import type { RequestKind } from '../simulation/network';
import { FAULT_ORDER, FAULTS } from './faults';
import type { FaultKind } from './verdict';

/** A fault at one point of an execution. Points are counted from 1, per kind of request, over all incarnations. */
export interface PlannedFault {
  readonly fault: FaultKind;
  readonly at: RequestKind | 'rest' | 'input';
  readonly nth: number;
  /** For a fault that can strike on either side: before the request leaves, or after it took effect. */
  readonly phase: 'before' | 'after' | null;
  /** For a crash: commits from this one on are still queued in the client when the process dies (CLI-51); 0 for none. */
  readonly heldCommit: number;
  /** The client's timer of automatic commits, whose phase is anyone's guess, fires just before the fault is felt (CLI-42). */
  readonly isAutoCommitFirst: boolean;
}

export type Plan = readonly PlannedFault[];

/** A workload drawn from a seed (`storm/workload.ts`). */
export interface StormInput {
  /** 0 … 2^32 - 1. */
  readonly seed: number;
  /** Of the records drawn those that are there, counted from 1 and ascending; null for all. */
  readonly records: readonly number[] | null;
}

export interface Execution {
  /** Which of the lab's workloads. */
  readonly variation: number;
  /** The workload instead of the lab's own; absent in a search. */
  readonly storm?: StormInput;
  readonly plan: Plan;
}

/** One fault as it stands in an execution code. */
export function printFault({ fault, at, nth, phase, heldCommit, isAutoCommitFirst }: PlannedFault): string {
  const held = heldCommit > 0 ? `~commit#${heldCommit}` : '';
  return `${fault}@${at}#${nth}${phase === null ? '' : `.${phase}`}${held}${isAutoCommitFirst ? '~auto-commit' : ''}`;
}

export function printExecution({ variation, storm, plan }: Execution): string {
  const workload = storm === undefined ? `v${variation}` : printInput(storm);
  return `${workload}:${plan.length === 0 ? '-' : plan.map(printFault).join('+')}`;
}

/** The workload as it stands in an execution code. */
export function printInput({ seed, records }: StormInput): string {
  return `s${seed}${records === null ? '' : `r${records.join()}`}`;
}

const CODE = /^(?:v(\d{1,3})|s(\d{1,10})(?:r(\d{1,2}(?:,\d{1,2})*))?):(.+)$/;
const PLACE =
  'effect|query|commit|produce|fetch|join|sync|heartbeat|leave|committed|list-offsets|metadata|create-topics|init-producer-id|add-partitions|add-offsets|txn-offsets|end-txn|rest|input';
const FAULT = new RegExp(
  `^(${FAULT_ORDER.join('|')})@(${PLACE})#(\\d{1,6})(?:\\.(before|after))?(?:~commit#(\\d{1,6}))?(~auto-commit)?$`,
);

/** An execution code that cannot be read. */
export class ExecutionCodeError extends Error {
  override readonly name = 'ExecutionCodeError';
}

/** @throws ExecutionCodeError saying which part is wrong and what a right one looks like */
export function parseExecution(code: string): Execution {
  const match = CODE.exec(code.trim());
  if (match === null)
    throw new ExecutionCodeError(
      `"${code.slice(0, 80)}" is no execution code; one looks like v0:crash@effect#2.before`,
    );
  const [, variation, seed, records, faults] = match;
  const plan = faults === '-' ? [] : faults!.split('+').map(parseFault);
  if (seed === undefined) return { variation: Number(variation), plan };
  return { variation: 0, storm: parseInput(code, Number(seed), records), plan };
}

function parseInput(code: string, seed: number, records: string | undefined): StormInput {
  if (seed >= 2 ** 32) throw new ExecutionCodeError(`"${code.slice(0, 80)}": a seed is a whole number below 2^32`);
  if (records === undefined) return { seed, records: null };
  const numbers = records.split(',').map(Number);
  const isAscending = numbers.every((number, index) => number > (numbers[index - 1] ?? 0));
  if (!isAscending)
    throw new ExecutionCodeError(`"${code.slice(0, 80)}": records are counted from 1 and named in order, each once`);
  return { seed, records: numbers };
}

function parseFault(text: string): PlannedFault {
  const match = FAULT.exec(text);
  if (match === null)
    throw new ExecutionCodeError(`"${text.slice(0, 80)}" is no fault; one looks like crash@effect#2.before`);
  const [, fault, at, nth, phase, held, autoCommit] = match;
  const planned: PlannedFault = {
    fault: fault as FaultKind,
    at: at as PlannedFault['at'],
    nth: Number(nth),
    phase: (phase ?? null) as PlannedFault['phase'],
    heldCommit: held === undefined ? 0 : Number(held),
    isAutoCommitFirst: autoCommit !== undefined,
  };
  const { strikes, choice } = FAULTS[planned.fault];
  if ((strikes === 'both') !== (planned.phase !== null)) {
    const named = FAULT_ORDER.filter((kind) => FAULTS[kind].strikes === 'both').join(', ');
    throw new ExecutionCodeError(`"${text}": .before or .after belongs to ${named}, and to no other fault`);
  }
  if (planned.heldCommit > 0 && planned.fault !== 'crash')
    throw new ExecutionCodeError(`"${text}": only a crash can leave a commit behind`);
  const isFelt = choice === 'crash' || choice === 'lose';
  if (planned.isAutoCommitFirst && (!isFelt || planned.heldCommit > 0)) {
    throw new ExecutionCodeError(`"${text}": ~auto-commit goes with a crash or a loss, and not with ~commit#n`);
  }
  if ((strikes === 'rest') !== (planned.at === 'rest'))
    throw new ExecutionCodeError(`"${text}": a restart happens at rest#n, and nothing else does`);
  if ((strikes === 'input') !== (planned.at === 'input'))
    throw new ExecutionCodeError(`"${text}": poison is in the record input#n, and nothing else is`);
  return planned;
}
