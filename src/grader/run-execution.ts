/**
 * One execution of a lab: faults while the workload is worked off, then no more faults; the program comes to rest, is
 * restarted without new input, comes to rest again, and what is left is read (exploration.md §0.6).
 */
import type { DatabaseServer } from '../database/server';
import { Cluster } from '../kafka/cluster';
import { Outages } from '../kafka/outages';
import { HttpService } from '../services/http-service';
import type { Endpoint } from '../simulation/network';
import type { Incarnation } from '../simulation/process';
import type { Recorder } from '../simulation/recorder';
import type { StuckReason } from '../simulation/trace';
import { turn } from '../simulation/turn';
import { World, WORLD_EPOCH_MS } from '../simulation/world';
import type { History } from '../simulation/history';
import { OutputReader, readLogs } from './final-read';
import { DATABASE_VARIABLES, foldOf, outboxOf, startDatabase } from './lab-database';
import type { Lab, LabRecord, ServiceAnswer, ServiceRequest, Workload } from './lab';
import type { Execution } from './plan';
import { PlanChooser, type ChooserOptions } from './plan-chooser';
import type { Program } from './program';
import { spoilt } from './faults/poison';
import { addressesOf, settingsOf } from './lab-cluster';
import { settle, type Rest, type Watch } from './settle';
import { stateKey, type Observes } from './known-states';
import { workloadOf } from './storm/workload';
import { Supervisor } from './supervisor';

export interface ExecutionOutcome {
  readonly history: History;
  /** Why the program did not come to rest, or rested before its work was done; null when it did neither. */
  readonly stuck: StuckReason | null;
  /** The turn that did not end, when there is one. */
  readonly diagnosis: World['stuck'];
  readonly hasGivenUp: boolean;
  /** Every planned fault has struck. */
  readonly isPlanDone: boolean;
  /** The plan asks for something impossible, and the execution says nothing (CLI-51). */
  readonly isInfeasible: boolean;
  readonly points: PlanChooser['points'];
  /** For each point the state it leads to, when it is a crash and that could be foretold; else null. */
  readonly statesAfter: PlanChooser['statesAfter'];
  readonly eventCount: number;
  /** The state after the last crash of the plan, for `known-states.ts`; null when there was none or it cannot be told. */
  readonly stateKey: string | null;
  /** Events up to that state; all of them when there is none. */
  readonly eventsAtKey: number;
  /** The execution was not run to its end, because another one has been in the same state. */
  readonly isKnown: boolean;
  /** What the program has looked at. */
  readonly observes: Observes;
}

/** States that earlier executions have gone on from. */
export interface KnownStates {
  readonly keys: { has(key: string): boolean };
  readonly observes: Observes;
}

export interface ExecutionSetting {
  readonly lab: Lab;
  readonly program: Program;
  readonly execution: Execution;
  readonly options: ChooserOptions;
  readonly recorder?: Recorder;
  readonly known?: KnownStates;
}

export function runExecution({
  lab,
  program,
  execution,
  options,
  recorder,
  known,
}: ExecutionSetting): ExecutionOutcome {
  const workload = workloadOf(lab, execution);
  if (workload === undefined) throw new Error(`lab ${lab.id} has no variation ${execution.variation}`);
  turn.reset();
  const chooser = new PlanChooser(execution.plan, options);
  const world = new World(chooser, recorder ?? null);
  chooser.world = world;
  const run = new ExecutionRun(lab, workload, world, chooser, program, known ?? null);
  run.all();
  const outcome: ExecutionOutcome = {
    history: world.history,
    stuck: run.stuckReason(),
    diagnosis: world.stuck,
    hasGivenUp: run.supervisor.hasGivenUp,
    isPlanDone: chooser.isPlanDone,
    isInfeasible: chooser.isInfeasible || (!chooser.isPlanDone && chooser.isHolding),
    points: chooser.points,
    statesAfter: chooser.statesAfter,
    eventCount: world.eventCount,
    stateKey: run.stateKey,
    eventsAtKey: run.eventsAtKey ?? world.eventCount,
    isKnown: run.isAtKnownState,
    observes: world.observes,
  };
  run.supervisor.release();
  return outcome;
}

class ExecutionRun implements Watch {
  readonly supervisor: Supervisor;
  private readonly cluster: Cluster;
  private readonly outages: Outages;
  private readonly database: DatabaseServer | null;
  private readonly services: HttpService[] = [];
  private readonly output: OutputReader | null;
  private rests = 0;
  private heals = 0;
  private rest: Rest = 'rest';
  private readonly deliveryLimit: number;
  private stage = 0;
  stateKey: string | null = null;
  eventsAtKey: number | null = null;

  constructor(
    private readonly lab: Lab,
    private readonly workload: Workload,
    private readonly world: World,
    private readonly chooser: PlanChooser,
    program: Program,
    private readonly known: KnownStates | null,
  ) {
    const brokers = workload.cluster ?? lab.cluster;
    this.cluster = new Cluster(world, workload.topics, settingsOf(brokers));
    chooser.offsets = brokers === undefined ? this.cluster.coordinator : this.cluster;
    this.outages = new Outages(world, this.cluster, lab.process);
    chooser.outages = this.outages;
    if (known !== null) chooser.oracle = this;
    world.recorder?.addLane({ id: lab.process, kind: 'process' });
    const services = new Map<string, Endpoint<ServiceRequest, ServiceAnswer>>();
    const env: Record<string, string> = { KAFKA_BROKERS: addressesOf(brokers) };
    for (const service of lab.services) {
      const endpoint = new HttpService(world, service);
      this.services.push(endpoint);
      services.set(service.name, endpoint);
      env[service.urlVariable] = `http://${service.name}`;
      world.recorder?.addLane({ id: service.name, kind: 'service' });
    }
    this.database = startDatabase(world, lab, workload);
    if (this.database !== null) Object.assign(env, DATABASE_VARIABLES);
    this.output = lab.output === undefined ? null : new OutputReader(lab.output, workload.batches.flat());
    world.history.outputTopic = lab.output?.topic ?? null;
    world.history.namesDeliveries = lab.output !== undefined || this.cluster.brokers.length > 1;
    const input = workload.input ?? null;
    for (const { id } of input?.values ?? []) world.history.toSend.push(id);
    world.history.deadLetterTopic = lab.deadLetterTopic ?? null;
    this.supervisor = new Supervisor(world, lab.process, program, {
      kafka: this.cluster,
      services,
      database: this.database,
      env,
      input,
    });
    // A record is worth some repeats by every fault and its recovery; beyond this the same one comes again for ever.
    this.deliveryLimit = 60 + 30 * workload.batches.flat().length;
  }

  /** A job has an end of its own; started again it would do its work again. */
  private get isJob(): boolean {
    return this.workload.input !== undefined;
  }

  all(): void {
    const [first = [], ...later] = this.workload.batches;
    this.append(first);
    this.startProgram();
    this.comeToRest();
    for (const batch of later) {
      if (this.rest === 'rest') this.nextBatch(batch);
    }
    this.heal();
    if (this.rest === 'rest' && !this.isJob) this.restartIdle();
    this.readFinalLog();
    this.output?.read(this.world.history, this.cluster);
    if (this.database !== null) {
      this.world.history.fold = foldOf(this.lab, this.workload, this.database);
      this.world.history.outbox = outboxOf(this.lab, this.database);
    }
    this.phase('end');
  }

  /** Whether the run ended because of `known`. */
  get isAtKnownState(): boolean {
    return this.rest === 'known';
  }

  isKnown(): boolean {
    if (this.chooser.isForetelling) this.chooser.foretell();
    if (!this.chooser.hasJustEndedInCrash) return false;
    this.chooser.hasJustEndedInCrash = false;
    if (this.known === null) return false;
    this.stateKey = this.keyAfterCrash(null);
    this.eventsAtKey = this.world.eventCount;
    return this.stateKey !== null && this.known.keys.has(this.stateKey);
  }

  /**
   * An open transaction keeps others waiting until its coordinator ends it, and partitions of an instance that is gone wait
   * for its session to expire, until another instance gets them: what is seen then is what counts.
   */
  isAwaited(): boolean {
    const { world, cluster, outages, supervisor } = this;
    // Without its brokers a coordinator may end nothing: first they come back.
    if (outages.isAny) return false;
    if (world.history.transactions.length > 0 && cluster.hasOpenTransactions) return true;
    return supervisor.isTakeoverDue;
  }

  /**
   * The state once nothing of the program is left but what the world remembers.
   * @param crashing an incarnation that is taken to be gone, though it is not; null when all of them are
   * @returns null when an instance lives on: what it remembers is in no key
   */
  keyAfterCrash(crashing: Incarnation | null): string | null {
    if (this.known === null || this.supervisor.hasAlive(crashing)) return null;
    // N4 excuses one record for each loss.
    const losses = this.lab.anomalies.N4 === undefined ? '' : this.world.history.losses;
    const services = this.services.map((service) => service.fingerprint()).join();
    const waiting = this.world.history.idleRestart?.unapplied.join() ?? '';
    const stage = `${this.stage}${waiting}/${this.rests}.${this.heals}/${losses}/${this.database?.fingerprint(crashing) ?? ''}/${services}`;
    const number = this.supervisor.current?.number ?? 0;
    const isOrderJudged = this.lab.anomalies.A12 !== undefined;
    return stateKey(this.world, this.cluster, stage, number, this.known.observes, isOrderJudged);
  }

  private nextBatch(batch: readonly LabRecord[]): void {
    this.stage += 1;
    this.phase('next-batch');
    if (!this.lab.restartBetweenBatches) {
      this.append(batch);
    } else {
      this.stopProgram();
      this.append(batch);
      this.startProgram();
    }
    this.comeToRest();
  }

  /** Lets the world go on until it rests; a planned restart at that point happens here. */
  private comeToRest(): void {
    for (;;) {
      this.settle();
      this.noteWhatIsPending();
      if (this.rest !== 'rest') return;
      this.rests += 1;
      if (!this.chooser.onRest(this.rests)) return;
      this.stopProgram();
      this.startProgram();
    }
  }

  /** The last phase: a restart without new input; whatever is delivered now is a repeat (A15). */
  private restartIdle(): void {
    this.phase('restart');
    this.stopProgram();
    if (this.rest === 'known') return;
    this.output?.read(this.world.history, this.cluster);
    // Where losing is allowed a record may have been given up by a commit that got lost.
    this.world.history.markIdleRestart(this.lab.anomalies.A7 === 'forbidden');
    this.stage = -1;
    this.startProgram();
    this.settle();
    this.noteWhatIsPending();
    this.heal();
  }

  private settle(): void {
    const { world, supervisor, deliveryLimit } = this;
    this.rest = settle(world, supervisor, deliveryLimit, this);
  }

  /** The faults are over: brokers come back, and everything comes to rest once more. */
  private heal(): void {
    if (this.rest !== 'rest' || !this.outages.isAny) return;
    this.heals += 1;
    this.outages.heal();
    this.settle();
    this.noteWhatIsPending();
  }

  private startProgram(): void {
    this.chooser.stage += 1;
    this.supervisor.start();
  }

  private stopProgram(): void {
    this.chooser.stage += 1;
    this.supervisor.stop();
    this.settle();
  }

  private noteWhatIsPending(): void {
    const { history } = this.world;
    const incarnation = this.supervisor.current;
    if (incarnation === null) return;
    history.isHandlerPending = incarnation.isAlive && incarnation.pendingHandlers > 0;
    history.isStartPending = incarnation.isAlive ? incarnation.isStartPending : history.ends.at(-1)?.code === 13;
  }

  private append(batch: readonly LabRecord[]): void {
    // Nobody can write to a partition that has lost its leader.
    if (batch.some(({ topic, partition }) => !this.outages.hasLeader(topic, partition))) this.heal();
    const timestamps = timestampsOf(batch, WORLD_EPOCH_MS + this.world.now);
    for (const [index, { id, topic, partition, key, value: sound }] of batch.entries()) {
      const isSpoilt = this.chooser.onInput(this.world.history.input.length + 1);
      const value = isSpoilt ? spoilt(sound) : sound;
      const offset = this.cluster.append(topic, partition, [
        { key, value, headers: {}, timestamp: timestamps[index]! },
      ]);
      this.world.history.input.push({ id, partition: `${topic}-${partition}`, offset, key });
      if (isSpoilt) this.notePoison(id, topic, partition, offset);
    }
  }

  private notePoison(record: string, topic: string, partition: number, offset: number): void {
    this.world.history.poison.add(record);
    if (this.world.recorder === null) return;
    this.world.record({ lane: `${topic}-${partition}` }, { kind: 'poison', topic, partition, offset, record });
  }

  /** Of use only where the program itself has written something, and for the ledger of a recorded execution. */
  private readFinalLog(): void {
    if (this.world.recorder === null && this.world.history.sends.length === 0 && !this.isJob) return;
    readLogs(this.world.history, this.cluster);
  }

  private phase(phase: 'next-batch' | 'restart' | 'end'): void {
    if (this.world.recorder !== null) this.world.record({ lane: this.lab.process }, { kind: 'phase', phase });
  }

  /** L1's subtype (exploration.md a.2), whether or not the goal was missed: that is for the checker to say. */
  stuckReason(): StuckReason | null {
    const { history } = this.world;
    if (this.world.stuck !== null) return 'endless-loop';
    if (this.rest === 'known') return null;
    if (this.rest !== 'rest') return this.rest;
    if (history.isHandlerPending) return 'deadlock';
    const isNothingDone = history.effects.length === 0 && history.deliveries.length === 0;
    if (history.isStartPending && isNothingDone) return 'deadlock';
    return null;
  }
}

/** When the records were sent: one after the other, since a copy that was sent again has another time, but for those sent at once. */
function timestampsOf(batch: readonly LabRecord[], now: number): readonly number[] {
  let timestamp = now - batch.length - 1;
  return batch.map(({ isSameMillisecond }, index) => {
    if (isSameMillisecond !== true || index === 0) timestamp += 1;
    return timestamp;
  });
}
