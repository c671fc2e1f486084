/** What the history and the trace say of a producer's transactions. */
import type { History, Transaction } from '../../simulation/history';
import type { ClientPorts } from './metadata-client';

/** An offset that becomes part of a transaction. */
export interface OffsetToSend {
  readonly topic: string;
  readonly index: number;
  /** The next one to read. */
  readonly offset: number;
  readonly metadata: string | null;
}

export class TransactionRecord {
  /** The open transaction; null for none. */
  current: Transaction | null = null;
  /** EndTxn has left: whatever the program is told, the coordinator may have decided. */
  isEndSent = false;

  constructor(
    private readonly ports: ClientPorts,
    private readonly transactionalId: string,
  ) {}

  /** @param producer id and epoch that it begins with */
  begin({ producerId, producerEpoch }: { readonly producerId: number; readonly producerEpoch: number }): void {
    const { incarnation } = this.ports;
    const { history } = incarnation.world;
    this.isEndSent = false;
    this.current = {
      transactionalId: this.transactionalId,
      incarnation: incarnation.number,
      producerId,
      producerEpoch,
      asked: null,
      outcome: 'info',
      decision: null,
      decidedAfter: history.deliveries.length,
      reads: inHand(history, incarnation.number),
      offsets: [],
    };
    history.transactions.push(this.current);
    this.trace('transaction-begin', 0);
  }

  /** The program asks for an end. @param line null for one that is refused before anything is asked of the cluster */
  ask(asked: 'commit' | 'abort', line: number | null): void {
    if (this.current === null || this.current.asked === asked) return;
    this.current.asked = asked;
    this.current.outcome = 'info';
    this.isEndSent = false;
    if (line !== null) this.trace(asked === 'commit' ? 'transaction-commit' : 'transaction-abort', line);
  }

  /** The program is told that the end has failed. @param mayGoOn nobody knows what becomes of it */
  told(mayGoOn: boolean): void {
    if (this.current === null || this.current.asked === null) return;
    this.current.outcome = this.isEndSent && mayGoOn ? 'info' : 'fail';
  }

  /** The program is told that the transaction has ended as it asked. */
  end(): void {
    if (this.current !== null) {
      this.current.outcome = 'ok';
      // Nobody has heard of it, so nobody has decided it (TXN-21).
      this.current.decision ??= this.current.asked;
    }
    this.current = null;
  }

  /** Offsets are about to go into the transaction. */
  askForOffsets(group: string, offsets: readonly OffsetToSend[], line: number): void {
    const { incarnation } = this.ports;
    if (incarnation.world.recorder === null) return;
    for (const { topic, index, offset } of offsets) {
      incarnation.world.record(
        { lane: incarnation.name, peer: `${topic}-${index}`, incarnation: incarnation.number, line: line || undefined },
        { kind: 'transaction-offsets', group, topic, partition: index, offset },
      );
    }
  }

  offsetsSent(group: string, offsets: readonly OffsetToSend[]): void {
    for (const { topic, index, offset } of offsets)
      this.current?.offsets.push({ group, partition: `${topic}-${index}`, offset });
  }

  private trace(kind: 'transaction-begin' | 'transaction-commit' | 'transaction-abort', line: number): void {
    const { incarnation } = this.ports;
    if (incarnation.world.recorder === null) return;
    incarnation.world.record(
      { lane: incarnation.name, incarnation: incarnation.number, line: line || undefined },
      { kind, transactionalId: this.transactionalId },
    );
  }
}

/** What a process has been given and has not come back from. */
function inHand({ deliveries }: History, process: number): Transaction['reads'] {
  const reads: Transaction['reads'] = [];
  for (const { incarnation, isHandled, record, partition } of deliveries)
    if (incarnation === process && isHandled !== true && record !== undefined) reads.push({ record, partition });
  return reads;
}
