/** The chooser of a scenario: nothing goes wrong but the answers that `drop-response` names. */
import type { Choice, Chooser, Request, RequestKind, SentRequest } from '../../simulation/network';
import type { Incarnation } from '../../simulation/process';

export const KIND_OF_API = {
  Produce: 'produce',
  OffsetCommit: 'commit',
  EndTxn: 'end-txn',
  TxnOffsetCommit: 'txn-offsets',
  AddPartitionsToTxn: 'add-partitions',
  AddOffsetsToTxn: 'add-offsets',
} as const satisfies Record<string, RequestKind>;

/** `close`: the connection breaks. `swallow`: nothing comes, until the sender's own time-out. */
export type WayOfLosing = 'close' | 'swallow';

interface Order {
  readonly sender: Incarnation;
  readonly kind: RequestKind;
  readonly by: WayOfLosing;
  left: number;
}

export class LostAnswers implements Chooser {
  private readonly counts = new Map<RequestKind, number>();
  private orders: readonly Order[] = [];

  /** The next `times` answers to such requests of this process get lost; 0 takes the order back. */
  order(sender: Incarnation, kind: RequestKind, times: number, by: WayOfLosing): void {
    const others = this.orders.filter((order) => order.sender !== sender || order.kind !== kind);
    this.orders = [...others, { sender, kind, by, left: times }];
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
    if (order.by === 'close') return 'lose';
    swallow(request as Request);
    return 'default';
  }

  onLoss(): void {}

  holds(): boolean {
    return false;
  }
}

/** The answer that the endpoint is about to give goes nowhere, and the sender waits for as long as it will. */
function swallow(request: Request): void {
  request.answer = () => undefined;
  request.stall();
}
