/** Questions that several checkers ask of a history. */
import type { History, InputRecord } from '../../simulation/history';
import type { Evidence } from './anomaly';

/**
 * How often the effect of a record was applied; effects that were made up without a delivery do not count.
 * @param until only the first so many effects
 */
export function effectCount(history: History, record: string, until = history.effects.length): number {
  let count = 0;
  for (let i = 0; i < until; i += 1) {
    const effect = history.effects[i]!;
    if (effect.record === record && !effect.isFabricated && !effect.isUndone) count += 1;
  }
  return count;
}

/**
 * The group says of the record that it is done: its committed offset is beyond it (OFS-2).
 * @param until only the first so many commits
 */
export function isCommitted(history: History, record: InputRecord, until = history.commits.length): boolean {
  const committed = history.committed(record.partition, until);
  return committed !== null && committed > record.offset;
}

/** How often a handler was entered with the record. */
export function deliveryCount(history: History, record: InputRecord): number {
  let count = 0;
  for (const { partition, offset } of history.deliveries)
    if (partition === record.partition && offset === record.offset) count += 1;
  return count;
}

/** Whether a fresh read_committed reader finds a record in some log at the end: what was aborted is nobody's. */
export function isInLog(history: History, record: string): boolean {
  for (const partition of history.finalLog.keys())
    if (history.committedView(partition).some((stored) => stored.record === record)) return true;
  return false;
}

/**
 * What a job says it has sent and has not: it came to an end of its own without an error, or came to rest and waits for
 * nothing. Empty for programs that are no jobs.
 */
export function unsent({ history, stuck, hasGivenUp }: Evidence): readonly string[] {
  if (history.toSend.length === 0 || stuck !== null || hasGivenUp || history.isStartPending) return [];
  return history.toSend.filter((record) => !isInLog(history, record));
}

/** The input record at a place of the log; undefined for what the program itself wrote. */
export function recordAt(history: History, partition: string, offset: number): InputRecord | undefined {
  return history.input.find((record) => record.partition === partition && record.offset === offset);
}
