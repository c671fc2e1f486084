/** What one scenario run has of its own: names that no other run uses, client processes, deliveries. */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { ScenarioError } from '../../../../src/scenarios/language/scenario-error';
import type { ClientLetter } from '../../../../src/scenarios/language/scenario';
import type { TopicPartition } from '../../../../src/scenarios/language/words';
import type { Event, SeenRecord } from '../protocol';
import { ClientProcess } from './client-process';
import type { ClientPrograms } from './client-programs';
import type { LiveCluster } from './live-cluster';
import type { Proxy } from './proxy';

export interface Delivery {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly SeenRecord[];
}

/** What is known of a consumer, also after its process has died. */
export interface ConsumerRecord {
  readonly group: string;
  readonly process: string;
  readonly delivered: Delivery[];
  /** Deliveries that no `take` has asked for yet. */
  readonly untaken: Delivery[];
  hasCrashed: boolean;
}

export interface ProxyOfClient {
  readonly proxy: Proxy;
  readonly bootstrap: string;
  close(): Promise<void>;
}

export class RunContext {
  readonly consumers = new Map<string, ConsumerRecord>();
  readonly proxies = new Map<string, ProxyOfClient>();
  private readonly processes = new Map<string, ClientProcess>();
  private readonly processOfClient = new Map<string, string>();
  private readonly keep: (line: string) => void;
  private readonly chosen = new Map<string, string>();
  /** When the scenario last wrote something as set-up, by the clock of this process. */
  lastProducedMs = -Infinity;

  constructor(
    readonly cluster: LiveCluster,
    readonly letter: ClientLetter,
    private readonly programs: ClientPrograms,
    private readonly prefix: string,
    /** Where everything is written down that is said to clients and heard from them. */
    transcript: string,
  ) {
    mkdirSync(path.dirname(transcript), { recursive: true });
    this.keep = (line) => appendFileSync(transcript, `${new Date().toISOString()} ${line}\n`);
  }

  topic(name: string): string {
    return `${this.prefix}-${name}`;
  }

  /** The real name behind a group or transactional id. */
  named(kind: 'group' | 'tid', name: string): string {
    return this.chosen.get(`${kind} ${name}`) ?? `${this.prefix}-${name}`;
  }

  choose(kind: 'group' | 'tid', name: string, real: string): void {
    this.chosen.set(`${kind} ${name}`, real);
  }

  /** `t/0` for a real topic. */
  show(topic: string, partition: number): string {
    return `${topic.slice(this.prefix.length + 1)}/${partition}`;
  }

  real({ topic, partition }: TopicPartition): { readonly topic: string; readonly partition: number } {
    return { topic: this.topic(topic), partition };
  }

  bootstrapOf(client: string): string {
    return this.proxies.get(client)?.bootstrap ?? this.cluster.bootstrap;
  }

  /** The process in which the client of that name is made; started when it does not run. */
  processFor(client: string, processName = client): ClientProcess {
    this.processOfClient.set(client, processName);
    const running = this.processes.get(processName);
    if (running?.isRunning === true) return running;
    if (this.letter === 'R') throw new ScenarioError('R has no clients; it makes requests with "raw …".');
    const process = new ClientProcess(processName, this.programs[this.letter], (event) => this.hear(event), this.keep);
    this.processes.set(processName, process);
    return process;
  }

  /** The process that holds a client made before. */
  processOf(client: string): ClientProcess {
    const process = this.processes.get(this.processOfClient.get(client) ?? '');
    if (process === undefined) throw new ScenarioError(`there is no client "${client}" yet`);
    return process;
  }

  processNamed(name: string): ClientProcess {
    const process = this.processes.get(name);
    if (process === undefined) throw new ScenarioError(`there is no process "${name}"`);
    return process;
  }

  consumer(name: string): ConsumerRecord {
    const consumer = this.consumers.get(name);
    if (consumer === undefined) throw new ScenarioError(`there is no consumer "${name}" yet`);
    return consumer;
  }

  async close(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.kill()));
    await Promise.all([...this.proxies.values()].map((proxy) => proxy.close()));
  }

  private hear(event: Event): void {
    if (event.event === 'unhandled') return;
    const consumer = this.consumers.get(event.name);
    if (consumer === undefined) return;
    if (event.event === 'crashed') {
      consumer.hasCrashed = true;
      return;
    }
    const { topic, partition, records } = event;
    consumer.delivered.push({ topic, partition, records });
    consumer.untaken.push({ topic, partition, records });
  }
}
