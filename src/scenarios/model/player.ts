/** What the model's clients have to be able to do, whatever their profile. Results are lines, as the README says. */
import type { CommandNamed } from '../language/commands';
import type { TopicPartition } from '../language/words';
import type { ModelProcess } from './model-process';
import type { ResultsTo } from './result-writer';
import type { Pending } from './virtual-clock';

export interface PlayedProducer {
  readonly process: ModelProcess;
  connect(): Pending;
  begin(): Pending;
  send(command: CommandNamed<'send'>): Pending;
  commit(): Pending;
  abort(): Pending;
  sendOffsets(consumer: PlayedConsumer, of: TopicPartition, offset: number): Pending;
  close(): Pending;
}

export interface PlayedConsumer {
  readonly process: ModelProcess;
  readonly topics: readonly string[];
  /** It has given up for good. */
  readonly isCrashed: boolean;
  /** Connects, subscribes and runs. */
  start(): Pending;
  take(): Pending;
  done(): void;
  throwError(error: ThrownKind): void;
  /** Batch mode: `resolveOffset` in the hanging handler. */
  resolve(offset: number): void;
  commitOffset(of: TopicPartition, offset: number, thenKill: boolean): Pending;
  ownCommitted(of: TopicPartition): Pending;
  seek(of: TopicPartition, offset: number): Pending;
  /** `t/0`, ascending. */
  assigned(): readonly string[];
  /** How many times it has been given an assignment. */
  assignments(): number;
  /** `0:a` in the order of delivery. */
  delivered(of: TopicPartition): readonly string[];
  /** Values that `mode=work` has processed, in order. */
  readonly processed: readonly string[];
  close(): Pending;
}

/** Makes the clients of one profile. */
export interface Player {
  producer(process: ModelProcess, command: CommandNamed<'producer'>): PlayedProducer;
  /** @param results where its program writes; null for nowhere */
  consumer(process: ModelProcess, command: ConsumerCommand, results: ResultsTo | null): PlayedConsumer;
  /** The committed offset as the profile's admin gives it. */
  adminCommitted(process: ModelProcess, group: string, of: TopicPartition, isStable: boolean): Pending;
}

/** What a handler throws; `undefined` is a value like any other. */
export type ThrownKind = NonNullable<CommandNamed<'throw'>['error']>;

export type ConsumerCommand = Omit<CommandNamed<'consumer'>, 'command' | 'consumer'>;
