/**
 * Carries out a plan in one execution, and notes where a further fault could strike.
 *
 * Points are offered only after the last planned fault has struck: plans are sorted by time, no plan is made twice, and
 * faults also land in the recovery that exists only because of an earlier fault (exploration.md c.2).
 */
import type { Choice, Chooser, RequestKind, SentRequest } from '../simulation/network';
import type { JoinGroupRequest, OffsetCommitRequest } from '../kafka/protocol/messages';
import type { Incarnation } from '../simulation/process';
import type { World } from '../simulation/world';
import type { Outages } from '../kafka/outages';
import { FAULTS } from './faults';
import type { Plan, PlannedFault } from './plan';
import type { FaultKind } from './verdict';

export interface ChooserOptions {
  /** Fault kinds to offer points for; empty when no child plans are wanted. */
  readonly kinds: readonly FaultKind[];
  /** Offer every request, without reductions. */
  readonly naive: boolean;
}

/** Time for a successor: to start, to be given the partitions, and to work. */
const TAKEOVER_MS = 15_000;

/** Tells what state a crash would leave, in the execution in which it does not happen. */
export interface Oracle {
  /** @returns null when it cannot be told */
  keyAfterCrash(crashing: Incarnation): string | null;
}

/** A crash whose state can be told only when everything that goes with the effect has happened. */
interface Foretold {
  readonly point: number;
  readonly crashing: Incarnation;
}

type Counts = Record<RequestKind, number>;

export class PlanChooser implements Chooser {
  /** Where one more fault could strike, in the order of virtual time. */
  readonly points: PlannedFault[] = [];
  /** By point, the state after it, for crashes that lead to a state which can be told; else null. */
  readonly statesAfter: (string | null)[] = [];
  /** Set when states are told apart, see `known-states.ts`. */
  oracle: Oracle | null = null;
  private readonly foretold: Foretold[] = [];
  private next = 0;
  private readonly counts: Counts = {
    effect: 0,
    query: 0,
    commit: 0,
    produce: 0,
    fetch: 0,
    join: 0,
    sync: 0,
    heartbeat: 0,
    leave: 0,
    committed: 0,
    'list-offsets': 0,
    metadata: 0,
    'create-topics': 0,
    'init-producer-id': 0,
    'add-partitions': 0,
    'add-offsets': 0,
    'txn-offsets': 0,
    'end-txn': 0,
  };
  private readonly offersCrash: boolean;
  /** Kinds to offer that strike as a request leaves, and right after its effect. */
  private readonly atSend: readonly FaultKind[];
  private readonly atEffect: readonly FaultKind[];
  /** Durable changes so far. */
  private durable = 0;
  /** Changing requests of the present incarnation that have been sent and have not arrived. */
  private readonly underWay = new Set<string>();
  /** What the execution is at: working, stopping, restarted …; a crash in one stage is not the same in the next. */
  stage = 0;
  /** The plan has turned out to be impossible: what it holds back would have had to leave before its crash. */
  isInfeasible = false;
  /** Incarnation whose commits are being held back; 0 for none. */
  private holdingIn = 0;
  /**
   * Tells of a commit whether it would store what is stored already: it changes nothing, so nothing can go wrong with it.
   * An object and not a function: a function of its own for each execution made the search a third slower in V8.
   */
  offsets: { isRepeat(message: OffsetCommitRequest): boolean } | null = null;
  /** The cluster's brokers, for faults that befall them; set with the world. */
  outages: Outages | null = null;
  private incarnation = 0;
  /** Signature of the last crash point offered (exploration.md c.3). */
  private offered = '';
  /** The same for crashes just after an automatic commit. */
  private offeredAutoCommit = '';
  /** By kind of fault and receiver, the signature of the last point offered. */
  private offeredLater: Map<FaultKind, Map<object, string>> | null = null;
  /** A fault is being carried out: what the client still sends for it is nothing to decide about. */
  private isStriking = false;
  /** The request whose loss is to be felt just after an automatic commit. */
  private lossAfterAutoCommit: SentRequest | null = null;
  /** The latest commit that may still have been in the client's queue: nothing later proves that it left (CLI-51). */
  private unprovenCommit = 0;
  /** Virtual time at which it was proven that it had left. */
  private provenAt = Number.POSITIVE_INFINITY;
  private durableAtCommit = 0;
  world: World | null = null;
  /** The last planned fault was a crash, and it has just happened; whoever looks takes it back. */
  hasJustEndedInCrash = false;

  constructor(
    private readonly plan: Plan,
    private readonly options: ChooserOptions,
  ) {
    this.offersCrash = options.kinds.includes('crash');
    const others = options.kinds.filter((kind) => kind !== 'crash');
    this.atSend = others.filter((kind) => FAULTS[kind].strikes === 'send' || FAULTS[kind].strikes === 'both');
    this.atEffect = others.filter((kind) => FAULTS[kind].strikes === 'effect' || FAULTS[kind].strikes === 'both');
  }

  /** The world has come to rest with a commit held back: the program waits for what cannot come. */
  get isHolding(): boolean {
    return this.holdingIn !== 0;
  }

  /** Whether every planned fault has struck. */
  get isPlanDone(): boolean {
    return this.next === this.plan.length;
  }

  onSend(request: SentRequest): Choice {
    const nth = (this.counts[request.kind] += 1);
    request.nth = nth;
    // An older one is a zombie, which goes on beside its successor.
    if (request.sender.number > this.incarnation) this.beginIncarnation(request.sender.number);
    if (request.kind === 'join') this.noteSession(request.message as JoinGroupRequest);
    if (this.isStriking) return this.sending(request);
    if (this.next < this.plan.length) {
      const planned = this.plan[this.next]!;
      if (planned.nth === nth && planned.at === request.kind && this.strikesNow(planned, request, 'before'))
        return this.strike(request);
      return this.sending(request);
    }
    if (this.isWithoutConsequence(request)) return 'default';
    if (this.offersCrash) this.offerCrash(request, 'before');
    for (const kind of this.atSend) if (this.isOffered(kind, request)) this.offerOther(kind, request, 'before');
    return this.sending(request);
  }

  private isWithoutConsequence(request: SentRequest): boolean {
    if (this.options.naive || request.kind !== 'commit' || this.offsets === null) return false;
    return this.offsets.isRepeat(request.message as OffsetCommitRequest);
  }

  onEffect(request: SentRequest): Choice {
    if (this.underWay.delete(request.name)) {
      this.durable += 1;
      if (request.kind === 'commit') {
        this.unprovenCommit = request.nth;
        this.provenAt = Number.POSITIVE_INFINITY;
        this.durableAtCommit = this.durable;
      }
    }
    // Whatever the coordinator has seen after the commit came behind it on the same connection.
    if (request.kind === 'committed' || request.kind === 'heartbeat') this.proveCommit(request.sender.world.now);
    if (this.next < this.plan.length) {
      const planned = this.plan[this.next]!;
      if (planned.nth !== request.nth || planned.at !== request.kind) return 'default';
      return this.strikesNow(planned, request, 'after') ? this.strike(request) : 'default';
    }
    if (this.offersCrash) this.offerCrash(request, 'after');
    for (const kind of this.atEffect) if (this.isOffered(kind, request)) this.offerOther(kind, request, 'after');
    return 'default';
  }

  onLoss(request: SentRequest): void {
    if (request !== this.lossAfterAutoCommit) return;
    this.lossAfterAutoCommit = null;
    this.fireAutoCommit(request);
  }

  /** Whether a commit stays queued until the planned crash (CLI-51). */
  holds(request: SentRequest): boolean {
    const planned = this.plan[this.next];
    if (planned === undefined || planned.heldCommit === 0) return false;
    const isHeld = request.kind === 'commit' && this.counts.commit + 1 >= planned.heldCommit;
    if (isHeld) this.holdingIn = request.sender.number;
    return isHeld;
  }

  /** The `nth` record of the workload is about to arrive. @returns whether it is spoilt */
  onInput(nth: number): boolean {
    const planned = this.plan[this.next];
    if (planned !== undefined) {
      if (planned.at !== 'input' || planned.nth !== nth) return false;
      this.next += 1;
      return true;
    }
    if (this.options.kinds.includes('poison')) {
      this.points.push({ fault: 'poison', at: 'input', nth, phase: null, heldCommit: 0, isAutoCommitFirst: false });
      this.statesAfter.push(null);
    }
    return false;
  }

  /** The program has come to rest for the `nth` time. @returns whether it is restarted now, beside what the lab does */
  onRest(nth: number): boolean {
    const planned = this.plan[this.next];
    if (planned !== undefined) {
      if (planned.at !== 'rest' || planned.nth !== nth) return false;
      this.next += 1;
      return true;
    }
    if (this.options.kinds.includes('restart')) {
      this.points.push({ fault: 'restart', at: 'rest', nth, phase: null, heldCommit: 0, isAutoCommitFirst: false });
      this.statesAfter.push(null);
    }
    return false;
  }

  /** Crashes have been offered right after an effect, and the event with this effect is over by now. */
  get isForetelling(): boolean {
    return this.foretold.length > 0;
  }

  /** To be called between the event of an effect and the next one: now the state is as it would be after the crash. */
  foretell(): void {
    for (const { point, crashing } of this.foretold) {
      if (crashing.isAlive) this.statesAfter[point] = this.oracle!.keyAfterCrash(crashing);
    }
    this.foretold.length = 0;
  }

  private proveCommit(now: number): void {
    this.provenAt = Math.min(this.provenAt, now);
  }

  private beginIncarnation(number: number): void {
    this.incarnation = number;
    this.underWay.clear();
    // The incarnation that held its commit back is gone, and the crash that was to take it has not come.
    if (this.holdingIn !== 0 && this.plan[this.next]?.heldCommit) this.isInfeasible = true;
    this.unprovenCommit = 0;
  }

  private sending(request: SentRequest): 'default' {
    if (request.isMutating) this.underWay.add(request.name);
    return 'default';
  }

  /** A freeze has to be longer than the group waits, by enough for the successor to do the work. */
  private noteSession({ sessionTimeoutMs }: JoinGroupRequest): void {
    if (this.world !== null) this.world.freezeMs = Math.max(this.world.freezeMs, sessionTimeoutMs + TAKEOVER_MS);
  }

  /** Whether a fault that is planned for this request strikes on this side of its effect. */
  private strikesNow({ fault, phase }: PlannedFault, request: SentRequest, now: 'before' | 'after'): boolean {
    const { strikes } = FAULTS[fault];
    const isNow = strikes === 'both' ? phase === now : strikes === (now === 'before' ? 'send' : 'effect');
    return isNow && this.isPossible(fault, request);
  }

  private isPossible(kind: FaultKind, request: SentRequest): boolean {
    const { isPossible, disturb } = FAULTS[kind];
    if (disturb !== undefined && this.outages === null) return false;
    return isPossible === undefined || isPossible(request, this.outages!);
  }

  private strike(request: SentRequest): Choice {
    const { fault, phase, isAutoCommitFirst, heldCommit } = this.plan[this.next]!;
    const { choice, disturb } = FAULTS[fault];
    if (heldCommit > 0 && this.holdingIn !== request.sender.number) this.isInfeasible = true;
    this.holdingIn = 0;
    this.next += 1;
    if (isAutoCommitFirst && choice === 'crash') this.fireAutoCommit(request);
    else if (isAutoCommitFirst && choice === 'lose') this.lossAfterAutoCommit = request;
    this.hasJustEndedInCrash = choice === 'crash' && this.isPlanDone;
    if (this.world !== null) this.world.fault = { phase, request: request.name, line: request.line };
    if (disturb !== undefined && this.outages !== null) disturb(this.outages, request, phase);
    return choice;
  }

  /** The commit that the client's timer sends leaves, whatever happens to the process right after. */
  private fireAutoCommit({ sender }: SentRequest): void {
    this.isStriking = true;
    for (const timer of sender.phaselessTimers) if (timer.isDue) timer.fire();
    this.isStriking = false;
  }

  private isOffered(kind: FaultKind, request: SentRequest): boolean {
    const { matters, isFeltLater } = FAULTS[kind];
    if (this.options.naive || matters(request)) return this.isPossible(kind, request);
    return isFeltLater === true && this.isPossible(kind, request) && this.isNewState(kind, request);
  }

  /** Whether something durable has happened since the fault was offered for this receiver. */
  private isNewState(kind: FaultKind, request: SentRequest): boolean {
    this.offeredLater ??= new Map();
    const ofKind = this.offeredLater.get(kind) ?? new Map<object, string>();
    this.offeredLater.set(kind, ofKind);
    const signature = this.signature(request);
    if (ofKind.get(request.endpoint) === signature) return false;
    ofKind.set(request.endpoint, signature);
    return true;
  }

  /** What a fault that strikes now would find. */
  private signature({ sender }: SentRequest): string {
    return `${this.stage}/${sender.number}/${this.durable}/${[...this.underWay].join()}`;
  }

  private offerCrash(request: SentRequest, phase: 'before' | 'after'): void {
    if (!this.isOffered('crash', request)) return;
    const signature = this.signature(request);
    if (this.options.naive || signature !== this.offered) {
      this.offered = signature;
      this.offer('crash', request, phase, 0);
      if (this.oracle !== null) this.foretellCrash(this.oracle, request.sender, phase);
    }
    if (signature !== this.offeredAutoCommit && request.sender.phaselessTimers.some(({ isDue }) => isDue)) {
      this.offeredAutoCommit = signature;
      this.offer('crash', request, phase, 0, true);
    }
    // The same crash with the last commit still queued: new only if something else has become durable since.
    const isHeldDifferent = this.unprovenCommit > 0 && phase === 'after' && this.durable === this.durableAtCommit + 1;
    // What had left before the proof did not wait for it: the commit, and the question behind it, may both be in the queue.
    if (isHeldDifferent && request.sentAt < this.provenAt) this.offer('crash', request, phase, this.unprovenCommit);
  }

  private foretellCrash(oracle: Oracle, crashing: Incarnation, phase: 'before' | 'after'): void {
    const point = this.points.length - 1;
    if (phase === 'before') this.statesAfter[point] = oracle.keyAfterCrash(crashing);
    else this.foretold.push({ point, crashing });
  }

  private offerOther(fault: FaultKind, request: SentRequest, now: 'before' | 'after'): void {
    const { strikes, choice } = FAULTS[fault];
    const phase = strikes === 'both' ? now : null;
    this.offer(fault, request, phase, 0);
    if (choice === 'lose' && request.sender.phaselessTimers.length > 0) this.offer(fault, request, phase, 0, true);
  }

  private offer(
    fault: FaultKind,
    request: SentRequest,
    phase: PlannedFault['phase'],
    heldCommit: number,
    isAutoCommitFirst = false,
  ): void {
    this.points.push({ fault, at: request.kind, nth: request.nth, phase, heldCommit, isAutoCommitFirst });
    this.statesAfter.push(null);
  }
}
