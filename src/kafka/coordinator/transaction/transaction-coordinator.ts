/**
 * The transaction coordinator for the transactional ids of one partition of `__transaction_state` (TXN-1 … TXN-21; Kafka:
 * `TransactionCoordinator`). What is allowed is decided by pure functions and tables beside this file; here their decisions
 * are written down, answered and carried out.
 */
import type { Request } from '../../../simulation/network';
import type { RecordBatch } from '../../broker/record-batch';
import { ERRORS } from '../../errors';
import type { AnswerOf, KafkaAnswer, KafkaRequest } from '../../protocol/messages';
import type {
  AddOffsetsToTxnRequest,
  AddPartitionsToTxnRequest,
  EndTxnRequest,
  InitProducerIdRequest,
  TransactionResult,
} from '../../protocol/transaction-messages';
import { noteDecision, noteEpoch } from '../../transaction-ghosts';
import {
  coordinatorPartition,
  OFFSETS_TOPIC,
  type CoordinatorHost,
  type TransactionalWriter,
  type TransactionShard,
} from '../coordinator-host';
import { endTxnErrorCode, endTxnTransition } from './end-txn';
import { initProducerIdTransition } from './init-producer-id';
import { MarkerSender } from './marker-sender';
import { errorForVersion } from './old-versions';
import { areAdded, validateAddPartitions, verifyPartitionInTxn, type VerificationMode } from './partitions-in-txn';
import { TimeoutScan } from './timeout-scan';
import { TransactionEntry } from './transaction-entry';
import { transactionsFingerprint } from './transaction-fingerprint';
import { TransactionLog } from './transaction-log';
import {
  completed,
  endTxnGeneration,
  isEpochExhausted,
  prepared,
  unknownTransactionalId,
  withPartitions,
  type ProtocolGeneration,
  type TxnPartition,
} from './transaction-metadata';
import { isPrepared } from './transaction-states';

/** A request with the answer that belongs to it. */
type Asked<R extends KafkaRequest> = Request<R, AnswerOf<R>>;

/** Gets the code, and the producer id and epoch to go on with (-1 and -1 with an error). */
type Decided = (errorCode: number, producerId: number, producerEpoch: number) => void;

interface HowDecided {
  readonly generation: ProtocolGeneration;
  /** -1 for none (TXN-4). */
  readonly nextProducerId: number;
  /** For the history: the transaction whose owner has asked; null for the coordinator itself. */
  readonly askedBy: object | null;
}

/** Protocol generation of aborts that nobody asked for: the cluster's (TXN-2). */
const SERVER_GENERATION: ProtocolGeneration = 2;

export class TransactionCoordinator implements TransactionShard {
  private readonly log: TransactionLog;
  private readonly markers: MarkerSender;
  private readonly timeouts: TimeoutScan;

  constructor(private readonly host: CoordinatorHost) {
    this.log = new TransactionLog(host);
    this.markers = new MarkerSender(host, this.log);
    this.timeouts = new TimeoutScan(host, this.log.entries, (entry) => this.fence(entry, () => undefined));
  }

  /** TXN-20: what was decided is carried out; what is open goes on, with the time-out it had. */
  load(batches: readonly RecordBatch[]): void {
    this.log.load(batches);
    for (const entry of this.log.entries.values()) {
      if (isPrepared(entry.metadata.state)) this.markers.begin(entry);
      else if (entry.metadata.state === 'ongoing') this.timeouts.watch(entry.metadata);
    }
  }

  unload(): void {
    this.log.isLed = false;
    this.markers.stop();
    this.timeouts.stop();
  }

  get hasOpenTransactions(): boolean {
    for (const { metadata } of this.log.entries.values()) if (metadata.state === 'ongoing') return true;
    return false;
  }

  receive(request: Request<KafkaRequest, KafkaAnswer>): void {
    switch (request.message.api) {
      case 'InitProducerId':
        return this.initProducerId(request as Asked<InitProducerIdRequest>);
      case 'AddPartitionsToTxn':
        return this.addPartitions(request as Asked<AddPartitionsToTxnRequest>);
      case 'AddOffsetsToTxn':
        return this.addOffsets(request as Asked<AddOffsetsToTxnRequest>);
      case 'EndTxn':
        return this.endTxn(request as Asked<EndTxnRequest>);
      default:
        throw new Error(`the transaction coordinator does not take ${request.message.api}`);
    }
  }

  fingerprint(): string {
    return transactionsFingerprint(this.log.entries.values(), this.host.world.now);
  }

  private initProducerId(request: Asked<InitProducerIdRequest>): void {
    const { apiVersion } = request.message;
    this.initialise(request.message, (errorCode, producerId, producerEpoch) => {
      request.applied();
      const code = errorForVersion('InitProducerId', apiVersion, errorCode);
      request.answer({ api: 'InitProducerId', errorCode: code, producerId, producerEpoch });
    });
  }

  private initialise(message: InitProducerIdRequest, done: Decided): void {
    const { transactionalId, transactionTimeoutMs: timeoutMs } = message;
    if (transactionalId === null) {
      done(ERRORS.NONE, this.host.nextProducerId(), 0);
      return;
    }
    const invalid = this.validateInit(message);
    if (invalid !== ERRORS.NONE) {
      done(invalid, -1, -1);
      return;
    }
    const entry = this.entryOf(transactionalId, timeoutMs);
    const expected =
      message.producerId === -1 ? null : { producerId: message.producerId, producerEpoch: message.producerEpoch };
    const decision = initProducerIdTransition(entry.metadata, entry.pending, { timeoutMs, expected }, this.now, () =>
      this.host.nextProducerId(),
    );
    if (decision.kind === 'refuse') done(decision.errorCode, -1, -1);
    else if (decision.kind === 'fence')
      // The caller waits until the former holder's transaction is over, and asks again (TXN-5).
      this.fence(entry, (code) => done(code === ERRORS.NONE ? ERRORS.CONCURRENT_TRANSACTIONS : code, -1, -1));
    else {
      const { producerId, producerEpoch } = decision.next;
      this.log.append(entry, decision.next, (code) => {
        if (code === ERRORS.NONE) noteEpoch(this.host.world.history, transactionalId, producerEpoch);
        if (code === ERRORS.NONE) done(code, producerId, producerEpoch);
        else done(code, -1, -1);
      });
    }
  }

  private validateInit({
    transactionalId,
    transactionTimeoutMs,
    producerId,
    producerEpoch,
  }: InitProducerIdRequest): number {
    if (transactionalId === '' || (producerId === -1) !== (producerEpoch === -1)) return ERRORS.INVALID_REQUEST;
    const isPossible = transactionTimeoutMs > 0 && transactionTimeoutMs <= this.host.settings.transactionMaxTimeoutMs;
    return isPossible ? ERRORS.NONE : ERRORS.INVALID_TRANSACTION_TIMEOUT;
  }

  private entryOf(transactionalId: string, timeoutMs: number): TransactionEntry {
    const known = this.log.find(transactionalId);
    if (known !== undefined) return known;
    const metadata = unknownTransactionalId(transactionalId, this.host.nextProducerId(), timeoutMs, this.now);
    const entry = new TransactionEntry(metadata);
    this.log.entries.set(transactionalId, entry);
    return entry;
  }

  /** TXN-7. Partitions that do not exist are refused one by one, and nothing is added then. */
  private addPartitions(request: Asked<AddPartitionsToTxnRequest>): void {
    const { message } = request;
    const { topics, apiVersion } = message;
    const unknown = topics.some(({ name, partitions }) =>
      partitions.some((index) => !this.host.hasPartition(name, index)),
    );
    const answer = (codeOf: (topic: string, partition: number) => number): void => {
      request.applied();
      request.answer({
        api: 'AddPartitionsToTxn',
        topics: topics.map(({ name, partitions }) => ({
          name,
          partitions: partitions.map((partitionIndex) => ({ partitionIndex, errorCode: codeOf(name, partitionIndex) })),
        })),
      });
    };
    if (unknown) {
      answer((topic, partition) =>
        this.host.hasPartition(topic, partition) ? ERRORS.OPERATION_NOT_ATTEMPTED : ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
      );
      return;
    }
    const added = topics.flatMap(({ name, partitions }) => partitions.map((partition) => ({ topic: name, partition })));
    this.add(message.transactionalId, message, added, (errorCode) => {
      const code = errorForVersion('AddPartitionsToTxn', apiVersion, errorCode);
      answer(() => code);
    });
  }

  /** TXN-7: the group's partition of `__consumer_offsets` joins the transaction. */
  private addOffsets(request: Asked<AddOffsetsToTxnRequest>): void {
    const { message } = request;
    const partition = coordinatorPartition(message.groupId, this.host.settings.offsetsTopicNumPartitions);
    this.add(message.transactionalId, message, [{ topic: OFFSETS_TOPIC, partition }], (errorCode) => {
      request.applied();
      const code = errorForVersion('AddOffsetsToTxn', message.apiVersion, errorCode);
      request.answer({ api: 'AddOffsetsToTxn', errorCode: code });
    });
  }

  private add(
    transactionalId: string,
    by: TransactionalWriter,
    added: readonly TxnPartition[],
    done: (errorCode: number) => void,
  ): void {
    if (transactionalId === '') {
      done(ERRORS.INVALID_REQUEST);
      return;
    }
    const entry = this.log.find(transactionalId);
    const refusal = validateAddPartitions(entry?.metadata, entry?.pending ?? null, by);
    if (entry === undefined || refusal !== ERRORS.NONE || areAdded(entry.metadata, added)) {
      done(refusal);
      return;
    }
    this.log.append(entry, withPartitions(entry.metadata, added, this.now), (errorCode) => {
      if (errorCode === ERRORS.NONE) this.timeouts.watch(entry.metadata);
      done(errorCode);
    });
  }

  verifyPartition(
    transactionalId: string,
    writer: TransactionalWriter,
    topic: string,
    partition: number,
    mode: VerificationMode,
    done: (errorCode: number) => void,
  ): void {
    if (mode === 'add') this.add(transactionalId, writer, [{ topic, partition }], done);
    else done(verifyPartitionInTxn(this.log.find(transactionalId)?.metadata, writer, { topic, partition }));
  }

  /** TXN-8, TXN-9, TXN-11: answered when the decision is durable, before any marker. */
  private endTxn(request: Asked<EndTxnRequest>): void {
    const { message } = request;
    const generation = endTxnGeneration(message.apiVersion);
    this.end(message, generation, request.ghost, (errorCode, producerId, producerEpoch) => {
      request.applied();
      const code = errorForVersion('EndTxn', message.apiVersion, errorCode);
      const isNamed = generation === 2 && code === ERRORS.NONE;
      request.answer({
        api: 'EndTxn',
        errorCode: code,
        producerId: isNamed ? producerId : -1,
        producerEpoch: isNamed ? producerEpoch : -1,
      });
    });
  }

  private end(message: EndTxnRequest, generation: ProtocolGeneration, askedBy: object | null, done: Decided): void {
    const { transactionalId, producerId, producerEpoch, committed } = message;
    if (transactionalId === '') {
      done(ERRORS.INVALID_REQUEST, -1, -1);
      return;
    }
    const entry = this.log.find(transactionalId);
    const caller = { producerId, producerEpoch, committed, generation };
    const outcome = endTxnTransition(entry?.metadata, entry?.pending ?? null, caller);
    if (entry !== undefined && outcome === 'prepare') {
      const isUsedUp = generation === 2 && isEpochExhausted(entry.metadata.producerEpoch);
      const nextProducerId = isUsedUp ? this.host.nextProducerId() : -1;
      this.decide(entry, committed ? 'COMMIT' : 'ABORT', { generation, nextProducerId, askedBy }, done);
    } else if (entry !== undefined && outcome === 'done')
      done(ERRORS.NONE, entry.metadata.producerId, entry.metadata.producerEpoch);
    else done(endTxnErrorCode(outcome), -1, -1);
  }

  /** TXN-5, TXN-14: aborts an open transaction with a raised epoch, so that its owner is fenced (PREPARE_EPOCH_FENCE). */
  private fence(entry: TransactionEntry, done: (errorCode: number) => void): void {
    entry.prepare('prepare-epoch-fence');
    entry.pending = null;
    this.decide(entry, 'ABORT', { generation: SERVER_GENERATION, nextProducerId: -1, askedBy: null }, done);
  }

  private decide(
    entry: TransactionEntry,
    result: TransactionResult,
    { generation, nextProducerId, askedBy }: HowDecided,
    done: Decided,
  ): void {
    const before = entry.metadata;
    const next = prepared(before, result, generation, nextProducerId, this.now);
    this.log.append(entry, next, (errorCode) => {
      if (errorCode !== ERRORS.NONE) {
        done(errorCode, -1, -1);
        return;
      }
      noteDecision(this.host.world.history, before, result, askedBy);
      const owner = completed(next, this.now);
      done(ERRORS.NONE, owner.producerId, owner.producerEpoch);
      this.markers.begin(entry);
    });
  }

  private get now(): number {
    return this.host.world.now;
  }
}
