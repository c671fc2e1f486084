/** One process of a cluster: a broker or the controller. It can be killed, paused, stopped and started again. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { identify, isRunning, signal, waitUntilGone, type ProcessIdentity } from './process-identity';
import { WaitedInVain, waitFor } from './waiting';

/** Enough for what tests do; one process takes about 200 MB with it. */
const JVM = ['-Xmx400m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
const START_MS = 60_000;
const LOG_LINES_SHOWN = 15;

export interface NodeSpec {
  readonly id: number;
  readonly port: number;
  /** Folder of the cluster; the node's files are named after its id. */
  readonly dir: string;
  readonly classPath: string;
}

export class KafkaNode {
  readonly id: number;
  readonly port: number;
  private identity: ProcessIdentity | null;

  /** `onChange` is told of every new process, so that it can be written down before anything else happens. */
  constructor(
    private readonly spec: NodeSpec,
    private readonly onChange: (node: KafkaNode) => void,
    identity: ProcessIdentity | null = null,
  ) {
    this.id = spec.id;
    this.port = spec.port;
    this.identity = identity;
  }

  get process(): ProcessIdentity | null {
    return this.identity;
  }

  get isUp(): boolean {
    return this.identity !== null && isRunning(this.identity);
  }

  get dataDir(): string {
    return nodeFiles(this.spec.dir, this.id).data;
  }

  /** Starts the process and resolves when its port is open. @throws with the end of its log when it ends instead */
  async start(): Promise<void> {
    if (this.isUp) throw new Error(`Node ${this.id} is running already.`);
    // The first thread of a JVM can be gone while others still hold its sockets.
    await waitFor(
      `port ${this.port} to be closed`,
      () => isOpen(this.port),
      (open) => !open,
      { everyMs: 20 },
    );
    const { properties, log } = nodeFiles(this.spec.dir, this.id);
    const output = openSync(log, 'a');
    const log4j = `-Dlog4j2.configurationFile=${path.join(this.spec.dir, 'log4j2.yaml')}`;
    // Detached: Ctrl+C in a terminal goes to a whole process group, and brokers are ended by their cluster.
    const child = spawn('java', [...JVM, log4j, '-cp', this.spec.classPath, 'kafka.Kafka', properties], {
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, LOG_DIR: this.spec.dir },
    });
    closeSync(output);
    child.unref();
    if (child.pid === undefined) throw new Error('java could not be started.');
    this.identity = identify(child.pid);
    this.onChange(this);
    await this.waitForPort();
  }

  /** SIGKILL: nothing is flushed, nobody is told. Resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL', 10_000);
  }

  /** SIGTERM: leadership moves away first. */
  async stop(): Promise<void> {
    await this.end('SIGTERM', 30_000);
  }

  /** SIGSTOP: the process stands still with all its sockets open, until {@link resume}. */
  pause(): void {
    this.send('SIGSTOP');
  }

  resume(): void {
    this.send('SIGCONT');
  }

  private async end(name: NodeJS.Signals, withinMs: number): Promise<void> {
    const identity = this.send(name);
    await waitUntilGone(identity, withinMs);
  }

  private send(name: NodeJS.Signals): ProcessIdentity {
    if (this.identity === null || !signal(this.identity, name)) {
      throw new Error(`${name}: node ${this.id} is not running.`);
    }
    return this.identity;
  }

  private async waitForPort(): Promise<void> {
    try {
      const isOpenOrDead = async (): Promise<boolean> => !this.isUp || (await isOpen(this.port));
      await waitFor(`port ${this.port} of node ${this.id}`, isOpenOrDead, Boolean, { withinMs: START_MS, everyMs: 50 });
    } catch (error) {
      if (error instanceof WaitedInVain) throw new Error(`${error.message}\n${this.endOfLog()}`, { cause: error });
      throw error;
    }
    if (!this.isUp) throw new Error(`Node ${this.id} ended while it was starting.\n${this.endOfLog()}`);
  }

  private endOfLog(): string {
    const { log } = nodeFiles(this.spec.dir, this.id);
    const lines = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
    return [`The end of ${log}:`, ...lines.slice(-LOG_LINES_SHOWN)].join('\n');
  }
}

/** Where a node of that id keeps its things. */
export function nodeFiles(dir: string, id: number): { properties: string; data: string; log: string } {
  return {
    properties: path.join(dir, `node-${id}.properties`),
    data: path.join(dir, `data-${id}`),
    log: path.join(dir, `node-${id}.log`),
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}
