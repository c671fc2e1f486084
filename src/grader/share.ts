/**
 * Which worker runs which executions of a level, and the form in which one tells the others what it has seen. The level of
 * a search has up to tens of thousands of executions, so what they tell is written short.
 */
import type { StuckReason } from '../simulation/trace';
import type { StuckProgram } from '../simulation/world';
import type { Digest, Found } from './digest';
import type { PlannedFault } from './plan';
import type { Planned } from './search';
import type { TextParams } from './verdict';

/** One of several workers that share a search. */
export interface TeamPlace {
  /** From 0. */
  readonly index: number;
  readonly size: number;
}

/** Executions that follow on each other have much in common, so they are dealt out some at a time. */
const AT_A_TIME = 8;

/**
 * Whether an execution is for the worker at a place. Executions of which it is foretold that they lead to one state are for
 * the same worker: it runs one of them.
 */
export function isOwn({ execution, stateKey }: Planned, index: number, { index: own, size }: TeamPlace): boolean {
  const deal =
    stateKey === null ? Math.floor(index / AT_A_TIME) + execution.variation : parseInt(stateKey.slice(-6), 16);
  return deal % size === own;
}

/** What a worker has seen of a workload's level: by place in the frontier, null for executions that were spared. */
export interface Share {
  readonly variation: number;
  readonly digests: ReadonlyMap<number, Digest | null>;
}

/** Place, marks (see `MARKS`), place of what was found, state, events, events up to the state, effects, the rest. */
type PackedDigest = readonly [
  place: number,
  marks: number,
  found: number,
  stateKey: string | null,
  eventCount: number,
  eventsAtKey: number,
  effects: number,
  rest: PackedRest | 0,
];

interface PackedRest {
  readonly stuck: StuckReason | null;
  readonly diagnosis: StuckProgram | null;
  readonly vacuous: TextParams | null;
  readonly points: readonly PlannedFault[];
  readonly statesAfter: readonly (string | null)[];
}

/** A share as JSON. Equal lists of what was found, which are most, are there once. */
export interface PackedShare {
  readonly variation: number;
  readonly found: readonly (readonly Found[])[];
  /** A place alone is an execution that was spared. */
  readonly digests: readonly (PackedDigest | number)[];
}

const MARKS = { isInfeasible: 1, isPlanDone: 2, isKnown: 4, time: 8, chance: 16 } as const;

export function packShare({ variation, digests }: Share): PackedShare {
  const found: (readonly Found[])[] = [];
  const places = new Map<string, number>();
  const placeOf = (list: readonly Found[]): number => {
    const text = JSON.stringify(list);
    const place = places.get(text) ?? found.push(list) - 1;
    places.set(text, place);
    return place;
  };
  const packed: (PackedDigest | number)[] = [];
  for (const [index, digest] of digests)
    packed.push(digest === null ? index : packDigest(index, digest, placeOf(digest.found)));
  return { variation, found, digests: packed };
}

function packDigest(index: number, digest: Digest, found: number): PackedDigest {
  const { stateKey, eventCount, eventsAtKey, effects, stuck, diagnosis, vacuous, points, statesAfter } = digest;
  const marks =
    (digest.isInfeasible ? MARKS.isInfeasible : 0) |
    (digest.isPlanDone ? MARKS.isPlanDone : 0) |
    (digest.isKnown ? MARKS.isKnown : 0) |
    (digest.observes.time ? MARKS.time : 0) |
    (digest.observes.chance ? MARKS.chance : 0);
  const isPlain = stuck === null && diagnosis === null && vacuous === null && points.length === 0;
  const rest = isPlain ? 0 : { stuck, diagnosis, vacuous, points, statesAfter };
  return [index, marks, found, stateKey, eventCount, eventsAtKey, effects, rest];
}

const NO_REST: PackedRest = { stuck: null, diagnosis: null, vacuous: null, points: [], statesAfter: [] };

export function unpackShare({ variation, found, digests }: PackedShare): Share {
  const unpacked = new Map<number, Digest | null>();
  for (const packed of digests) {
    if (typeof packed === 'number') {
      unpacked.set(packed, null);
      continue;
    }
    const [index, marks, list, stateKey, eventCount, eventsAtKey, effects, rest] = packed;
    unpacked.set(index, {
      isInfeasible: (marks & MARKS.isInfeasible) !== 0,
      isPlanDone: (marks & MARKS.isPlanDone) !== 0,
      isKnown: (marks & MARKS.isKnown) !== 0,
      observes: { time: (marks & MARKS.time) !== 0, chance: (marks & MARKS.chance) !== 0 },
      found: found[list]!,
      stateKey,
      eventCount,
      eventsAtKey,
      effects,
      ...(rest === 0 ? NO_REST : rest),
    });
  }
  return { variation, digests: unpacked };
}
