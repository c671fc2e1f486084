/**
 * A13: within one assignment, and without a seek, deliveries of a partition go back or leave out a record that is there.
 * The model's own check: a client never does this (FET-10).
 */
import type { Delivery, History, Positioning } from '../../simulation/history';
import type { Anomaly, AnomalyInstance } from './anomaly';

export const pollSkip: Anomaly = {
  id: 'A13',
  name: 'poll-skip',
  meaning: 'Without a rebalance or a seek a consumer went back, or passed over a record.',
  check: ({ history }) => {
    if (history.positionings.length === 0) return null;
    const expected = new Map<string, number>();
    let next = 0;
    for (const [index, delivery] of history.deliveries.entries()) {
      while (next < history.positionings.length && history.positionings[next]!.deliveries <= index) {
        const positioning = history.positionings[next]!;
        expected.set(readerOf(positioning), positioning.offset);
        next += 1;
      }
      const reader = readerOf(delivery);
      const from = expected.get(reader);
      if (from !== undefined) {
        const found = compare(history, delivery, from);
        if (found !== null) return found;
      }
      expected.set(reader, delivery.offset + 1);
    }
    return null;
  },
};

function readerOf({ group, partition, incarnation }: Delivery | Positioning): string {
  return `${group}/${partition}/${incarnation}`;
}

function compare(history: History, delivery: Delivery, from: number): AnomalyInstance | null {
  const { partition, offset, isolation } = delivery;
  const params = { partition, offset, expected: from };
  if (offset < from) return { record: delivery.record ?? null, params: { ...params, record: delivery.record ?? '' } };
  const view = isolation === 'read_uncommitted' ? history.finalLog.get(partition) : history.committedView(partition);
  const skipped = view?.find((stored) => stored.offset >= from && stored.offset < offset);
  return skipped === undefined
    ? null
    : { record: skipped.record, params: { ...params, record: skipped.record, expected: skipped.offset } };
}
