/**
 * What the environment knows of each incarnation of a program. The functions that programs call are shared and frozen;
 * whose turn it is tells them for whom they work, so nothing of one incarnation is left for the next.
 */
import type { WorldPorts } from '../../grader/program';
import type { Incarnation } from '../../simulation/process';
import { turn } from '../../simulation/turn';
import type { Timeout } from './timers';

export interface ProgramState {
  readonly incarnation: Incarnation;
  readonly ports: WorldPorts;
  /** Virtual time of the incarnation's start. */
  readonly startedAt: number;
  /** State of the random numbers. */
  seed: number;
  /** Timers by id, for `clearTimeout(Number(timer))`. */
  timers: Map<number, Timeout> | null;
  nextTimerId: number;
  /** Indentation of `console.group`. */
  indent: string;
  readonly counts: Map<string, number>;
}

let latest: ProgramState | null = null;

export function beginProgram(incarnation: Incarnation, ports: WorldPorts): ProgramState {
  const state: ProgramState = {
    incarnation,
    ports,
    startedAt: incarnation.world.now,
    seed: Math.imul(incarnation.number, 0x9e3779b1) ^ 0x5bd1e995,
    timers: null,
    nextTimerId: 1,
    indent: '',
    counts: new Map(),
  };
  incarnation.environment = state;
  latest = state;
  return state;
}

/** The state of the incarnation whose turn it is. */
export function currentProgram(): ProgramState {
  const { owner } = turn;
  if (latest !== null && latest.incarnation === owner) return latest;
  const state = owner === null ? null : ((owner as Incarnation).environment as ProgramState | null);
  if (state === null) throw new Error('called outside a turn of a program');
  latest = state;
  return state;
}

/** Milliseconds of virtual time since the world began. */
export function virtualNow(): number {
  const { world } = currentProgram().incarnation;
  world.observes.time = true;
  return world.now;
}
