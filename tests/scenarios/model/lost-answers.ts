/** The chooser of a scenario: nothing goes wrong but the answers that `drop-response` names. */
import type { Choice, Chooser, RequestKind, SentRequest } from '../../../src/simulation/network';
import type { Incarnation } from '../../../src/simulation/process';

export const KIND_OF_API = {
  Produce: 'produce',
  OffsetCommit: 'commit',
  EndTxn: 'end-txn',
  TxnOffsetCommit: 'txn-offsets',
  AddPartitionsToTxn: 'add-partitions',
  AddOffsetsToTxn: 'add-offsets',
} as const satisfies Record<string, RequestKind>;

interface Order {
  readonly sender: Incarnation;
  readonly kind: RequestKind;
  left: number;
}

export class LostAnswers implements Chooser {
  private readonly counts = new Map<RequestKind, number>();
  private orders: readonly Order[] = [];

  /** The next `times` answers to such requests of this process get lost; 0 takes the order back. */
  order(sender: Incarnation, kind: RequestKind, times: number): void {
    const others = this.orders.filter((order) => order.sender !== sender || order.kind !== kind);
    this.orders = [...others, { sender, kind, left: times }];
  }

  onSend(request: SentRequest): Choice {
    request.nth = (this.counts.get(request.kind) ?? 0) + 1;
    this.counts.set(request.kind, request.nth);
    return 'default';
  }

  onEffect(request: SentRequest): Choice {
    const order = this.orders.find(
      ({ sender, kind, left }) => sender === request.sender && kind === request.kind && left > 0,
    );
    if (order === undefined) return 'default';
    order.left -= 1;
    return 'lose';
  }

  onLoss(): void {}

  holds(): boolean {
    return false;
  }
}
