/**
 * What a coordinator remembers of its transactional ids, as text: equal texts, equal futures (exploration.md c.4).
 *
 * Producer ids and epochs are left out, as names that no program gets to see. The time left to an open transaction counts
 * in steps: how long exactly it still holds back its readers shifts what follows in time and changes nothing in it.
 */
import type { TransactionEntry } from './transaction-entry';

const TIMER_STEP_MS = 5000;

/** @param now present virtual time */
export function transactionsFingerprint(entries: Iterable<TransactionEntry>, now: number): string {
  const texts: string[] = [];
  for (const { metadata, pending, unmarked } of entries) {
    const { transactionalId, state, partitions, startedAt, timeoutMs } = metadata;
    const left = state === 'ongoing' ? Math.ceil((startedAt + timeoutMs - now) / TIMER_STEP_MS) : '';
    const places = (list: typeof partitions): string =>
      list
        .map(({ topic, partition }) => `${topic}-${partition}`)
        .sort()
        .join();
    texts.push(`${transactionalId}:${state}:${pending ?? ''}:${left}:${places(partitions)}:${places(unmarked)}`);
  }
  return texts.sort().join('/');
}
