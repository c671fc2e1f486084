/**
 * Lets a world go on until it comes to rest, or until it is clear that it will not. All bounds are counts and virtual
 * times, so that every machine comes to the same end.
 */
import type { World } from '../simulation/world';
import type { Supervisor } from './supervisor';

/** How an execution phase ended: at rest, or which bound it met (L1's subtypes). */
export type Rest = 'rest' | 'poison-loop' | 'budget' | 'livelock' | 'endless-loop' | 'known';

/** Events of one execution; a 4-record lab with three crashes takes about 300. */
export const MAX_EVENTS = 20_000;

/** Virtual time without a delivery, an effect or a commit after which nothing more is expected; longer than any session. */
export const MAX_SILENCE_MS = 3_600_000;

/**
 * A program with a repeating timer never runs out of events. It is taken to rest when nothing is under way and nothing
 * has happened for this long and this many events.
 */
const REPEATING_SILENCE_MS = 60_000;
const REPEATING_SILENCE_EVENTS = 200;

/**
 * The same for one whose timers fire once and set the next one, as in `setTimeout(function tick() { …; setTimeout(tick,
 * 1000); }, 1000)`. A longer timer is a wait that ends, e.g. for the next attempt: the program is not done before it.
 */
const CHAIN_SILENCE_MS = 120_000;

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
  let seenLosses = history.losses;
  let lostAt = world.now;
  for (;;) {
    if (world.stuck !== null) return 'endless-loop';
    if (watch.isKnown()) return 'known';
    if (world.isAtRest && !watch.isAwaited()) return 'rest';
    const { deliveries, effects, changes, ends, decided, losses } = history;
    const happened = deliveries.length + effects.length + changes + ends.length + decided.length;
    if (happened !== seen) {
      seen = happened;
      seenAt = world.now;
      seenEvent = world.eventCount;
      if (deliveries.length > deliveryLimit) return 'poison-loop';
    }
    if (losses !== seenLosses) {
      seenLosses = losses;
      lostAt = world.now;
    }
    const silence = world.now - seenAt;
    if (silence > MAX_SILENCE_MS) return 'livelock';
    const isQuiet = silence > REPEATING_SILENCE_MS && world.eventCount - seenEvent > REPEATING_SILENCE_EVENTS;
    // Whoever waits after a loss is likely to wait for the next attempt.
    const chainSilence = world.now - Math.max(seenAt, lostAt);
    const longEnoughMs = chainSilence > CHAIN_SILENCE_MS ? REPEATING_SILENCE_MS : 0;
    const isWaiting = supervisor.current !== null && supervisor.current.waitsFor(longEnoughMs);
    const isDone = isQuiet && !isWaiting && world.outstanding === 0 && !supervisor.hasGivenUp;
    if (isDone && !watch.isAwaited()) return 'rest';
    if (world.eventCount > MAX_EVENTS) return 'budget';
    if (!world.step()) return 'rest';
  }
}
