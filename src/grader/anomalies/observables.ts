/** Questions that several checkers ask of a history. */
import type { History, InputRecord } from '../../simulation/history';

/** How often the effect of a record was applied; effects that were made up without a delivery do not count. */
export function effectCount(history: History, record: string): number {
  let count = 0;
  for (const effect of history.effects) if (effect.record === record && !effect.isFabricated) count += 1;
  return count;
}

/** The group says of the record that it is done: its committed offset is beyond it (OFS-2). */
export function isCommitted(history: History, record: InputRecord): boolean {
  const committed = history.committed(record.partition);
  return committed !== null && committed > record.offset;
}

/** How often a handler was entered with the record. */
export function deliveryCount(history: History, record: InputRecord): number {
  let count = 0;
  for (const { partition, offset } of history.deliveries) if (partition === record.partition && offset === record.offset) count += 1;
  return count;
}

/** The input record at a place of the log; undefined for what the program itself wrote. */
export function recordAt(history: History, partition: string, offset: number): InputRecord | undefined {
  return history.input.find((record) => record.partition === partition && record.offset === offset);
}
