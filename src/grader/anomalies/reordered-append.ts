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
 * Where a value stands. One that stands there twice is A3, and its first copy counts for the order. Where the program has
 * sent it more than once, after an error or in another life, only the offset that this send was told says which is its own.
 */
function placeOf(history: History, send: Send): FinalRecord | undefined {
  const { record, partition, offset } = send;
  const isSentAgain = history.sends.some(
    (other) => other !== send && other.record === record && other.partition === partition,
  );
  const log = history.finalLog.get(partition);
  return log?.find((stored) => stored.record === record && (!isSentAgain || stored.offset === offset));
}
