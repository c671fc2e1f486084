/**
 * What coordinators and leaders tell the history of transactions: the ghosts of exploration.md a.1, which no client knows.
 * Nothing in the model looks at them.
 */
import type { History, Send, Transaction } from '../simulation/history';

interface Producer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/**
 * A decision has become durable (TXN-11, TXN-14).
 * @param owner producer id and epoch of the transaction, before the decision
 * @param askedBy the transaction whose end was asked for; null when the coordinator decided by itself
 */
export function noteDecision(
  history: History,
  owner: Producer,
  result: 'COMMIT' | 'ABORT',
  askedBy: object | null,
): void {
  const decided = lastOf(history, ({ decision, producerId, producerEpoch }) => {
    return decision === null && producerId === owner.producerId && producerEpoch === owner.producerEpoch;
  });
  if (decided === null) return;
  decided.decision = result === 'COMMIT' ? 'commit' : 'abort';
  decided.decidedAfter = history.deliveries.length;
  if (askedBy !== null && askedBy !== decided) decided.isMisattributed = true;
  history.decided.push(decided);
}

/** The transaction whose marker has just been written: the last one of its producer that was to be committed. */
export function committedBy(history: History, producerId: number): Transaction | undefined {
  return lastOf(history, (other) => other.producerId === producerId && other.decision === 'commit') ?? undefined;
}

/** A producer has got the transactional id (TXN-4): whoever had it before has a stale epoch. */
export function noteEpoch(history: History, transactionalId: string, producerEpoch: number): void {
  history.producerEpochs.set(transactionalId, producerEpoch);
}

/**
 * A leader has taken records: whose were they?
 * @param records with what the history knows of each
 * @param epoch the producer's; of one without transactions it means nothing
 */
export function noteAppended(
  history: History,
  records: readonly { readonly sent: Send | null }[],
  epoch: number,
): void {
  for (const { sent: send } of records) {
    if (send === null) continue;
    const newest = send.transaction === null ? undefined : history.producerEpochs.get(send.transaction.transactionalId);
    const isFenced = newest !== undefined && epoch < newest;
    if (isFenced || history.isReplaced(send.record, send.incarnation)) send.isZombie = true;
  }
}

function lastOf(history: History, is: (transaction: Transaction) => boolean): Transaction | null {
  const { transactions } = history;
  for (let i = transactions.length - 1; i >= 0; i -= 1) if (is(transactions[i]!)) return transactions[i]!;
  return null;
}
