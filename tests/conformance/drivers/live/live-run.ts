/** One scenario with one client on a real cluster. */
import { pause, waitFor } from '../../cluster/waiting';
import { runningPromise, type RunningCommand, type ScenarioRun } from '../../../../src/scenarios/language/driver';
import type { Command, CommandNamed } from '../../../../src/scenarios/language/commands';
import { isModelOnly } from '../../../../src/scenarios/language/model-only';
import { NotYetRunnable, ScenarioError } from '../../../../src/scenarios/language/scenario-error';
import type { BrokerRef, Target } from '../../../../src/scenarios/language/words';
import { ConnectionLost } from '../../wire/connection';
import type { DescribedPartition } from '../../wire/describe-topic-partitions';
import { BrokerError, codeName } from './brokers';
import * as client from './client-commands';
import type { ClientProcess } from './client-process';
import { committedOf, logOf, offsetOf, readableOf, replicaOf, showRecords, showValue } from './oracle';
import { RawClient } from './raw-commands';
import type { OfClient, OfOracle, OfRaw } from './command-kinds';
import type { RunContext } from './run-context';
import * as setUp from './set-up-commands';
import type { SharedFaults } from './shared-faults';

type Lines = Promise<readonly string[]>;

/** For a state of a partition to reach its leader. */
const SETTLING_MS = 300;
/** The brokers' session of 3 seconds and what the controller needs. */
const FENCED_MS = 4000;
/** A request is under way when its command has been with the client for that long. */
const UNDER_WAY_MS = 150;
/** After a write until followers know that it is below the high watermark: the next fetch of each tells them. */
const HIGH_WATERMARK_MS = 500;

export class LiveRun implements ScenarioRun {
  private readonly raw: RawClient;
  private readNumber = 0;

  constructor(
    private readonly run: RunContext,
    private readonly faults: SharedFaults,
    /** A process for reading with the client of the row; it outlives the run. */
    private readonly reader: () => ClientProcess,
  ) {
    this.raw = new RawClient(run, (ref) => this.brokerOf(ref));
  }

  async start(command: Command): Promise<RunningCommand> {
    const lines = this.carryOut(command).catch(asLine);
    // Whoever never awaits it, as with a send that stays pending until the end, must not be ended by its rejection.
    lines.catch(() => undefined);
    await Promise.race([lines.catch(() => undefined), pause(UNDER_WAY_MS)]);
    return runningPromise(lines);
  }

  now(): number {
    return performance.now();
  }

  pass(ms: number): Promise<void> {
    return pause(Math.max(ms, 50));
  }

  async close(): Promise<void> {
    this.faults.leave();
    await this.run.close();
  }

  private async carryOut(command: Command): Lines {
    switch (command.command) {
      case 'topic':
        return setUp.createTopic(this.run, command);
      case 'group':
      case 'tid':
        return setUp.chooseName(this.run, command);
      case 'produce':
        return setUp.produce(this.run, command);
      case 'delete-records':
        return setUp.deleteRecords(this.run, command);
      case 'elect':
        return setUp.elect(this.run, command);
      case 'advance':
        await pause(command.by);
        return [];
      case 'kill':
      case 'stop':
      case 'pause':
      case 'resume':
      case 'restart':
        return this.fault(command);
      default:
        if (isModelOnly(command)) throw new NotYetRunnable(`"${command.command}" is for the model only`);
        return this.ofClient(command);
    }
  }

  private async ofClient(command: OfClient): Lines {
    switch (command.command) {
      case 'producer':
        return client.makeProducer(this.run, command);
      case 'begin':
      case 'commit':
      case 'abort':
        return client.transaction(this.run, command);
      case 'send':
        return client.send(this.run, command);
      case 'send-each':
        return client.sendEach(this.run, command);
      case 'send-offsets':
        return client.sendOffsets(this.run, command);
      case 'connection':
        return client.connection(this.run, command);
      case 'consumer':
        return client.makeConsumer(this.run, command);
      case 'take':
        return client.take(this.run, command);
      case 'done':
      case 'throw':
      case 'resolve':
        return client.endHandler(this.run, command);
      case 'commit-offset':
        return client.commitOffset(this.run, command);
      case 'own-committed':
        return client.ownCommitted(this.run, command);
      case 'seek':
        return client.seek(this.run, command);
      case 'assigned':
        return client.assigned(this.run, command);
      case 'assignments':
        return client.assignments(this.run, command);
      case 'delivered':
        return client.delivered(this.run, command);
      case 'state':
        return client.state(this.run, command);
      case 'close':
        return client.close(this.run, command);
      case 'admin-committed':
        return client.adminCommitted(this.run, this.reader(), command);
      case 'drop-response':
        return client.dropResponse(this.run, command);
      default:
        return this.ofOracle(command);
    }
  }

  private async ofOracle(command: OfOracle): Lines {
    const { brokers } = this.run.cluster;
    switch (command.command) {
      case 'read':
        return this.read(command);
      case 'log': {
        const { topic, partition } = this.run.real(command.of);
        return [showRecords(await logOf(brokers, topic, partition))];
      }
      case 'values': {
        const { topic, partition } = this.run.real(command.of);
        const data = (await logOf(brokers, topic, partition)).filter(({ marker }) => marker === null);
        return [data.length === 0 ? 'nothing' : data.map(({ value }) => showValue(value)).join(' ')];
      }
      case 'replica': {
        const { topic, partition } = this.run.real(command.of);
        return [showRecords(replicaOf(this.dataDirOf(command.broker), topic, partition))];
      }
      case 'end-offset': {
        const { topic, partition } = this.run.real(command.of);
        return [String(await offsetOf(brokers, topic, partition, command.isolation))];
      }
      case 'committed': {
        const { topic, partition } = this.run.real(command.of);
        const group = this.run.named('group', command.group);
        return [String((await committedOf(brokers, group, topic, partition, command.stable)) ?? 'none')];
      }
      case 'leader':
      case 'isr':
      case 'elr':
        return this.partitionState(command);
      case 'coordinator':
        return this.coordinator(command);
      default:
        return this.ofRaw(command);
    }
  }

  private async ofRaw(command: OfRaw): Lines {
    switch (command.command) {
      case 'raw init-producer':
        return this.raw.initProducer(command);
      case 'raw produce':
        return this.raw.produce(command);
      case 'raw add-partitions':
        return this.raw.addPartitions(command);
      case 'raw add-offsets':
        return this.raw.addOffsets(command);
      case 'raw txn-commit':
        return this.raw.txnCommit(command);
      case 'raw end-txn':
        return this.raw.endTxn(command);
      case 'raw join':
        return this.raw.join(command);
      case 'raw sync':
        return this.raw.sync(command);
      case 'raw heartbeat':
        return this.raw.heartbeat(command);
      case 'raw commit':
        return this.raw.commit(command);
      case 'raw leave':
        return this.raw.leave(command);
    }
  }

  private async read({ isolation, of }: CommandNamed<'read'>): Lines {
    const { topic, partition } = this.run.real(of);
    const { brokers, bootstrap, size } = this.run.cluster;
    const { records, end } = await readableOf(brokers, topic, partition, isolation);
    if (this.run.letter === 'R') return [showRecords(records)];
    const group = await this.readerGroup(`${topic}-${partition}-read-${(this.readNumber += 1)}`);
    const seen = await this.reader().ask({
      cmd: 'read',
      ...{ bootstrap, brokers: size, group, isolation, topic, partition, end, expected: records.length },
    });
    return [showRecords(seen as Parameters<typeof showRecords>[0])];
  }

  /** A group whose coordinator is up: what is measured is the log, not the client's patience with coordinators. */
  private async readerGroup(base: string): Promise<string> {
    const { brokers } = this.run.cluster;
    for (let attempt = 0; ; attempt += 1) {
      const group = `${base}-${attempt}`;
      const found = await waitFor(
        'a coordinator',
        () => brokers.coordinator('group', group),
        () => true,
      );
      if (!brokers.isAvoided(found) || attempt > 30) return group;
    }
  }

  private async partitionState({ command, of }: CommandNamed<'leader' | 'isr' | 'elr'>): Lines {
    const { topic, partition } = this.run.real(of);
    if (command === 'leader' && this.run.cluster.brokers.areAllAvoided) {
      // Nobody is left to ask; the controller has taken leadership from all of them when their sessions are over.
      await pause(FENCED_MS);
      return ['none'];
    }
    const { leader, isr, elr } = await this.settledPartition(topic, partition);
    if (command === 'leader') return [leader < 0 ? 'none' : String(leader)];
    const replicas = [...(command === 'isr' ? isr : elr)].sort((a, b) => a - b);
    return [replicas.length === 0 ? 'nothing' : replicas.join(' ')];
  }

  /**
   * Metadata runs ahead of the broker that acts upon it: a leader may still count a follower that is no longer in the ISR it
   * tells about. So a state is told once it has stood for a moment.
   */
  private async settledPartition(topic: string, partition: number): Promise<DescribedPartition> {
    const { brokers, size } = this.run.cluster;
    for (let before = ''; ; await pause(SETTLING_MS)) {
      const found = await brokers.describePartition(topic, partition);
      const now = JSON.stringify(found);
      if (size === 1 || now === before) return found;
      before = now;
    }
  }

  private async coordinator({ kind, of }: CommandNamed<'coordinator'>): Lines {
    const type = kind === 'group' ? 'group' : 'transaction';
    try {
      return [String(await this.run.cluster.brokers.coordinator(type, this.run.named(kind, of)))];
    } catch (error) {
      if (error instanceof BrokerError) return ['none'];
      throw error;
    }
  }

  private async fault(command: CommandNamed<'kill' | 'stop' | 'pause' | 'resume' | 'restart'>): Lines {
    const { cluster } = this.run;
    const targets: readonly Target[] =
      command.command === 'stop' || command.command === 'restart' ? command.brokers : command.targets;
    const processes = targets.filter((target) => target.kind === 'process');
    const refs = targets.filter((target) => target.kind !== 'process');
    const ids = await Promise.all(refs.map((ref) => this.brokerOf(ref)));
    if (command.command === 'kill' || command.command === 'pause') {
      for (const { name } of processes) await this.endOrPause(command.command, name);
    }
    if (command.command === 'resume') for (const { name } of processes) this.run.processNamed(name).resume();
    if (ids.length === 0) return [];
    if (cluster.local === null) throw new NotYetRunnable('the brokers of this cluster are not the project’s to break');
    if (command.command === 'kill') await pause(this.run.lastProducedMs + HIGH_WATERMARK_MS - performance.now());
    const { command: what } = command;
    await this.faults.meet(what, ids, (all) => cluster[what](all));
    return [];
  }

  private async endOrPause(what: 'kill' | 'pause', name: string): Promise<void> {
    const process = this.run.processNamed(name);
    if (what === 'kill') await process.kill();
    else process.pause();
  }

  private brokerOf(ref: BrokerRef): Promise<number> {
    const { brokers } = this.run.cluster;
    if (ref.kind === 'broker') return Promise.resolve(ref.id);
    if (ref.kind === 'leader') {
      const { topic, partition } = this.run.real(ref.of);
      return brokers.leader(topic, partition);
    }
    return brokers.coordinator('group', this.run.named('group', ref.of));
  }

  private dataDirOf(broker: number): string {
    const { local } = this.run.cluster;
    if (local === null) throw new NotYetRunnable('the disks of this cluster cannot be read');
    return local.broker(broker).dataDir;
  }
}

/** What a broker refuses is an outcome; what the scenario or the set-up did wrong is not. */
function asLine(error: unknown): readonly string[] {
  if (error instanceof BrokerError) return [`error ${codeName(error.code)}`];
  if (error instanceof ConnectionLost) return ['error NETWORK_EXCEPTION'];
  if (error instanceof NotYetRunnable || error instanceof ScenarioError) throw error;
  throw new ScenarioError(error instanceof Error ? error.message : String(error), { cause: error });
}
