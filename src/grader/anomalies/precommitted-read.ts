/** A18: a read_committed reader was given a value before the transaction that wrote it had been decided. */
import type { Anomaly } from './anomaly';

export const precommittedRead: Anomaly = {
  id: 'A18',
  name: 'precommitted-read',
  meaning: 'A reader at read_committed was given a value before its transaction was committed.',
  check: ({ history }) => {
    if (history.transactions.length === 0) return null;
    const writes = history.sends.filter(({ transaction }) => transaction !== null);
    for (const [index, { record, isolation, partition }] of history.deliveries.entries()) {
      if (record === undefined || isolation !== undefined) continue;
      const writers = writes.filter((send) => send.record === record && send.partition === partition);
      if (writers.length === 0) continue;
      const isDecided = writers.some(
        ({ transaction }) => transaction!.decision !== null && transaction!.decidedAfter <= index,
      );
      if (!isDecided) return { record, params: { record, partition } };
    }
    return null;
  },
};
