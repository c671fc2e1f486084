/**
 * One execution of a lab's program on a real cluster: its records, its services, a plan of real kills and lost messages, a
 * restart without new input at the end. What is observed is what the world outside of the program can see.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Lab, Workload } from '../../../src/grader/lab';
import type { Plan } from '../../../src/grader/plan';
import { pause } from '../cluster/waiting';
import type { LiveCluster } from '../drivers/live/live-cluster';
import type { Watcher } from '../drivers/live/proxy';
import { COUNTED, Points, type Counted } from './points';
import { Services } from './services';
import type { Mark, RealEvidence } from './evidence';
import { Observer } from './observer';
import { evictMembers, freshTopics, isAllCommitted, isGroupStable, produceBatch } from './topics';

/** Nothing has happened for so long, and everything is committed: the program rests. */
const QUIET_MS = 1500;
/** Nothing has happened for so long: longer than the client's timer of automatic commits. */
const IDLE_MS = 6500;
const REST_MS = 60_000;
const STARTS_MAX = 8;

export interface RealOutcome {
  readonly isPlanDone: boolean;
  /** What it has left, for the checkers. */
  readonly evidence: RealEvidence;
  readonly counts: Readonly<Record<Counted, number>>;
  readonly rests: number;
  /** The last lines that the program printed. */
  readonly output: string;
}

export interface RealSetting {
  readonly cluster: LiveCluster;
  readonly lab: Lab;
  readonly workload: Workload;
  readonly plan: Plan;
  /** The compiled program. */
  readonly program: string;
  readonly cwd: string;
}

const API_KINDS: ReadonlyMap<number, Counted> = new Map([
  [0, 'produce'],
  [8, 'commit'],
  [26, 'end-txn'],
  [28, 'txn-offsets'],
]);

export async function runOnRealKafka(setting: RealSetting): Promise<RealOutcome> {
  await freshTopics(setting.cluster, setting.workload);
  const proxy = await setting.cluster.openProxy();
  if (proxy === null)
    throw new Error('A cluster of somebody else has no listeners behind a proxy; start one of your own.');
  const execution = new RealExecution(setting, proxy.bootstrap);
  proxy.proxy.watcher = execution.watcher;
  try {
    return await execution.run();
  } finally {
    await execution.close();
    await proxy.close();
    await evictMembers(setting.cluster.brokers);
  }
}

class RealExecution {
  private readonly points: Points;
  private services: Services | null = null;
  private observer: Observer | null = null;
  /** The last process that was started has not been reported as ended. */
  private isEndOpen = false;
  private child: ChildProcess | null = null;
  private starts = 0;
  private rests = 0;
  private output = '';

  constructor(
    private readonly setting: RealSetting,
    private readonly bootstrap: string,
  ) {
    this.points = new Points(setting.plan, () => this.child?.kill('SIGKILL'));
  }

  get watcher(): Watcher {
    const fate = (what: 'request' | 'answer', apiKey: number) => {
      const kind = API_KINDS.get(apiKey);
      return kind !== undefined && this.points[what](kind) === 'lose' ? 'lose' : 'forward';
    };
    return { onRequest: (apiKey) => fate('request', apiKey), onAnswer: (apiKey) => fate('answer', apiKey) };
  }

  async run(): Promise<RealOutcome> {
    const { lab, workload, cluster } = this.setting;
    this.services = await Services.listen(lab.services, this.points, () => this.starts);
    const observer = await Observer.of(cluster.brokers, workload);
    this.observer = observer;
    const isJob = workload.input !== undefined;
    const batches = workload.batches.length === 0 ? [[]] : workload.batches;
    let hasRested = true;
    for (const [index, batch] of batches.entries()) {
      if (index > 0 && lab.restartBetweenBatches) await this.stop();
      await produceBatch(cluster.brokers, batch);
      await observer.noteInput(batch);
      this.points.lastSeenMs = performance.now();
      hasRested = (await this.settle(isJob)) && hasRested;
    }
    if (!isJob && hasRested) {
      await this.stop();
      await this.mark('idle');
      hasRested = await this.settle(isJob);
    }
    await this.stop();
    return {
      isPlanDone: this.points.isPlanDone,
      evidence: await observer.evidence({
        applied: this.services.applied,
        faults: this.setting.plan.length,
        hasRested,
        hasGivenUp: this.starts >= STARTS_MAX,
      }),
      counts: Object.fromEntries(COUNTED.map((kind) => [kind, this.points.count(kind)])) as Record<Counted, number>,
      rests: this.rests,
      output: this.output,
    };
  }

  async close(): Promise<void> {
    await this.stop();
    await this.services?.close();
  }

  /** Starts the program and lets it run, over crashes, until it rests. False when it does not. */
  private async settle(isJob: boolean): Promise<boolean> {
    const until = performance.now() + REST_MS;
    for (;;) {
      if (!this.isRunning()) await this.start();
      const end = await this.restOrEnd(until);
      if (end === 'late') return false;
      if (end === 'rest' || (end === 'ended' && this.child?.exitCode === 0 && isJob)) {
        this.rests += 1;
        if (!this.points.rest(this.rests)) return true;
        await this.stop();
      } else if (this.starts >= STARTS_MAX) return false;
    }
  }

  private async restOrEnd(until: number): Promise<'rest' | 'ended' | 'late'> {
    const { brokers } = this.setting.cluster;
    const started = performance.now();
    while (performance.now() < until) {
      if (!this.isRunning()) return 'ended';
      const quiet = performance.now() - Math.max(this.points.lastSeenMs, started);
      const mayRest = quiet > QUIET_MS && this.setting.workload.input === undefined && (await isGroupStable(brokers));
      if (mayRest && (quiet > IDLE_MS || (await isAllCommitted(brokers, this.setting.workload)))) return 'rest';
      await pause(100);
    }
    return 'late';
  }

  private isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  private async start(): Promise<void> {
    await this.noteEnd();
    if (this.starts > 0) await evictMembers(this.setting.cluster.brokers);
    this.starts += 1;
    await this.mark('start');
    this.isEndOpen = true;
    const env = { PATH: process.env.PATH, KAFKA_BROKERS: this.bootstrap, ...this.services!.environment };
    const child = spawn(process.execPath, [this.setting.program], { cwd: this.setting.cwd, env });
    const keep = (data: Buffer): void => {
      this.output = (this.output + String(data)).slice(-2000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.child = child;
  }

  private async stop(): Promise<void> {
    const child = this.child;
    if (child === null || !this.isRunning()) {
      await this.noteEnd();
      return;
    }
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
    await this.noteEnd('stop');
  }

  /** @param how `stop` when it was ended from here, and not by a fault */
  private async noteEnd(how?: 'stop'): Promise<void> {
    if (!this.isEndOpen) return;
    this.isEndOpen = false;
    const { exitCode } = this.child!;
    await this.mark('end', how ?? (exitCode === null ? 'crash' : 'exit'), exitCode ?? -1);
  }

  private async mark(what: Mark['what'], how?: Mark['how'], code?: number): Promise<void> {
    const ended = how === undefined ? {} : { how, code };
    await this.observer?.mark({ what, incarnation: this.starts, applied: this.services!.applied.length, ...ended });
  }
}
