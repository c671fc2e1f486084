/**
 * A produce request on its broker, from its arrival to its answer (ACK-1 … ACK-10). Its partitions succeed or fail each
 * alone (ACK-2); append and answer are two steps (MOD-3 a).
 */
import { SimEvent } from '../../simulation/event-queue';
import type { Request } from '../../simulation/network';
import { ERRORS } from '../errors';
import type { ProduceAnswer, ProducedBatch, ProducePartitionAnswer, ProduceRequest } from '../protocol/messages';
import { produceVerificationError, produceVerificationMode } from '../coordinator/transaction/partitions-in-txn';
import { noteAppended } from '../transaction-ghosts';
import { appendToLeader, isValidAcks, refused, sequencedBatch, type AppendContext, type AppendResult } from './append';
import type { Broker } from './broker';
import type { Verification } from './producer-states';
import type { Replica } from './replica';
import type { Leadership, WaitingAppend } from './replication/leadership';

const TV2_PRODUCE_VERSION = 12;

/** What clients of the model leave with a produce request for the history. */
type AppendedRecords = Parameters<typeof noteAppended>[1];

/** One partition's part of a request. */
interface Part {
  readonly index: number;
  readonly batch: ProducedBatch;
  readonly replica: Replica | undefined;
  result: AppendResult;
  wait: ReplicationWait | null;
}

export class ProduceCall {
  private readonly topics: { readonly name: string; readonly parts: Part[] }[] = [];
  /** Parts whose transaction is being verified. */
  private verifying = 0;
  /** Parts that are not replicated yet. */
  private waiting = 0;
  private timeout: ProduceTimeout | null = null;
  /** Every part has been looked at. */
  private isBegun = false;

  constructor(
    private readonly broker: Broker,
    private readonly request: Request<ProduceRequest, ProduceAnswer>,
  ) {}

  begin(): void {
    const { message, isRefused } = this.request;
    const { topics, acks } = message;
    const isValid = isValidAcks(acks);
    for (const { name, partitions } of topics) {
      const parts: Part[] = [];
      this.topics.push({ name, parts });
      for (const { index, batch } of partitions) {
        const replica = this.broker.replica(name, index);
        const refusal = isRefused ? ERRORS.MESSAGE_TOO_LARGE : ERRORS.INVALID_REQUIRED_ACKS;
        const part: Part = { index, batch, replica, result: refused(refusal), wait: null };
        parts.push(part);
        if (isValid && !isRefused && !this.verify(part, name)) this.append(part, null);
      }
    }
    this.isBegun = true;
    if (this.verifying === 0) this.onAppended();
  }

  /** ACK-1 (2), TXN-6: the first batch of a transaction here. @returns whether the coordinator has to be asked */
  private verify(part: Part, topic: string): boolean {
    const { batch, replica } = part;
    const { message } = this.request;
    if (!batch.isTransactional || replica === undefined || replica.leadership === null) return false;
    const states = replica.producerStates;
    if (states.hasOngoingTransaction(batch.producerId, batch.producerEpoch)) return false;
    if (!this.broker.settings.transactionPartitionVerificationEnable || message.transactionalId === null) return false;
    const verification = states.startVerification(batch.producerId, sequencedBatch(batch));
    this.verifying += 1;
    const { apiVersion, transactionalId } = message;
    this.broker.verifyTransaction(
      transactionalId,
      batch,
      topic,
      part.index,
      produceVerificationMode(apiVersion),
      (errorCode) => this.onVerified(part, verification, errorCode),
    );
    return true;
  }

  private onVerified(part: Part, verification: Verification, errorCode: number): void {
    if (errorCode === ERRORS.NONE) this.append(part, verification);
    else part.result = refused(produceVerificationError(errorCode, this.request.message.apiVersion));
    this.verifying -= 1;
    if (this.verifying === 0 && this.isBegun) this.onAppended();
  }

  private append(part: Part, verification: Verification | null): void {
    const { acks, apiVersion } = this.request.message;
    const { broker } = this;
    const context: AppendContext = {
      acks,
      now: broker.world.now,
      isSecondProtocol: apiVersion >= TV2_PRODUCE_VERSION,
      verification,
      isVerificationNeeded: broker.settings.transactionPartitionVerificationEnable,
    };
    const endBefore = part.replica === undefined ? 0 : part.replica.log.logEndOffset;
    part.result = appendToLeader(part.replica, part.batch, context);
    if (!part.result.isAppended) return;
    broker.onProduced(part.replica!, endBefore, part.batch.records, this.request);
    const { ghost } = this.request;
    if (ghost !== null) noteAppended(broker.world.history, ghost as AppendedRecords, part.batch.producerEpoch);
  }

  /** Every part is stored or refused. */
  private onAppended(): void {
    const { broker, request } = this;
    broker.onReadable();
    request.applied();
    const { acks } = request.message;
    if (acks === 0) {
      this.endUnanswered();
      return;
    }
    if (acks === -1) for (const { parts } of this.topics) for (const part of parts) this.await(part);
    if (this.waiting === 0) this.answer();
    else {
      this.timeout = new ProduceTimeout(this);
      broker.world.schedule(this.timeout, Math.max(0, request.message.timeoutMs));
    }
  }

  /** ACK-3: nobody is answered; after an error the broker closes the connection. */
  private endUnanswered(): void {
    this.request.endUnanswered();
    const hasFailed = this.topics.some(({ parts }) => parts.some(({ result }) => result.errorCode !== ERRORS.NONE));
    if (hasFailed) this.broker.closeConnection(this.request);
    this.broker.endTurn(this.request);
  }

  /** ACK-5, ACK-7: also a duplicate waits, for the batch that it repeats. */
  private await(part: Part): void {
    const leadership = part.replica?.leadership ?? null;
    if (part.result.errorCode !== ERRORS.NONE || leadership === null) return;
    const wait = new ReplicationWait(this, part, leadership);
    part.wait = wait;
    this.waiting += 1;
    leadership.await(wait);
  }

  /** @internal */
  onReplicated(part: Part, errorCode: number): void {
    part.wait = null;
    // ACK-8, ACK-10: also an error answer carries the offset at which the batch lies.
    part.result = { ...part.result, errorCode };
    this.waiting -= 1;
    if (this.waiting === 0 && this.timeout !== null) this.answer();
  }

  /** @internal ACK-8: the batches stay in the log. */
  onTimeout(): void {
    if (this.waiting === 0 || !this.request.isOpen) return;
    this.broker.whenRunning(() => {
      for (const { parts } of this.topics) {
        for (const part of parts) {
          if (part.wait === null) continue;
          part.wait.leadership.giveUp(part.wait);
          this.onReplicated(part, ERRORS.REQUEST_TIMED_OUT);
        }
      }
    });
  }

  private answer(): void {
    if (this.timeout !== null) this.broker.world.cancel(this.timeout);
    this.request.answer({
      api: 'Produce',
      topics: this.topics.map(({ name, parts }) => ({ name, partitions: parts.map(partitionAnswer) })),
    });
    this.broker.endTurn(this.request);
  }
}

function partitionAnswer({ index, result, replica }: Part): ProducePartitionAnswer {
  const { errorCode, baseOffset } = result;
  return { index, errorCode, baseOffset, logStartOffset: replica?.log.logStartOffset ?? -1 };
}

class ReplicationWait implements WaitingAppend {
  readonly requiredOffset: number;

  constructor(
    private readonly call: ProduceCall,
    private readonly part: Part,
    readonly leadership: Leadership,
  ) {
    this.requiredOffset = part.result.lastOffset + 1;
  }

  done(errorCode: number): void {
    this.call.onReplicated(this.part, errorCode);
  }
}

/** Its request waits for an answer, and keeps the world busy itself. */
class ProduceTimeout extends SimEvent {
  constructor(private readonly call: ProduceCall) {
    super(true);
  }

  fire(): void {
    this.call.onTimeout();
  }
}
