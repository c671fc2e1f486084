/**
 * What a program still has to do, as far as its history and its processes show: who has work left over is given longer
 * before it counts as having come to rest (`settle.ts`).
 */
import type { History } from '../simulation/history';
import type { Incarnation } from '../simulation/process';

/**
 * - `done`: nothing that anybody knows of;
 * - `half-done`: a record has been handled or committed and has had no effect so far, or has had it and is not committed;
 * - `open`: nothing of a record is done, a handler has not come back, or a job has not ended.
 */
export type WorkLeft = 'done' | 'half-done' | 'open';

/** @param alive instances of the program that live */
export function workLeft(history: History, alive: readonly Incarnation[]): WorkLeft {
  const isJob = history.toSend.length > 0;
  if (alive.some(({ pendingHandlers }) => isJob || pendingHandlers > 0)) return 'open';
  return recordsLeft(history);
}

function recordsLeft(history: History): WorkLeft {
  const applied = new Set<string>();
  for (const { record, isUndone } of history.effects) if (isUndone !== true) applied.add(record);
  const handled = new Set<string>();
  for (const { partition, offset, isHandled } of history.deliveries)
    if (isHandled === true) handled.add(`${partition}/${offset}`);
  // Effects that are records are known when their topic is read, which is at the end: until then a commit stands for them.
  const isCommitEnough = history.outputTopic !== null;
  const committed = committedOf(history);
  let left: WorkLeft = 'done';
  for (const { id, partition, offset } of history.input) {
    const isCommitted = committed.get(partition)! > offset;
    const isApplied = applied.has(id) || (isCommitEnough && isCommitted);
    if (isCommitted && isApplied) continue;
    if (!isCommitted && !isApplied && !handled.has(`${partition}/${offset}`)) return 'open';
    left = 'half-done';
  }
  return left;
}

/** The committed offset of each partition that has input; 0 for none. */
function committedOf(history: History): ReadonlyMap<string, number> {
  const committed = new Map<string, number>();
  for (const { partition } of history.input)
    if (!committed.has(partition)) committed.set(partition, history.committed(partition) ?? 0);
  return committed;
}
