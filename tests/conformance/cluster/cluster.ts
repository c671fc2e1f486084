/** A Kafka cluster of its own for tests: started, broken and healed broker by broker, and gone without a trace. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { KafkaNode, nodeFiles } from './kafka-node';
import { findBasePort } from './ports';
import { identify, signal } from './process-identity';
import { makeReady } from './readiness';
import { brokerIds, brokerProperties, CONTROLLER_ID, controllerProperties, LOG4J, portsOf } from './settings';
import type { ClusterSize } from './settings';
import { endAbandonedClusters, endCluster, newClusterDir, writeState, type KnownCluster } from './state-file';
import { ensureKafka, KAFKA_VERSION } from './toolchain';

export interface ClusterOptions {
  readonly size: ClusterSize;
  /** Broker settings besides the usual ones. */
  readonly extra?: Readonly<Record<string, string>>;
  readonly kafkaVersion?: string;
  /** Goes on after this process: for `kafka:start`. */
  readonly isStanding?: boolean;
  readonly say?: (line: string) => void;
}

export class KafkaCluster {
  readonly brokers: readonly KafkaNode[];
  private readonly controller: KafkaNode;
  private readonly nodes: readonly KafkaNode[];
  private readonly onExit = (): void => {
    for (const node of this.nodes) if (node.process !== null) signal(node.process, 'SIGKILL');
  };

  private constructor(
    readonly dir: string,
    classPath: string,
    private known: KnownCluster['state'],
  ) {
    const node = (id: number, port: number): KafkaNode =>
      new KafkaNode({ id, port, dir, classPath }, (changed) => this.writeDown(changed), known.processes[id] ?? null);
    this.controller = node(CONTROLLER_ID, portsOf.controller(known.basePort));
    this.brokers = brokerIds(known.size).map((id) => node(id, portsOf.broker(known.basePort, id)));
    this.nodes = [this.controller, ...this.brokers];
  }

  /**
   * Starts a cluster and resolves when it takes records, groups and transactions. It ends with this process, whatever
   * ends that, unless it is a standing one.
   *
   * @throws ToolMissing, or an error with the end of the log of the node that did not start
   */
  static async start(options: ClusterOptions): Promise<KafkaCluster> {
    const { size, extra = {}, kafkaVersion = KAFKA_VERSION, isStanding = false, say = () => undefined } = options;
    const classPath = ensureKafka(say, kafkaVersion);
    const abandoned = await endAbandonedClusters();
    if (abandoned > 0) say(`Ended ${abandoned} cluster(s) that an earlier run had left behind.`);
    const basePort = await findBasePort(size);
    const dir = newClusterDir();
    const owner = isStanding ? null : identify(process.pid);
    const cluster = new KafkaCluster(dir, classPath, { size, kafkaVersion, basePort, owner, processes: {} });
    writeState(dir, cluster.known);
    endWithThisProcess(cluster.onExit);
    try {
      await cluster.format(classPath, extra);
      await Promise.all(cluster.nodes.map((node) => node.start()));
      await makeReady(cluster.brokers.map(({ port }) => port));
    } catch (error) {
      await cluster.end({ keep: true });
      throw new Error(`${error instanceof Error ? error.message : String(error)}\nLogs are kept in ${dir}`, {
        cause: error,
      });
    }
    if (isStanding) leaveBehind(cluster.onExit);
    return cluster;
  }

  /** A cluster that is running already, found by its state file. */
  static attach({ dir, state }: KnownCluster): KafkaCluster {
    return new KafkaCluster(
      dir,
      ensureKafka(() => undefined, state.kafkaVersion),
      state,
    );
  }

  get size(): ClusterSize {
    return this.known.size;
  }

  get kafkaVersion(): string {
    return this.known.kafkaVersion;
  }

  /** `host:port` of every broker, with commas. */
  get bootstrap(): string {
    return this.brokers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  }

  /** Addresses for a proxied listener: where the proxy has to listen, and where the broker does. */
  proxied(listener: number): { readonly id: number; readonly from: number; readonly to: number }[] {
    return this.brokers.map(({ id }) => ({
      id,
      from: portsOf.proxy(this.known.basePort, id, listener),
      to: portsOf.behindProxy(this.known.basePort, id, listener),
    }));
  }

  /** The broker with that id, 1 to the size of the cluster. */
  broker(id: number): KafkaNode {
    const broker = this.brokers.find((candidate) => candidate.id === id);
    if (broker === undefined) throw new Error(`There is no broker ${id} in a cluster of ${this.size}.`);
    return broker;
  }

  /** Ends every process. `keep` keeps logs, settings and data under {@link dir}, else they are removed. */
  async end({ keep }: { readonly keep: boolean }): Promise<void> {
    leaveBehind(this.onExit);
    await endCluster({ dir: this.dir, state: this.known }, { keep });
  }

  private writeDown(node: KafkaNode): void {
    if (node.process === null) return;
    this.known = { ...this.known, processes: { ...this.known.processes, [node.id]: node.process } };
    writeState(this.dir, this.known);
  }

  private async format(classPath: string, extra: Readonly<Record<string, string>>): Promise<void> {
    writeFileSync(path.join(this.dir, 'log4j2.yaml'), LOG4J);
    const { basePort, size } = this.known;
    const clusterId = newClusterId();
    await Promise.all(
      this.nodes.map(async ({ id }) => {
        const { properties, data } = nodeFiles(this.dir, id);
        const text =
          id === CONTROLLER_ID
            ? controllerProperties(basePort, data)
            : brokerProperties(basePort, id, size, data, extra);
        writeFileSync(properties, text);
        await formatNode(classPath, clusterId, properties);
      }),
    );
  }
}

/** 16 random bytes in base64url, as Kafka writes ids; one beginning with `-` would be read as an option. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

function formatNode(classPath: string, clusterId: string, properties: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'kafka.tools.StorageTool'];
    const child = spawn('java', [...args, 'format', '-t', clusterId, '-c', properties]);
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Formatting with ${properties} failed.\n${output}`));
    });
  });
}

const endings = new Set<() => void>();

function endWithThisProcess(end: () => void): void {
  if (endings.size === 0) hookOnce();
  endings.add(end);
}

function leaveBehind(end: () => void): void {
  endings.delete(end);
}

let isHooked = false;

function hookOnce(): void {
  if (isHooked) return;
  isHooked = true;
  // Exit follows an uncaught exception as well; only what the system ends at once has no exit.
  process.on('exit', () => endings.forEach((end) => end()));
  for (const [name, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
    process.once(name, () => process.exit(128 + number));
  }
}
