/** A consumer of the `confluent` profile, whose handler the scenario ends. */
import type { KafkaJS as Api } from '../../kafka/client/confluent/api';
import { awaitValue } from '../../simulation/sim-promise';
import { ScenarioError } from '../language/scenario-error';
import type { TopicPartition } from '../language/words';
import { errorName } from './confluent-errors';
import { Deliveries, thrown } from './deliveries';
import { made, NOTHING, OK, type ModelProcess } from './model-process';
import type { ConsumerCommand, PlayedConsumer, ThrownKind } from './player';
import type { Pauses } from './pauses';
import { Pending } from './virtual-clock';
import { ResultWriter, type ResultsTo } from './result-writer';
import { WorkProgram } from './work-program';

export class ConfluentConsumer implements PlayedConsumer {
  readonly consumer: Api.Consumer;
  readonly topics: readonly string[];
  /** CLI-43: whatever a handler throws, it goes on. */
  readonly isCrashed = false;
  readonly processed: string[] = [];
  private readonly deliveries: Deliveries;
  private readonly work: WorkProgram;
  private assignmentCount = 0;
  private wasAssigned = false;
  private isConnected = false;
  /** The latest batch, for `resolve`. */
  private batch: Api.EachBatchPayload | null = null;

  constructor(
    readonly process: ModelProcess,
    kafka: Api.Kafka,
    private readonly command: ConsumerCommand,
    pauses: Pauses,
    results: ResultsTo | null,
  ) {
    this.topics = command.topics;
    this.deliveries = new Deliveries(process, command.group);
    this.consumer = made(process, () => kafka.consumer(optionsOf(command)));
    const commit = ({ topic, partition }: TopicPartition, offset: number): unknown =>
      this.consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
    const writer = results === null ? null : new ResultWriter(process, results, this);
    this.work = new WorkProgram(process, command, commit, errorName, pauses, this.processed, writer);
    process.clock.watch(() => this.lookAtAssignment());
  }

  start(): Pending {
    const { consumer } = this;
    const run = (): Promise<void> => {
      this.isConnected = true;
      return consumer.subscribe({ topics: [...this.topics] }).then(() => consumer.run(this.handlers()));
    };
    return this.process.connect(() => consumer.connect().then(run), errorName);
  }

  private handlers(): Api.ConsumerRunConfig {
    const { mode, autoResolve } = this.command;
    if (mode === 'batch')
      return { eachBatch: (payload) => this.onBatch(payload), eachBatchAutoResolve: autoResolve !== 'off' };
    return { eachMessage: (payload) => this.onMessage(payload) };
  }

  private onMessage({ topic, partition, message }: Api.EachMessagePayload): Promise<void> {
    return this.deliver({ topic, partition }, [message]);
  }

  private onBatch(payload: Api.EachBatchPayload): Promise<void> {
    this.batch = payload;
    return this.deliver(payload.batch, payload.batch.messages);
  }

  private deliver(of: TopicPartition, messages: readonly Api.KafkaMessage[]): Promise<void> {
    const records = messages.map(({ offset, value }) => [offset, String(value)] as const);
    this.deliveries.note(of, records);
    if (this.command.mode === 'step' || this.command.mode === 'batch')
      return this.deliveries.hang(of, records) as unknown as Promise<void>;
    if (this.command.mode === 'work') return this.work.handle(of, records) as unknown as Promise<void>;
    return undefined as unknown as Promise<void>;
  }

  take(): Pending {
    return this.deliveries.take();
  }

  done(): void {
    this.deliveries.done();
  }

  throwError(error: ThrownKind): void {
    this.deliveries.throwError(thrown(error));
  }

  resolve(offset: number): void {
    const { batch } = this;
    if (batch === null)
      throw new ScenarioError('there is no batch at hand. "resolve" needs mode=batch, and "take" before.');
    this.process.incarnation.run(() => batch.resolveOffset(String(offset)));
  }

  commitOffset({ topic, partition }: TopicPartition, offset: number, thenKill: boolean): Pending {
    const commit = (): Promise<void> => this.consumer.commitOffsets([{ topic, partition, offset: String(offset) }]);
    if (!thenKill) return this.process.call(commit, OK, errorName);
    const pending = new Pending(this.process.clock);
    this.process.incarnation.run(() =>
      awaitValue(
        commit(),
        () => {
          pending.settle(['ok']);
          this.process.kill();
        },
        (error) => pending.settle([`error ${errorName(error)}`]),
      ),
    );
    return pending;
  }

  ownCommitted({ topic, partition }: TopicPartition): Pending {
    return this.process.call(
      () => this.consumer.committed([{ topic, partition }]),
      ([answer]) => [answer?.offset ?? 'none'],
      errorName,
    );
  }

  seek({ topic, partition }: TopicPartition, offset: number): Pending {
    return this.process.call(
      () => this.consumer.seek({ topic, partition, offset: String(offset) }),
      NOTHING,
      errorName,
    );
  }

  assigned(): readonly string[] {
    return this.assignment()
      .map(({ topic, partition }) => `${topic}/${partition}`)
      .sort();
  }

  private assignment(): readonly Api.TopicPartition[] {
    if (!this.isConnected || this.process.incarnation.isGone) return [];
    try {
      return this.consumer.assignment();
    } catch {
      // Disconnected: it has no assignment any more.
      return [];
    }
  }

  assignments(): number {
    return this.assignmentCount;
  }

  delivered(of: TopicPartition): readonly string[] {
    return this.deliveries.of(of);
  }

  close(): Pending {
    return this.process.call(() => this.consumer.disconnect(), NOTHING, errorName);
  }

  /** The eager protocol takes everything away before it gives again, so each new assignment follows an empty one. */
  private lookAtAssignment(): void {
    const isAssigned = this.assignment().length > 0;
    if (isAssigned && !this.wasAssigned) this.assignmentCount += 1;
    this.wasAssigned = isAssigned;
  }
}

function optionsOf(command: ConsumerCommand): Api.ConsumerConstructorConfig {
  const { group, from, isolation, autoCommit, session, commitInterval, pollInterval, assignor } = command;
  const heartbeat = command.heartbeat ?? (session === undefined ? undefined : Math.ceil(session / 5));
  return {
    kafkaJS: {
      groupId: group,
      ...(from === undefined ? {} : { fromBeginning: from === 'earliest' }),
      ...(isolation === undefined ? {} : { readUncommitted: isolation === 'ru' }),
      ...(autoCommit === undefined ? {} : { autoCommit: autoCommit === 'on' }),
      ...(session === undefined ? {} : { sessionTimeout: session }),
      ...(heartbeat === undefined ? {} : { heartbeatInterval: heartbeat }),
      ...(commitInterval === undefined ? {} : { autoCommitInterval: commitInterval }),
      // CLI-45: the client doubles it.
      ...(pollInterval === undefined ? {} : { rebalanceTimeout: pollInterval / 2 }),
      ...(assignor === undefined ? {} : { partitionAssigners: [assignor] as never }),
    },
    ...(command.static === undefined ? {} : { 'group.instance.id': command.static }),
  };
}
