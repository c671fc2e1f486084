/**
 * Lets a world go on until it comes to rest, or until it is clear that it will not. All bounds are counts and virtual
 * times, so that every machine comes to the same end.
 *
 * A program with timers of its own never runs out of events. It is taken to rest when nothing has happened for long, and
 * how long that is depends on what it has left to do: waiting is no mistake, whatever it waits with and in however many
 * steps.
 */
import type { History } from '../simulation/history';
import type { Incarnation } from '../simulation/process';
import type { World } from '../simulation/world';
import type { Supervisor } from './supervisor';
import { workLeft, type WorkLeft } from './work-left';

/** How an execution phase ended: at rest, or which bound it met (L1's subtypes). */
export type Rest = 'rest' | 'poison-loop' | 'budget' | 'livelock' | 'endless-loop' | 'known';

/** Events of one execution that are no mere waiting; a 4-record lab with three crashes takes about 300. */
const MAX_EVENTS = 20_000;

/**
 * Events that a second of waiting brings at most: about eight of heartbeats and long polls, and those of a program that
 * looks every 20 ms whether there is something to do.
 */
const WAITING_EVENTS_PER_SECOND = 60;

/** Virtual time without a delivery, an effect or a commit after which nothing more is expected; longer than any session. */
const MAX_SILENCE_MS = 3_600_000;

/** What has to be over before a program that does nothing but wait counts as having come to rest. */
interface Patience {
  readonly silenceMs: number;
  /** Whoever looks every few milliseconds has looked often enough after so many events, if they take at least so long. */
  readonly events: number;
  readonly eventsMs: number;
}

const PATIENCE: Readonly<Record<WorkLeft, Patience>> = {
  done: { silenceMs: 60_000, events: 1000, eventsMs: 5000 },
  'half-done': { silenceMs: 600_000, events: 10_000, eventsMs: 60_000 },
  // Ten times the default of max.poll.interval.ms: who works on a record, or waits with it, is seldom given longer.
  open: { silenceMs: 3_000_000, events: 25_000, eventsMs: 120_000 },
};

/** Fewer events than this are too few to speak of silence. */
const LEAST_EVENTS = 200;

/** A program that has waited for long goes on soon after. */
const WAKING_MS = 10_000;

/** What the client does by itself within this time is waited for: its back-offs are shorter, and so is a freeze. */
const SOON_MS = 60_000;

/** What is asked of an execution while it settles. */
export interface Watch {
  /** Before each event: whether an earlier execution has been here and gone on the same way. */
  isKnown(): boolean;
  /** Where all is quiet: whether something will still happen by itself, such as the end of an open transaction (TXN-14). */
  isAwaited(): boolean;
}

export function settle(world: World, supervisor: Supervisor, deliveryLimit: number, watch: Watch): Rest {
  const { history } = world;
  let seen = -1;
  let seenAt = world.now;
  let seenEvent = world.eventCount;
  for (;;) {
    if (world.stuck !== null) return 'endless-loop';
    if (watch.isKnown()) return 'known';
    if (world.isAtRest && !watch.isAwaited()) return 'rest';
    const { deliveries, effects, changes, ends, decided } = history;
    const happened =
      deliveries.length + effects.length + changes + ends.length + decided.length + sentBy(history, deliveryLimit);
    if (happened !== seen) {
      seen = happened;
      seenAt = world.now;
      seenEvent = world.eventCount;
      if (deliveries.length > deliveryLimit) return 'poison-loop';
    }
    const silence = world.now - seenAt;
    const events = world.eventCount - seenEvent;
    if (events > LEAST_EVENTS && silence > PATIENCE.done.eventsMs) {
      if (hasComeToRest(world, supervisor, silence, events) && !watch.isAwaited()) return 'rest';
      if (silence > MAX_SILENCE_MS) return workLeft(history, supervisor.alive) === 'open' ? 'livelock' : 'rest';
    }
    if (isBudgetSpent(world)) return 'budget';
    if (!world.step()) return 'rest';
  }
}

/** What a job sends is its work; one that sends without end gets nowhere. */
function sentBy({ toSend, sends }: History, limit: number): number {
  return toSend.length === 0 ? 0 : Math.min(sends.length, limit);
}

function isBudgetSpent({ eventCount, now }: World): boolean {
  return eventCount > MAX_EVENTS + (now * WAITING_EVENTS_PER_SECOND) / 1000;
}

/** Whether nothing is under way but timers of the program, and it has been given its time. */
function hasComeToRest(world: World, supervisor: Supervisor, silence: number, events: number): boolean {
  if (world.outstanding > 0 || world.isInstantOpen || supervisor.hasGivenUp) return false;
  const { alive } = supervisor;
  if (alive.some(({ wokeAt }) => world.now - wokeAt <= WAKING_MS)) return false;
  const patience = PATIENCE[workLeft(world.history, alive)];
  const isLongOver = silence > patience.silenceMs;
  if (!isLongOver && !(events > patience.events && silence > patience.eventsMs)) return false;
  // A timer as long as the silence was set before it: nobody has seen yet what comes of it.
  if (alive.some((incarnation) => incarnation.waitsFor(silence, !isLongOver))) return false;
  return !goesOnSoon(world, alive);
}

/** Whether something of the client, a service or the supervisor is about to happen, such as the end of a back-off. */
function goesOnSoon(world: World, alive: readonly Incarnation[]): boolean {
  return world
    .pending()
    .some(
      (event) =>
        !event.isBackground && event.time <= world.now + SOON_MS && !alive.some((program) => program.hasSet(event)),
    );
}
