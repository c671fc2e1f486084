/**
 * A consumer of the `java` profile and the loop around it: it polls while no handler hangs, as a program does that deals
 * with what a poll gave before it polls again.
 */
import { JavaConsumer, type ConsumerConfigInput, type ConsumerRecord } from '../../kafka/client/java';
import type { GroupMetadata } from '../../kafka/client/java';
import type { KafkaEndpoint } from '../../kafka/protocol/messages';
import { awaitValue } from '../../simulation/sim-promise';
import { partitionName } from '../language/scenario';
import { ScenarioError } from '../language/scenario-error';
import type { TopicPartition } from '../language/words';
import { Deliveries } from './deliveries';
import { javaErrorName } from './java-errors';
import { made, NOTHING, OK, type ModelProcess } from './model-process';
import type { ConsumerCommand, PlayedConsumer } from './player';
import type { Pauses } from './pauses';
import type { Pending } from './virtual-clock';
import { ResultWriter, type ResultsTo } from './result-writer';
import { WorkProgram, type SeenRecord } from './work-program';

const POLL_MS = 50;
/** What the driver of the real client sets where the scenario says nothing. */
const SESSION_MS = 3000;

export class JavaPlayedConsumer implements PlayedConsumer {
  readonly topics: readonly string[];
  private readonly consumer: JavaConsumer;
  readonly processed: string[] = [];
  private readonly deliveries: Deliveries;
  private readonly work: WorkProgram;
  private assignmentCount = 0;
  private metadata: GroupMetadata | null = null;
  private hasCrashed = false;
  private isOver = false;

  constructor(
    readonly process: ModelProcess,
    endpoint: KafkaEndpoint,
    private readonly command: ConsumerCommand,
    pauses: Pauses,
    results: ResultsTo | null,
  ) {
    this.topics = command.topics;
    this.deliveries = new Deliveries(process, command.group);
    const ports = { incarnation: process.incarnation, endpoint };
    this.consumer = made(process, () => new JavaConsumer(ports, configOf(command)));
    const commit = (of: TopicPartition, offset: number): unknown => this.consumer.commitSync([{ ...of, offset }]);
    const writer = results === null ? null : new ResultWriter(process, results, this);
    this.work = new WorkProgram(process, command, commit, javaErrorName, pauses, this.processed, writer);
  }

  get isCrashed(): boolean {
    return this.hasCrashed;
  }

  /** As of the last poll, as everything that a consumer tells other threads. */
  groupMetadata(): GroupMetadata {
    if (this.metadata === null) throw new ScenarioError('the consumer has not polled yet');
    return this.metadata;
  }

  start(): Pending {
    const onPartitionsAssigned = (): void => {
      this.assignmentCount += 1;
    };
    return this.process.call(
      () => {
        this.consumer.subscribe(this.topics, { onPartitionsAssigned });
        this.poll();
      },
      NOTHING,
      javaErrorName,
    );
  }

  private poll(): void {
    if (this.isOver) return;
    const crash = (): void => {
      this.hasCrashed = true;
    };
    try {
      awaitValue(this.consumer.poll(POLL_MS), (records) => this.polled(records as readonly ConsumerRecord[]), crash);
    } catch {
      crash();
    }
  }

  /** One partition after the other, and then the next poll. */
  private workOff([part, ...others]: readonly Part[]): void {
    if (part === undefined) return this.poll();
    awaitValue(this.work.handle(part.of, part.seen), () => this.workOff(others), NOTHING as () => void);
  }

  private polled(records: readonly ConsumerRecord[]): void {
    this.metadata = this.consumer.groupMetadata();
    const parts = partsOf(records);
    for (const { of, seen } of parts) {
      this.deliveries.note(of, seen);
      if (this.isStepwise) this.deliveries.hang(of, seen);
    }
    if (this.command.mode === 'work') return this.workOff(parts);
    // A poll may give records of several partitions; the loop hangs once.
    const { lastHung } = this.deliveries;
    if (records.length === 0 || !this.isStepwise || lastHung === null) this.poll();
    else awaitValue(lastHung, () => this.poll(), NOTHING as () => void);
  }

  private get isStepwise(): boolean {
    return this.command.mode === 'step' || this.command.mode === 'batch';
  }

  take(): Pending {
    return this.deliveries.take();
  }

  done(): void {
    this.deliveries.done();
  }

  throwError(): void {
    throw new ScenarioError('Java has no handlers: say what its loop does instead, such as seek and done, or close');
  }

  resolve(): void {
    throw new ScenarioError('Java resolves nothing: commit what has been processed');
  }

  commitOffset(of: TopicPartition, offset: number, thenKill: boolean): Pending {
    const pending = this.process.call(
      () => this.consumer.commitSync([{ ...of, offset }]).then(() => (thenKill ? this.process.kill() : undefined)),
      OK,
      javaErrorName,
    );
    return pending;
  }

  ownCommitted(of: TopicPartition): Pending {
    return this.process.call<readonly (number | null)[]>(
      () => this.consumer.committed([of]) as never,
      ([offset]) => [offset === null || offset === undefined ? 'none' : String(offset)],
      javaErrorName,
    );
  }

  seek(of: TopicPartition, offset: number): Pending {
    return this.process.call(() => this.consumer.seek(of, offset), NOTHING, javaErrorName);
  }

  assigned(): readonly string[] {
    if (this.isOver || this.process.incarnation.isGone) return [];
    return this.consumer.assignment().map(partitionName).sort();
  }

  assignments(): number {
    return this.assignmentCount;
  }

  delivered(of: TopicPartition): readonly string[] {
    return this.deliveries.of(of);
  }

  close(): Pending {
    this.isOver = true;
    return this.process.call(() => this.consumer.close(), NOTHING, javaErrorName);
  }
}

/** What a poll gave of one partition. */
interface Part {
  readonly of: TopicPartition;
  readonly seen: readonly SeenRecord[];
}

function partsOf(records: readonly ConsumerRecord[]): readonly Part[] {
  return [...new Set(records.map(partitionName))].map((name) => {
    const own = records.filter((record) => partitionName(record) === name);
    const { topic, partition } = own[0]!;
    return { of: { topic, partition }, seen: own.map(({ offset, value }) => [String(offset), String(value)] as const) };
  });
}

function configOf(command: ConsumerCommand): ConsumerConfigInput {
  const { group, from, isolation, autoCommit, mode, pollRecords } = command;
  const session = command.session ?? SESSION_MS;
  const maxPollRecords = pollRecords ?? (mode === 'step' ? 1 : undefined);
  return {
    groupId: group,
    sessionTimeoutMs: session,
    heartbeatIntervalMs: command.heartbeat ?? Math.min(500, Math.floor(session / 3)),
    ...(command.commitInterval === undefined ? {} : { autoCommitIntervalMs: command.commitInterval }),
    ...(command.pollInterval === undefined ? {} : { maxPollIntervalMs: command.pollInterval }),
    ...(command.assignor === undefined ? {} : { partitionAssignmentStrategy: [command.assignor] }),
    ...(from === undefined ? {} : { autoOffsetReset: from }),
    ...(isolation === undefined ? {} : { isolationLevel: isolation === 'rc' ? 'read_committed' : 'read_uncommitted' }),
    ...(autoCommit === undefined ? {} : { enableAutoCommit: autoCommit === 'on' }),
    ...(maxPollRecords === undefined ? {} : { maxPollRecords }),
    ...(command.static === undefined ? {} : { groupInstanceId: command.static }),
  };
}
