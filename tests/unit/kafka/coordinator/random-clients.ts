/**
 * Transactional producers that do what they are told and ask again until they are answered, on a cluster of three brokers
 * of which one at a time may be killed or paused. They keep what they were told, for invariants to be held against.
 */
import { Cluster } from '../../../../src/kafka/cluster';
import { ERRORS } from '../../../../src/kafka/errors';
import type { AnswerOf, KafkaAnswer, KafkaRequest } from '../../../../src/kafka/protocol/messages';
import { Request } from '../../../../src/simulation/network';
import type { Incarnation } from '../../../../src/simulation/process';
import { turn } from '../../../../src/simulation/turn';
import { World } from '../../../../src/simulation/world';
import { newIncarnation } from '../../../fixtures/kernel';
import { committedValues } from './reference-reader';

export type ClientCommand =
  | { readonly do: 'init' }
  | { readonly do: 'send'; readonly partition: number }
  | { readonly do: 'offsets'; readonly offset: number }
  | { readonly do: 'end'; readonly committed: boolean };

/** A transaction, and what its producer knows of it. */
export interface Ledger {
  readonly tid: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Values that were acknowledged. */
  readonly stored: string[];
  /** All values that were sent, also those whose fate is not known. */
  readonly sent: string[];
  outcome: 'commit' | 'abort' | null;
  /** Its producer has asked for the commit. */
  isCommitAsked: boolean;
}

/** What was decided when an InitProducerId returned (INV-9). */
export interface Fencing {
  readonly tid: string;
  readonly producerEpoch: number;
  readonly producerId: number;
  readonly decided: ReadonlySet<string>;
}

const RETRIABLE: ReadonlySet<number> = new Set([
  ERRORS.LEADER_NOT_AVAILABLE,
  ERRORS.NOT_LEADER_OR_FOLLOWER,
  ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
  ERRORS.REQUEST_TIMED_OUT,
  ERRORS.COORDINATOR_LOAD_IN_PROGRESS,
  ERRORS.COORDINATOR_NOT_AVAILABLE,
  ERRORS.NOT_COORDINATOR,
  ERRORS.NOT_ENOUGH_REPLICAS,
  ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
  ERRORS.CONCURRENT_TRANSACTIONS,
]);

const RETRY_MS = 60;
const MAX_TRIES = 200;
export const PARTITIONS = 2;

export class RandomWorld {
  readonly world = new World();
  readonly cluster: Cluster;
  readonly process: Incarnation;
  readonly ledgers: Ledger[] = [];
  readonly fencings: Fencing[] = [];
  private nextValue = 0;

  constructor() {
    this.cluster = new Cluster(this.world, [{ name: 'orders', partitions: PARTITIONS, replicationFactor: 3 }], {
      brokers: 3,
      minInsyncReplicas: 2,
      brokerSessionTimeoutMs: 3000,
      replicaLagTimeMaxMs: 3000,
      replicaFetchWaitMaxMs: 200,
      transactionAbortTimedOutTransactionCleanupIntervalMs: 500,
      groupInitialRebalanceDelayMs: 0,
    });
    this.process = newIncarnation(this.world);
    this.process.handles = 1;
    turn.end();
  }

  value(): string {
    return `v${this.nextValue++}`;
  }

  pass(ms: number): void {
    const until = this.world.now + ms;
    this.process.setTimer(ms, () => undefined);
    while (this.world.pending().some(({ time }) => time <= until) && this.world.step());
  }

  /**
   * Asks a broker until there is an answer that is not `again`.
   * @param done gets null when it is given up
   */
  ask<R extends KafkaRequest>(
    brokerOf: () => number,
    message: R,
    codeOf: (answer: AnswerOf<R>) => number,
    done: (answer: AnswerOf<R> | null) => void,
    tries = MAX_TRIES,
  ): void {
    const again = (): void => {
      if (tries === 0) done(null);
      else this.process.setTimer(RETRY_MS, () => this.ask(brokerOf, message, codeOf, done, tries - 1));
    };
    const id = brokerOf();
    if (id < 1) {
      again();
      return;
    }
    const handler = {
      onAnswer: (answer: KafkaAnswer) => {
        if (RETRIABLE.has(codeOf(answer as AnswerOf<R>))) again();
        else done(answer as AnswerOf<R>);
      },
      onLost: again,
    };
    const request = new Request<KafkaRequest, KafkaAnswer>(
      'produce',
      true,
      this.process,
      message,
      this.cluster.broker(id),
      handler,
    );
    request.timeoutMs = 1500;
    request.send();
  }

  leaderOf(partition: number): number {
    return this.cluster.describe('orders', partition).leader;
  }

  /** Values of decided transactions and of plain records, on the leaders as they are now. */
  decidedValues(): ReadonlySet<string> {
    const all = new Set<string>();
    for (let index = 0; index < PARTITIONS; index += 1)
      for (const value of committedValues(this.cluster.partition('orders', index)!.log.batches)) all.add(value);
    return all;
  }
}

export class RandomClient {
  private readonly queue: ClientCommand[] = [];
  private isBusy = false;
  private producer = { producerId: -1, producerEpoch: -1 };
  private readonly sequences = new Map<number, number>();
  private ledger: Ledger | null = null;
  /** Something has been added to the open transaction, as far as the client knows. */
  private isAdded = false;

  constructor(
    private readonly at: RandomWorld,
    readonly tid: string,
    private readonly isSecondProtocol: boolean,
  ) {}

  get isIdle(): boolean {
    return !this.isBusy && this.queue.length === 0;
  }

  add(command: ClientCommand): void {
    this.queue.push(command);
    if (!this.isBusy) this.next();
  }

  private readonly next = (): void => {
    const command = this.queue.shift();
    this.isBusy = command !== undefined;
    if (command === undefined) return;
    if (command.do === 'init') this.init();
    else if (this.producer.producerId === -1) this.next();
    else if (command.do === 'send') this.begin(() => this.send(command.partition));
    else if (command.do === 'offsets') this.begin(() => this.offsets(command.offset));
    else this.end(command.committed);
  };

  private begin(work: () => void): void {
    if (this.ledger === null) {
      this.ledger = { tid: this.tid, ...this.producer, stored: [], sent: [], outcome: null, isCommitAsked: false };
      this.at.ledgers.push(this.ledger);
      this.isAdded = false;
    }
    work();
  }

  private readonly coordinator = (): number => this.at.cluster.findCoordinator('transaction', this.tid);

  private init(): void {
    const message = {
      api: 'InitProducerId' as const,
      apiVersion: 4,
      transactionalId: this.tid,
      transactionTimeoutMs: 2500,
      producerId: -1,
      producerEpoch: -1,
    };
    this.at.ask(
      this.coordinator,
      message,
      ({ errorCode }) => errorCode,
      (answer) => {
        this.ledger = null;
        this.become(answer?.producerId ?? -1, answer?.producerEpoch ?? -1);
        if (answer !== null && answer.errorCode === ERRORS.NONE) {
          const { producerId, producerEpoch } = answer;
          this.at.fencings.push({ tid: this.tid, producerId, producerEpoch, decided: this.at.decidedValues() });
        }
        this.next();
      },
    );
  }

  private become(producerId: number, producerEpoch: number): void {
    this.producer = { producerId, producerEpoch };
    this.sequences.clear();
  }

  private send(partition: number): void {
    if (this.isSecondProtocol) {
      this.produce(partition);
      return;
    }
    const message = {
      api: 'AddPartitionsToTxn' as const,
      apiVersion: 3,
      transactionalId: this.tid,
      ...this.producer,
      topics: [{ name: 'orders', partitions: [partition] }],
    };
    this.at.ask(
      this.coordinator,
      message,
      (answer) => answer.topics[0]!.partitions[0]!.errorCode,
      (answer) => {
        if (answer?.topics[0]!.partitions[0]!.errorCode !== ERRORS.NONE) {
          this.next();
          return;
        }
        this.isAdded = true;
        this.produce(partition);
      },
    );
  }

  private produce(partition: number): void {
    const value = this.at.value();
    const baseSequence = this.sequences.get(partition) ?? 0;
    const record = { key: null, value, headers: {}, timestamp: 0 };
    const batch = { ...this.producer, baseSequence, isTransactional: true, records: [record] };
    const message = {
      api: 'Produce' as const,
      apiVersion: this.isSecondProtocol ? 12 : 10,
      transactionalId: this.tid,
      acks: -1,
      timeoutMs: 1000,
      topics: [{ name: 'orders', partitions: [{ index: partition, batch }] }],
    };
    const { ledger } = this;
    ledger!.sent.push(value);
    this.isAdded = true;
    this.at.ask(
      () => this.at.leaderOf(partition),
      message,
      (answer) => answer.topics[0]!.partitions[0]!.errorCode,
      (answer) => {
        if (answer?.topics[0]!.partitions[0]!.errorCode === ERRORS.NONE) {
          ledger!.stored.push(value);
          this.sequences.set(partition, baseSequence + 1);
        }
        this.next();
      },
    );
  }

  private offsets(offset: number): void {
    const message = {
      api: 'AddOffsetsToTxn' as const,
      apiVersion: 3,
      transactionalId: this.tid,
      ...this.producer,
      groupId: 'g',
    };
    if (this.isSecondProtocol) {
      this.txnOffsetCommit(offset);
      return;
    }
    this.at.ask(
      this.coordinator,
      message,
      ({ errorCode }) => errorCode,
      (answer) => {
        if (answer?.errorCode !== ERRORS.NONE) this.next();
        else this.txnOffsetCommit(offset);
      },
    );
  }

  private txnOffsetCommit(committedOffset: number): void {
    this.isAdded = true;
    const message = {
      api: 'TxnOffsetCommit' as const,
      apiVersion: this.isSecondProtocol ? 5 : 3,
      transactionalId: this.tid,
      groupId: 'g',
      ...this.producer,
      generationId: -1,
      memberId: '',
      groupInstanceId: null,
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, committedOffset, committedMetadata: null }] }],
    };
    this.at.ask(
      () => this.at.cluster.findCoordinator('group', 'g'),
      message,
      (answer) => answer.topics[0]!.partitions[0]!.errorCode,
      () => this.next(),
    );
  }

  private end(committed: boolean): void {
    const { ledger } = this;
    this.ledger = null;
    if (ledger === null || !this.isAdded) {
      this.next();
      return;
    }
    ledger.isCommitAsked = committed;
    const message = {
      api: 'EndTxn' as const,
      apiVersion: this.isSecondProtocol ? 5 : 3,
      transactionalId: this.tid,
      ...this.producer,
      committed,
    };
    this.at.ask(
      this.coordinator,
      message,
      ({ errorCode }) => errorCode,
      (answer) => {
        if (answer !== null && answer.errorCode === ERRORS.NONE) {
          ledger.outcome = committed ? 'commit' : 'abort';
          if (this.isSecondProtocol) this.become(answer.producerId, answer.producerEpoch);
        } else this.become(-1, -1);
        this.next();
      },
    );
  }
}
