/** The chooser of a scenario: nothing goes wrong but the requests and answers that are ordered to get lost, or to be late. */
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

/**
 * Of an answer, `close`: the connection breaks; `swallow`: nothing comes, until the sender's own time-out. `on-the-way`: the
 * request itself is lost; `late`: it arrives when nobody waits for it any more.
 */
export type WayOfLosing = 'close' | 'swallow' | 'on-the-way' | 'late';

/** What strikes a request as it leaves, rather than its answer. */
const isOfRequest = (by: WayOfLosing): boolean => by === 'on-the-way' || by === 'late';

interface Order {
  readonly sender: Incarnation;
  readonly kind: RequestKind;
  readonly by: WayOfLosing;
  left: number;
}

export class LostAnswers implements Chooser {
  private readonly counts = new Map<RequestKind, number>();
  private orders: readonly Order[] = [];
  private cuts: readonly { readonly sender: Incarnation; readonly endpoint: object }[] = [];

  /** The next `times` such requests of this process, or answers to them, get lost; 0 takes the order back. */
  order(sender: Incarnation, kind: RequestKind, times: number, by: WayOfLosing): void {
    const isSame = (order: Order): boolean =>
      order.sender === sender && order.kind === kind && isOfRequest(order.by) === isOfRequest(by);
    const others = this.orders.filter((order) => !isSame(order));
    this.orders = [...others, { sender, kind, by, left: times }];
  }

  /** Nothing gets from this process to the endpoint, or back; or again it does. */
  cut(sender: Incarnation, endpoint: object, isCut: boolean): void {
    const others = this.cuts.filter((cut) => cut.sender !== sender || cut.endpoint !== endpoint);
    this.cuts = isCut ? [...others, { sender, endpoint }] : others;
  }

  isCut({ sender, endpoint }: { readonly sender: Incarnation; readonly endpoint: object }): boolean {
    return this.cuts.some((cut) => cut.sender === sender && cut.endpoint === endpoint);
  }

  onSend(request: SentRequest): Choice {
    request.nth = (this.counts.get(request.kind) ?? 0) + 1;
    this.counts.set(request.kind, request.nth);
    if (this.isCut(request)) return 'lose';
    const order = this.orderFor(request, true);
    if (order === null) return 'default';
    return order.by === 'late' ? 'delay' : 'lose';
  }

  onEffect(request: SentRequest): Choice {
    if (this.isCut(request)) return 'lose';
    const order = this.orderFor(request, false);
    if (order === null) return 'default';
    if (order.by === 'close') return 'lose';
    swallow(request as Request);
    return 'default';
  }

  /** The order that this request falls under, counted down; null for none. */
  private orderFor(request: SentRequest, isOnTheWay: boolean): Order | null {
    const order = this.orders.find(
      ({ sender, kind, by, left }) =>
        sender === request.sender && kind === request.kind && left > 0 && isOfRequest(by) === isOnTheWay,
    );
    if (order === undefined) return null;
    order.left -= 1;
    return order;
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
