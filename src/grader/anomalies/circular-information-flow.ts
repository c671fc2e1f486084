/** A21 (G1c, write→read edges only): transactions that each have read what another one of the circle wrote. */
import type { History, Send, Transaction } from '../../simulation/history';
import type { Anomaly } from './anomaly';

export const circularInformationFlow: Anomaly = {
  id: 'A21',
  name: 'circular-information-flow',
  meaning: 'Transactions form a circle in which each has read what the one before it wrote.',
  check: ({ history }) => {
    if (history.transactions.length < 2 || !isAnyReadWritten(history)) return null;
    const readers = readersOf(history);
    for (const start of history.transactions) {
      if (!reaches(start, start, readers, new Set())) continue;
      const record = start.reads[0]?.record ?? null;
      return { record, params: { record: record ?? '', id: start.transactionalId } };
    }
    return null;
  },
};

/** Where no transaction has read from a partition that one has written to, there is no edge at all. */
function isAnyReadWritten({ sends, transactions }: History): boolean {
  const written = new Set<string>();
  for (const { partition, transaction } of sends) if (transaction !== null) written.add(partition);
  return transactions.some(({ reads }) => reads.some(({ partition }) => written.has(partition)));
}

type Edges = ReadonlyMap<Transaction, readonly Transaction[]>;

function readersOf(history: History): Edges {
  const edges = new Map<Transaction, readonly Transaction[]>();
  for (const writer of history.transactions) {
    const written = history.sends.filter(({ transaction }) => transaction === writer);
    const readers = history.transactions.filter(
      (reader) => reader !== writer && reader.reads.some((read) => written.some((send) => isOf(read, send))),
    );
    edges.set(writer, readers);
  }
  return edges;
}

/** An output often has the id of its input: where it was read tells them apart. */
function isOf(read: Transaction['reads'][number], { record, partition }: Send): boolean {
  return read.record === record && read.partition === partition;
}

function reaches(from: Transaction, goal: Transaction, edges: Edges, visited: Set<Transaction>): boolean {
  for (const next of edges.get(from) ?? []) {
    if (next === goal) return true;
    if (visited.has(next)) continue;
    visited.add(next);
    if (reaches(next, goal, edges, visited)) return true;
  }
  return false;
}
