/**
 * Requests: each has a separate sending, effect and answer, and may lose any of the later two (exploration.md b).
 *
 * The way takes `LATENCY_MS` in each direction, and requests of one world keep the order of their sending.
 */
import { SimEvent } from './event-queue';
import { earliestArrival, GivingUp, isSameConnection } from './late';
import type { Incarnation } from './process';
import type { VirtualTimeMs } from './trace';

/** One way, in virtual milliseconds. */
export const LATENCY_MS = 1;

/** How long a sender waits for an answer that never comes: `headersTimeout` of undici, which is Node's fetch. */
export const PATIENCE_MS = 300_000;

/** A request that is held up arrives so long after its sender has given it up, and has sent it again … */
const LATE_MS = 5000;

/** … or after so long, when its sender waits for as long as it takes. */
const HELD_UP_MS = 45_000;

/** Whoever takes requests: a broker, a coordinator, a service. */
export interface Endpoint<Message, Answer> {
  /** Makes the effect happen and answers, at once or later, with `request.answer(…)`. */
  receive(request: Request<Message, Answer>): void;
}

/** Names of requests in execution codes; `effect` is a call of a lab's service, `query` one of its database. */
export type RequestKind =
  | 'effect'
  | 'query'
  | 'commit'
  | 'produce'
  | 'fetch'
  | 'join'
  | 'sync'
  | 'heartbeat'
  | 'leave'
  | 'committed'
  | 'list-offsets'
  | 'metadata'
  | 'create-topics'
  | 'init-producer-id'
  | 'add-partitions'
  | 'add-offsets'
  | 'txn-offsets'
  | 'end-txn';

/** What the sender gets back: exactly one of the two, unless its process dies first. */
export interface AnswerHandler<Answer> {
  /** The request has left, under its name in traces; not called when the process crashes first. */
  onSent?(): void;
  onAnswer(answer: Answer): void;
  /** The connection broke before an answer came; the request may or may not have been applied. */
  onLost(): void;
}

/** A request as the world sees it, whatever it says. */
export interface SentRequest {
  readonly kind: RequestKind;
  readonly message: unknown;
  nth: number;
  readonly name: string;
  readonly isMutating: boolean;
  readonly sender: Incarnation;
  line: number;
  readonly isUnderWay: boolean;
  readonly sentAt: number;
  /** Whoever takes it: a broker, a service, a database. */
  readonly endpoint: object;
}

/** Where a request is on its way. It is an event itself: it waits for one thing at a time. */
type Stage = 'new' | 'under-way' | 'being-lost' | 'received' | 'answer-under-way' | 'answer-being-lost' | 'over';

export class Request<Message = unknown, Answer = unknown> extends SimEvent implements SentRequest {
  /** Counts the requests of its kind in the execution, from 1. */
  nth = 0;
  /** The answer will get lost on its way. */
  losesAnswer = false;
  /** The receiver is to fail before it does anything. */
  isRefused = false;
  /** The receiver has done its work and will never answer: the sender gives up after its own time-out. */
  isUnanswered = false;
  /** Line of the learner's file that the request came from; 0 when it is the client's own. */
  line = 0;
  /** How long its sender waits for the answer once it is stuck in a paused endpoint; 0 for ever. */
  timeoutMs = 0;
  /** What the sender counts as one connection; null where that makes no difference. */
  connection: object | null = null;
  /** What the history says of whom it is for: for the history alone, no receiver acts on it. */
  ghost: object | null = null;
  /** Virtual time of its sending. */
  sentAt = 0;
  /** Its sender does not wait for it any more; it arrives all the same. */
  isGivenUp = false;
  /** Its answer is held up. */
  private isAnsweredLate = false;
  private stage: Stage = 'new';
  /** Ends the wait for a silent receiver. */
  private givingUp: GivingUp | null = null;
  /** A parked long poll does not keep the world busy. */
  private isParked = false;
  private answered: Answer | undefined = undefined;

  constructor(
    readonly kind: RequestKind,
    /** Whether its effect changes anything durable (exploration.md c.3). */
    readonly isMutating: boolean,
    readonly sender: Incarnation,
    readonly message: Message,
    readonly endpoint: Endpoint<Message, Answer>,
    private readonly handler: AnswerHandler<Answer>,
  ) {
    super(false);
  }

  /** Stable name in traces and execution codes, e.g. `commit#2`. */
  get name(): string {
    return `${this.kind}#${this.nth}`;
  }

  /** Sends it; the world's chooser may let the process crash first, or lose the request. */
  send(): void {
    const { sender } = this;
    if (!sender.isAlive) return;
    // A frozen process sends nothing: what it was about to send leaves when it goes on.
    if (sender.isPaused) {
      sender.hold(new HeldRequest(this, false));
      return;
    }
    const choice = sender.world.chooser.onSend(this);
    if (choice === 'crash') sender.crash();
    else if (choice === 'pause') {
      sender.freeze(this);
      sender.hold(new HeldRequest(this, true));
    } else this.leave(choice);
  }

  /** @internal It is on its way. */
  leave(choice: Choice): void {
    const { sender } = this;
    if (!sender.isAlive) return;
    const { world } = sender;
    this.isRefused = choice === 'refuse';
    sender.outstanding += 1;
    world.outstanding += 1;
    this.handler.onSent?.();
    this.sentAt = world.now;
    this.stage = choice === 'lose' ? 'being-lost' : 'under-way';
    if (choice === 'delay') this.holdUp(this.timeoutMs > 0 ? this.timeoutMs + LATE_MS : HELD_UP_MS);
    else if (choice === 'overtake') this.overtake();
    else if (world.late === null) world.schedule(this, LATENCY_MS);
    else this.queueBehindLate(world.late);
  }

  /** It arrives now, before those that are due a little later. */
  private overtake(): void {
    this.sender.world.recordWay(this, 'request-overtakes');
    this.sender.world.schedule(this, 0);
  }

  /** It is on its way for so long; its sender does not wait longer than it ever does. */
  private holdUp(delayMs: VirtualTimeMs): void {
    const { world } = this.sender;
    world.recordWay(this, 'request-late');
    (world.late ??= []).push(this);
    world.schedule(this, delayMs);
    this.giveUpAfter(this.timeoutMs);
  }

  private queueBehindLate(late: readonly Request[]): void {
    const { world } = this.sender;
    const wait = earliestArrival(this, late) - world.now;
    world.schedule(this, Math.max(LATENCY_MS, wait));
    if (wait <= LATENCY_MS) return;
    world.late!.push(this);
    this.giveUpAfter(this.timeoutMs);
  }

  /** On its way to its endpoint. */
  get isUnderWay(): boolean {
    return this.stage === 'under-way';
  }

  /** @internal What it has been waiting for happens. */
  fire(): void {
    switch (this.stage) {
      case 'under-way':
        if (this.givingUp !== null) this.unstall();
        this.stage = this.isGivenUp ? 'over' : 'received';
        this.endpoint.receive(this);
        return;
      case 'answer-under-way':
        this.stage = 'over';
        if (this.sender.isGone) return;
        this.release();
        this.sender.perform(this);
        return;
      case 'being-lost':
      case 'answer-being-lost':
        this.beLost(this.stage === 'being-lost');
        return;
      default:
        throw new Error(`${this.name} has nothing to wait for`);
    }
  }

  /** @internal A turn of its sender: the answer, or the loss, reaches it. */
  perform(): void {
    if (this.answered === undefined) this.handler.onLost();
    else this.handler.onAnswer(this.answered);
  }

  private beLost(wasRequest: boolean): void {
    this.stage = 'over';
    this.feelLoss(wasRequest);
  }

  private feelLoss(wasRequest: boolean): void {
    this.answered = undefined;
    if (this.sender.isGone) return;
    this.release();
    this.sender.world.chooser.onLoss(this);
    this.sender.world.recordLoss(this, wasRequest);
    this.sender.perform(this);
  }

  /**
   * To be called by the endpoint right after the effect and before `answer`: the process may crash now, or the answer be
   * lost.
   */
  applied(): void {
    if (!this.sender.isAlive) return;
    const choice = this.sender.world.chooser.onEffect(this);
    if (choice === 'crash') this.sender.crash();
    else if (choice === 'lose') this.losesAnswer = true;
    else if (choice === 'silence') this.losesAnswer = this.isUnanswered = true;
    else if (choice === 'delay') this.isAnsweredLate = true;
  }

  /** The endpoint keeps the request until something happens (long poll): the world may come to rest meanwhile. */
  park(): void {
    if (this.isParked || this.stage !== 'received') return;
    this.isParked = true;
    if (this.sender.isGone) return;
    this.release();
    this.sender.waitsForLess();
  }

  /** Nobody waits for an answer, and there will be none. */
  endUnanswered(): void {
    this.park();
    if (this.stage === 'received') this.stage = 'over';
  }

  /** Sends the answer back. A request is answered once; answers to a process that is gone disappear. */
  answer(answer: Answer): void {
    if (this.stage !== 'received') return;
    const { sender } = this;
    if (sender.isGone) return;
    if (this.givingUp !== null) this.unstall();
    this.unpark();
    this.answered = answer;
    this.renew();
    if (this.isAnsweredLate) {
      this.answerLate();
      return;
    }
    this.stage = this.losesAnswer ? 'answer-being-lost' : 'answer-under-way';
    sender.world.schedule(this, this.isUnanswered ? PATIENCE_MS : LATENCY_MS);
  }

  /** A sender that does not wait for ever does not live to see it. */
  private answerLate(): void {
    const { world } = this.sender;
    const { timeoutMs, sentAt } = this;
    world.recordWay(this, 'answer-late');
    this.stage = timeoutMs > 0 ? 'answer-being-lost' : 'answer-under-way';
    world.schedule(this, timeoutMs > 0 ? Math.max(LATENCY_MS, sentAt + timeoutMs - world.now) : HELD_UP_MS);
  }

  /** Received, and nothing has come back yet. */
  get isOpen(): boolean {
    return this.stage === 'received';
  }

  /** The receiver has fallen silent: the sender waits on, at most until its own time-out. */
  stall(): void {
    if (!this.isOpen || this.givingUp !== null || this.sender.isGone) return;
    this.giveUpAfter(this.sentAt + this.timeoutMs - this.sender.world.now);
  }

  private giveUpAfter(delayMs: VirtualTimeMs): void {
    if (this.timeoutMs === 0) return;
    this.givingUp = new GivingUp(this);
    this.sender.world.schedule(this.givingUp, Math.max(0, delayMs));
  }

  /** The receiver is back. */
  unstall(): void {
    if (this.givingUp === null) return;
    this.sender.world.cancel(this.givingUp);
    this.givingUp = null;
  }

  /** @internal The sender has waited long enough; what the receiver still makes of the request is another matter. */
  giveUp(): void {
    this.givingUp = null;
    if (this.isUnderWay) this.forsake();
    if (!this.isOpen) return;
    this.unpark();
    this.beLost(false);
  }

  /** It is still on its way when its sender gives it up, and with it the connection and all that is behind it there. */
  private forsake(): void {
    if (this.isGivenUp || this.sender.isGone) return;
    this.isGivenUp = true;
    const behind = this.sender.world.late!.filter(
      (other) => other.order > this.order && other.isUnderWay && isSameConnection(other, this),
    );
    this.feelLoss(false);
    for (const other of behind) other.giveUp();
  }

  /**
   * The connection breaks at the receiver's end, instead of an answer.
   * @param isTaken false when the request was never looked at
   */
  breakOff(isTaken: boolean): void {
    if (!this.isOpen || this.sender.isGone) return;
    this.unstall();
    this.unpark();
    this.stage = isTaken ? 'answer-being-lost' : 'being-lost';
    this.renew();
    this.sender.world.schedule(this, LATENCY_MS);
  }

  private unpark(): void {
    if (!this.isParked || this.sender.isGone) return;
    this.isParked = false;
    this.sender.outstanding += 1;
    this.sender.world.outstanding += 1;
  }

  private release(): void {
    this.sender.outstanding -= 1;
    this.sender.world.outstanding -= 1;
  }
}

/** What a process that was frozen still has to send. */
class HeldRequest {
  constructor(
    private readonly request: { send(): void; leave(choice: Choice): void },
    /** The chooser has been asked about it. */
    private readonly isDecided: boolean,
  ) {}

  perform(): void {
    if (this.isDecided) this.request.leave('default');
    else this.request.send();
  }
}

/**
 * How a world of its own can go on. When a request is about to leave: its process crashes or freezes, the request gets
 * lost, is held up, arrives before others that are under way, or its receiver fails on it. When it has just taken effect:
 * the process crashes, the answer gets lost, is held up, or is never given.
 */
export type Choice = 'default' | 'crash' | 'pause' | 'lose' | 'delay' | 'overtake' | 'refuse' | 'silence';

/** Decides wherever the world could go another way; the answers that differ from the default are the plan. */
export interface Chooser {
  /** A request is about to leave its process. */
  onSend(request: SentRequest): Choice;
  /** A request has just taken effect; its answer has not left yet. */
  onEffect(request: SentRequest): Choice;
  /** A sender is about to learn that its connection broke. */
  onLoss(request: SentRequest): void;
  /** Whether a queued request stays in its client until the process dies (CLI-51, a choice of the crash). */
  holds(request: SentRequest): boolean;
}

/** The chooser of a world without faults. */
export const NO_FAULTS: Chooser = {
  onSend: () => 'default',
  onEffect: () => 'default',
  onLoss: () => undefined,
  holds: () => false,
};
