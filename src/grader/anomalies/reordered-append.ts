/** A4: one life of a producer sent a value before another one, and the log of the partition has them the other way round. */
import type { Send } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const reorderedAppend: Anomaly = {
  id: 'A4',
  name: 'reordered-append',
  meaning: 'Two values that one producer sent in order stand in its partition in the other order.',
  check: ({ history }) => {
    if (history.sends.length < 2) return null;
    const last = new Map<string, { readonly send: Send; readonly offset: number }>();
    for (const send of history.sends) {
      // A value that stands there twice is A3; its first copy is the one that counts for the order.
      const stored = history.finalLog.get(send.partition)?.find(({ record }) => record === send.record);
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
