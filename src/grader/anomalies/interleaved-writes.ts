/** A22 (G0): writes of two transactions interleave in a partition. Kafka does not isolate writers (TXN-18): always allowed. */
import type { Transaction } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const interleavedWrites: Anomaly = {
  id: 'A22',
  name: 'interleaved-writes',
  meaning: 'Writes of two transactions interleave in one partition. Kafka allows it, and so does every lab.',
  check: ({ history }) => {
    if (history.transactions.length < 2) return null;
    const writer = new Map<string, Transaction>();
    for (const { record, transaction } of history.sends) if (transaction !== null) writer.set(record, transaction);
    for (const [partition, log] of history.finalLog) {
      const ended = new Set<Transaction>();
      let current: Transaction | null = null;
      for (const { record } of log) {
        const next = writer.get(record);
        if (next === undefined || next === current) continue;
        if (ended.has(next)) return { record, params: { record, partition } };
        if (current !== null) ended.add(current);
        current = next;
      }
    }
    return null;
  },
};
