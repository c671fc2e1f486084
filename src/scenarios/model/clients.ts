/** The clients of a scenario by name, and the processes that they live in. */
import type { Command, CommandNamed } from '../language/commands';
import { settled, type RunningCommand } from '../language/driver';
import type { ClientLetter } from '../language/scenario';
import { NotYetRunnable, ScenarioError } from '../language/scenario-error';
import type { TopicPartition } from '../language/words';
import { ConfluentPlayer } from './confluent-player';
import { JavaPlayer } from './java-player';
import type { ModelCluster } from './model-cluster';
import { ModelProcess } from './model-process';
import { orNothing } from './oracles';
import type { PlayedConsumer, PlayedProducer, Player } from './player';
import type { ResultsTo } from './result-writer';
import { Pending } from './virtual-clock';
import { WriteProgram } from './write-program';

/** A reader is done when nothing has come for so long, in virtual milliseconds. */
const QUIET_MS = 1500;

export interface MadeClient {
  readonly name: string;
  readonly kind: 'producer' | 'consumer';
  readonly process: ModelProcess;
  readonly assigned: readonly string[];
  readonly processed: readonly string[];
  /** What the program of a producer takes for stored. */
  readonly confirmed: readonly string[];
}

export class Clients {
  private readonly processes = new Map<string, ModelProcess>();
  private readonly processOf = new Map<string, string>();
  private readonly producers = new Map<string, PlayedProducer>();
  private readonly consumers = new Map<string, PlayedConsumer>();
  private readonly connections = new Map<string, Pending>();
  private readonly transactional = new Set<string>();
  private readonly programs = new Map<string, WriteProgram>();
  private readonly player: Player | null;
  private readerCount = 0;

  constructor(
    private readonly cluster: ModelCluster,
    private readonly letter: ClientLetter,
  ) {
    this.player = playerOf(letter, cluster);
  }

  /** The process of a client, or the one with this name. */
  process(name: string): ModelProcess {
    const process = this.processes.get(this.processOf.get(name) ?? name);
    if (process === undefined) throw new ScenarioError(`there is no client and no process called ${name}`);
    return process;
  }

  /** Every client that was made, by name, as it is now. */
  all(): readonly MadeClient[] {
    const producers = [...this.producers].map(([name, { process }]): MadeClient => {
      const confirmed = this.programs.get(name)?.confirmed ?? [];
      return { name, kind: 'producer', process, assigned: [], processed: [], confirmed };
    });
    const consumers = [...this.consumers].map(([name, consumer]): MadeClient => {
      const { process, processed } = consumer;
      return { name, kind: 'consumer', process, assigned: consumer.assigned(), processed, confirmed: [] };
    });
    return [...producers, ...consumers];
  }

  release(): void {
    for (const { incarnation } of this.processes.values()) incarnation.release();
  }

  /** Carries out what a client does, or gives null when the command is for somebody else. */
  start(command: Command): RunningCommand | null {
    return this.produce(command) ?? this.consume(command) ?? this.ask(command);
  }

  private produce(command: Command): RunningCommand | null {
    switch (command.command) {
      case 'producer': {
        const tid = command.tid === undefined ? {} : { tid: this.cluster.realTid(command.tid) };
        const process = this.processFor(command.producer, command.in);
        const producer = this.played().producer(process, { ...command, ...tid });
        this.producers.set(command.producer, producer);
        const connection = producer.connect();
        this.connections.set(command.producer, connection);
        if (command.tid !== undefined) this.transactional.add(command.producer);
        return connection;
      }
      case 'begin':
        return this.producer(command.producer).begin();
      case 'send':
        return this.producer(command.producer).send(command);
      case 'send-each':
        return this.sendEach(command);
      case 'write':
        return this.write(command);
      case 'commit':
        return this.producer(command.producer).commit();
      case 'abort':
        return this.producer(command.producer).abort();
      case 'send-offsets':
        return this.producer(command.producer).sendOffsets(this.consumer(command.consumer), command.of, command.offset);
      default:
        return null;
    }
  }

  private consume(command: Command): RunningCommand | null {
    switch (command.command) {
      case 'consumer': {
        const process = this.processFor(command.consumer, command.in);
        const group = this.cluster.realGroup(command.group);
        const consumer = this.played().consumer(process, { ...command, group }, this.resultsOf(command));
        this.consumers.set(command.consumer, consumer);
        return consumer.start();
      }
      case 'take':
        return this.consumer(command.consumer).take();
      case 'done':
        this.consumer(command.consumer).done();
        return settled([]);
      case 'throw':
        this.consumer(command.consumer).throwError(command.error ?? 'Error');
        return settled([]);
      case 'resolve':
        this.consumer(command.consumer).resolve(command.offset);
        return settled([]);
      case 'commit-offset':
        return this.consumer(command.consumer).commitOffset(command.of, command.offset, command.then === 'kill');
      case 'seek':
        return this.consumer(command.consumer).seek(command.of, command.offset);
      case 'close':
        return (this.consumers.get(command.client) ?? this.producer(command.client)).close();
      default:
        return null;
    }
  }

  private ask(command: Command): RunningCommand | null {
    switch (command.command) {
      case 'own-committed':
        return this.consumer(command.consumer).ownCommitted(command.of);
      case 'assigned':
        return settled([orNothing(this.consumer(command.consumer).assigned())]);
      case 'assignments':
        return settled([String(this.consumer(command.consumer).assignments())]);
      case 'delivered':
        return settled([orNothing(this.consumer(command.consumer).delivered(command.of))]);
      case 'processed':
        return settled([orNothing(this.consumer(command.consumer).processed)]);
      case 'state':
        return settled([this.state(command.consumer)]);
      case 'admin-committed': {
        const process = this.processFor(`admin-${(this.readerCount += 1)}`, undefined);
        return this.played().adminCommitted(process, this.cluster.realGroup(command.group), command.of, command.stable);
      }
      default:
        return null;
    }
  }

  private resultsOf({ consumer, into, by }: CommandNamed<'consumer'>): ResultsTo | null {
    if (into === undefined && by === undefined) return null;
    if (into === undefined || by === undefined)
      throw new ScenarioError(`${consumer}: "into" needs "by", and "by" needs "into": a topic, and a producer for it`);
    return {
      producer: this.producer(by),
      connection: this.connections.get(by)!,
      topic: into,
      partitions: this.cluster.partitionCount(into),
      isTransactional: this.transactional.has(by),
    };
  }

  private state(name: string): string {
    const consumer = this.consumer(name);
    if (consumer.process.incarnation.isGone) return 'gone';
    return consumer.isCrashed ? 'crashed' : 'running';
  }

  /** A fresh consumer from the beginning, until nothing has come for a while; R filters by itself. */
  read(of: TopicPartition, isolation: 'ru' | 'rc'): RunningCommand {
    if (this.letter === 'R') return settled([this.cluster.oracles.read(of, isolation)]);
    const name = `reader-${(this.readerCount += 1)}`;
    const process = this.processFor(name, undefined);
    const command = { group: name, topics: [of.topic], from: 'earliest', isolation, autoCommit: 'off' } as const;
    const consumer = this.played().consumer(process, command, null);
    const { clock } = this.cluster;
    void consumer.start();
    clock.until(() => consumer.assigned().length > 0, 'the reader has no assignment');
    for (let count = -1; count !== consumer.delivered(of).length;) {
      count = consumer.delivered(of).length;
      clock.pass(QUIET_MS);
    }
    process.kill();
    return settled([orNothing(consumer.delivered(of))]);
  }

  private sendEach({ producer: name, to, prefix, count, pace }: CommandNamed<'send-each'>): Pending {
    const producer = this.producer(name);
    const { clock } = this.cluster;
    const { incarnation } = producer.process;
    const pending = new Pending(clock);
    const rejected: string[] = [];
    let sending: { readonly value: string; readonly result: Pending } | null = null;
    let sent = 0;
    let index = 0;
    const next = (): void => {
      index += 1;
      if (index > count) return pending.settle([...rejected, `sent ${sent}`]);
      const value = `${prefix}${index}`;
      const result = producer.send({ command: 'send', producer: name, to, values: [value] });
      sending = { value, result };
    };
    clock.watch(() => {
      const line = sending?.result.printed?.[0];
      if (sending === null || line === undefined) return;
      if (line.startsWith('ok')) sent += 1;
      else rejected.push(`${sending.value} ${line}`);
      sending = null;
      incarnation.setTimer(pace ?? 0, next);
    });
    next();
    return pending;
  }

  private write(command: CommandNamed<'write'>): Pending {
    const { producer, topic, after } = command;
    const before = after === undefined ? undefined : this.programs.get(after);
    if (after !== undefined && before === undefined)
      throw new ScenarioError(
        `no program of ${after} runs that ${producer} could go on behind; "write ${after} …" does`,
      );
    const program = new WriteProgram(
      this.producer(producer),
      command,
      this.cluster.partitionCount(topic),
      this.cluster.pauses,
      this.connections.get(producer)!,
      before?.done ?? 0,
    );
    this.programs.set(producer, program);
    return program.result;
  }

  private processFor(client: string, name: string | undefined): ModelProcess {
    const processName = name ?? client;
    this.processOf.set(client, processName);
    const known = this.processes.get(processName);
    if (known !== undefined) return known;
    const process = new ModelProcess(this.cluster.clock, processName, this.processes.size + 1);
    this.processes.set(processName, process);
    return process;
  }

  private played(): Player {
    if (this.player === null) throw new NotYetRunnable(`the model has no client profile for ${this.letter} yet`);
    return this.player;
  }

  private producer(name: string): PlayedProducer {
    const producer = this.producers.get(name);
    if (producer === undefined) throw new ScenarioError(`there is no producer ${name}`);
    return producer;
  }

  private consumer(name: string): PlayedConsumer {
    const consumer = this.consumers.get(name);
    if (consumer === undefined) throw new ScenarioError(`there is no consumer ${name}`);
    return consumer;
  }
}

function playerOf(letter: ClientLetter, { endpoint, requests, pauses }: ModelCluster): Player | null {
  if (letter === 'C') return new ConfluentPlayer(endpoint, pauses);
  return letter === 'J' ? new JavaPlayer(endpoint, requests, pauses) : null;
}
