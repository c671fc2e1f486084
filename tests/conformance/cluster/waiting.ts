/** Waits for something on a real cluster: looks again and again, and tells what it saw last when time is over. */

/** Nothing came of it in time; the message says what was awaited and what was seen instead. */
export class WaitedInVain extends Error {
  override readonly name = 'WaitedInVain';
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export interface Patience {
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/**
 * Looks until `isRight` says so and gives what was seen. A look that throws counts as not yet.
 *
 * @throws WaitedInVain
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
  { withinMs = 20_000, everyMs = 30 }: Patience = {},
): Promise<T> {
  const until = performance.now() + withinMs;
  let last: string;
  do {
    try {
      const seen = await look();
      if (isRight(seen)) return seen;
      last = JSON.stringify(seen) ?? 'undefined';
    } catch (error) {
      last = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
    await pause(everyMs);
  } while (performance.now() < until);
  throw new WaitedInVain(`Waited ${withinMs / 1000} s for ${what}; last seen: ${last}`);
}

/** The promise's outcome, or a rejection once time is over. The promise itself goes on. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WaitedInVain(`${what} took more than ${ms / 1000} s.`)), ms);
  });
  try {
    return await Promise.race([promise, bound]);
  } finally {
    clearTimeout(timer);
  }
}
