/**
 * One execution of a lab's program on a real cluster: its records, its services, a plan of real kills and lost messages, a
 * restart without new input at the end. What is observed is what the world outside of the program can see.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Lab, Workload } from '../../../src/grader/lab';
import type { Plan } from '../../../src/grader/plan';
import { pause } from '../cluster/waiting';
import type { LiveCluster } from '../drivers/live/live-cluster';
import { logOf } from '../drivers/live/oracle';
import type { Watcher } from '../drivers/live/proxy';
import { COUNTED, Points, type Counted } from './points';
import { Services } from './services';
import { evictMembers, freshTopics, isAllCommitted, isGroupStable, produceBatch } from './topics';

/** Nothing has happened for so long, and everything is committed: the program rests. */
const QUIET_MS = 1500;
/** Nothing has happened for so long: longer than the client's timer of automatic commits. */
const IDLE_MS = 6500;
const REST_MS = 60_000;
const STARTS_MAX = 8;

export interface RealOutcome {
  readonly isPlanDone: boolean;
  /** Business ids, in the order in which they were applied, before the restart without new input. */
  readonly applied: readonly string[];
  /** The same after it. */
  readonly appliedWhenIdle: readonly string[];
  /** Values of each topic's records, in the order of the log. */
  readonly logs: Readonly<Record<string, readonly string[]>>;
  /** It was started again and again and ended with an error each time. */
  readonly hasGivenUp: boolean;
  readonly hasRested: boolean;
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
    this.services = await Services.listen(lab.services, this.points);
    const isJob = workload.input !== undefined;
    const batches = workload.batches.length === 0 ? [[]] : workload.batches;
    let hasRested = true;
    for (const [index, batch] of batches.entries()) {
      if (index > 0 && lab.restartBetweenBatches) await this.stop();
      await produceBatch(cluster.brokers, batch);
      this.points.lastSeenMs = performance.now();
      hasRested = (await this.settle(isJob)) && hasRested;
    }
    const before = this.services.applied.length;
    if (!isJob && hasRested) {
      await this.stop();
      hasRested = await this.settle(isJob);
    }
    await this.stop();
    return {
      isPlanDone: this.points.isPlanDone,
      applied: this.services.applied.slice(0, before),
      appliedWhenIdle: this.services.applied.slice(before),
      logs: await this.readLogs(),
      hasGivenUp: this.starts >= STARTS_MAX,
      hasRested,
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
    if (this.starts > 0) await evictMembers(this.setting.cluster.brokers);
    this.starts += 1;
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
    if (child === null || !this.isRunning()) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  private async readLogs(): Promise<Record<string, readonly string[]>> {
    const logs: Record<string, string[]> = {};
    for (const { name, partitions } of this.setting.workload.topics) {
      logs[name] = [];
      for (let partition = 0; partition < partitions; partition += 1) {
        const records = await logOf(this.setting.cluster.brokers, name, partition);
        logs[name].push(...records.flatMap(({ value, marker }) => (marker === null && value !== null ? [value] : [])));
      }
    }
    return logs;
  }
}
