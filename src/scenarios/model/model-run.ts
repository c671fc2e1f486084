/** One scenario on the model: who is there, and which part carries out which command. */
import type { Recorder } from '../../simulation/recorder';
import type { Command } from '../language/commands';
import { settled, type RunningCommand, type ScenarioRun } from '../language/driver';
import type { ClientLetter, Scenario } from '../language/scenario';
import { NotYetRunnable, ScenarioError } from '../language/scenario-error';
import type { TopicPartition } from '../language/words';
import { Clients } from './clients';
import { Faults } from './faults';
import { ModelCluster } from './model-cluster';
import { orNothing } from './oracles';
import { RawMembers } from './raw-members';
import { RawProducer } from './raw-producer';
import { errorName } from '../../kafka/errors';

const NOTHING = settled([]);

export class ModelRun implements ScenarioRun {
  readonly cluster: ModelCluster;
  readonly clients: Clients;
  private readonly faults: Faults;
  private readonly members: RawMembers;
  private readonly producers: RawProducer;

  /** @param recorder takes down what happens; null where nobody looks at more than what commands print */
  constructor(scenario: Scenario, letter: ClientLetter, recorder: Recorder | null = null) {
    const cluster = new ModelCluster(scenario, recorder);
    this.cluster = cluster;
    this.clients = new Clients(cluster, letter);
    this.faults = new Faults(cluster, this.clients);
    this.members = new RawMembers(cluster.requests, cluster.realGroup);
    this.producers = new RawProducer(cluster.requests, cluster.oracles, cluster.realTid, cluster.realGroup);
  }

  now(): number {
    return this.cluster.clock.now;
  }

  async pass(ms: number): Promise<void> {
    this.cluster.clock.pass(ms);
  }

  async close(): Promise<void> {
    this.clients.release();
  }

  async start(command: Command): Promise<RunningCommand> {
    return (
      this.setUp(command) ??
      this.clients.start(command) ??
      this.faults.start(command) ??
      this.query(command) ??
      this.raw(command)
    );
  }

  private setUp(command: Command): RunningCommand | null {
    switch (command.command) {
      // The cluster was made with its settings, topics and names.
      case 'cluster':
      case 'topic':
      case 'group':
      case 'tid':
        return NOTHING;
      case 'produce':
        this.produce(command.to, command.values, command.acks ?? 'all');
        return NOTHING;
      case 'delete-records':
        this.cluster.deleteRecords(command.of, command.before);
        return NOTHING;
      default:
        return null;
    }
  }

  private produce(to: TopicPartition, values: readonly string[], acks: '0' | '1' | 'all'): void {
    for (const value of values) {
      const offset = this.cluster.produce(to, value, acks);
      if (offset.errorCode !== 0)
        throw new ScenarioError(`the record ${value} was refused: ${errorName(offset.errorCode)}`);
    }
  }

  private query(command: Command): RunningCommand | null {
    const { oracles } = this.cluster;
    switch (command.command) {
      case 'read':
        return this.clients.read(command.of, command.isolation);
      case 'log':
        return settled([oracles.log(command.of)]);
      case 'values':
        return settled([oracles.values(command.of)]);
      case 'end-offset':
        return settled([String(oracles.endOffset(command.of, command.isolation))]);
      case 'committed':
        return settled([oracles.committed(this.cluster.realGroup(command.group), command.of, command.stable)]);
      case 'leader':
        return settled([idOrNone(this.cluster.partition(command.of).leader)]);
      case 'isr':
        return settled([orNothing(ascending(this.cluster.partition(command.of).isr))]);
      case 'elr':
        return settled([orNothing(ascending(this.cluster.partition(command.of).eligibleLeaderReplicas))]);
      case 'replica':
        return settled([this.cluster.replica(command.broker, command.of)]);
      case 'coordinator':
        return settled([idOrNone(this.cluster.coordinator(command.kind, command.of))]);
      default:
        return null;
    }
  }

  private raw(command: Command): RunningCommand {
    switch (command.command) {
      case 'raw init-producer':
        return settled(this.producers.initProducer(command));
      case 'raw produce':
        return this.producers.produce(command);
      case 'raw add-partitions':
        return settled(this.producers.addPartitions(command));
      case 'raw add-offsets':
        return settled(this.producers.addOffsets(command));
      case 'raw end-txn':
        return settled(this.producers.endTxn(command));
      case 'raw txn-commit':
        return settled(this.producers.txnCommit(command, this.members.named(command.member)));
      case 'raw join':
        return this.members.join(command);
      case 'raw sync':
        return this.members.sync(command);
      case 'raw heartbeat':
        return settled(this.members.heartbeat(command));
      case 'raw commit':
        return settled(this.members.commit(command));
      case 'raw leave':
        return settled(this.members.leave(command));
      default:
        throw new NotYetRunnable(`the model driver has no "${command.command}"`);
    }
  }
}

function ascending(ids: readonly number[]): string[] {
  return [...ids].sort((a, b) => a - b).map(String);
}

function idOrNone(id: number): string {
  return id === -1 ? 'none' : String(id);
}
