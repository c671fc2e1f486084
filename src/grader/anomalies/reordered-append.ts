/** A4: one life of a producer sent a value before another one, and the log of the partition has them the other way round. */
import type { FinalRecord, History, Send } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const reorderedAppend: Anomaly = {
  id: 'A4',
  name: 'reordered-append',
  meaning: 'Two values that one producer sent in order stand in its partition in the other order.',
  check: ({ history }) => {
    if (history.sends.length < 2) return null;
    const last = new Map<string, { readonly send: Send; readonly offset: number }>();
    for (const send of history.sends) {
      const stored = placeOf(history, send);
      if (stored === undefined || send.record === '') continue;
      const key = `${send.incarnation}/${send.partition}`;
      const before = last.get(key);
      if (before !== undefined && before.offset > stored.offset) {
        const params = { record: send.record, offset: stored.offset, other: before.send.record };
        return { record: send.record, params: { ...params, otherOffset: before.offset } };
      }
      last.set(key, { send, offset: stored.offset });
    }
    return null;
  },
};

/**
 * Where a value stands. One that stands there twice is A3, and its first copy counts for the order; where another life has
 * sent it, too, only the offset that this one was told says which copy is its own.
 */
function placeOf(history: History, { record, partition, incarnation, offset }: Send): FinalRecord | undefined {
  const copies = history.finalLog.get(partition)?.filter((stored) => stored.record === record) ?? [];
  const isShared =
    copies.length > 1 &&
    history.sends.some(
      (other) => other.record === record && other.partition === partition && other.incarnation !== incarnation,
    );
  return isShared ? copies.find((stored) => stored.offset === offset) : copies[0];
}
