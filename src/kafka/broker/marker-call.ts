/**
 * WriteTxnMarkers from a transaction's coordinator to the leader of one of its partitions, and back (TXN-12). It goes over
 * the network even when both are the same broker.
 */
import { SimEvent } from '../../simulation/event-queue';
import { LATENCY_MS } from '../../simulation/network';
import { ClusterEvent } from '../cluster-event';
import type { TransactionMarker } from '../coordinator/coordinator-host';
import { OFFSETS_TOPIC } from '../coordinator/coordinator-host';
import { ERRORS } from '../errors';
import type { Broker } from './broker';

/** `request.timeout.ms` of brokers among themselves. */
const REQUEST_TIMEOUT_MS = 30_000;

export class MarkerCall extends ClusterEvent {
  private stage: 'to-leader' | 'at-leader' | 'back' | 'over' = 'to-leader';
  private errorCode: number = ERRORS.NONE;

  constructor(
    private readonly source: Broker,
    /** Undefined when the partition has no leader that is known. */
    private readonly target: Broker | undefined,
    private readonly marker: TransactionMarker,
    private readonly topic: string,
    private readonly partition: number,
    private readonly done: (errorCode: number) => void,
  ) {
    super(false);
  }

  send(): void {
    this.source.world.schedule(this, LATENCY_MS);
  }

  describe(): string {
    const { producerId, producerEpoch, result } = this.marker;
    const place = `${this.topic}-${this.partition}`;
    return `${this.stage} ${place} ${producerId}.${producerEpoch} ${result} ${this.errorCode}`;
  }

  fire(): void {
    if (this.stage === 'to-leader') this.arrive();
    else if (this.stage === 'back') {
      this.stage = 'over';
      this.source.whenRunning(() => this.done(this.errorCode));
    }
  }

  /** The answer, or its absence, is on its way back. Later answers do not count. */
  answer(errorCode: number): void {
    if (this.stage !== 'at-leader') return;
    this.stage = 'back';
    this.errorCode = errorCode;
    this.renew();
    this.target?.closeCall(this);
    this.source.world.schedule(this, LATENCY_MS);
  }

  private arrive(): void {
    this.stage = 'at-leader';
    const { target } = this;
    if (target === undefined) this.answer(ERRORS.NOT_LEADER_OR_FOLLOWER);
    else if (target.isDead) this.answer(ERRORS.NETWORK_EXCEPTION);
    else {
      target.openCall(this);
      if (!target.isRunning) this.source.world.schedule(new CallTimeout(this), REQUEST_TIMEOUT_MS);
      target.whenRunning(() => this.append(target));
    }
  }

  /** Marker by marker as an acks=all append (TXN-12). */
  private append(target: Broker): void {
    const { marker, topic, partition } = this;
    const replica = target.replica(topic, partition);
    const leadership = replica?.leadership ?? null;
    if (replica === undefined) return this.answer(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
    if (leadership === null) return this.answer(ERRORS.NOT_LEADER_OR_FOLLOWER);
    if (leadership.isUnderMinIsr) return this.answer(ERRORS.NOT_ENOUGH_REPLICAS);
    const refusal = replica.producers?.checkMarker(marker) ?? ERRORS.NONE;
    if (refusal !== ERRORS.NONE) return this.answer(refusal);
    const endBefore = replica.log.logEndOffset;
    const { lastOffset } = replica.appendMarker(marker, target.world.now);
    target.replicate(replica, endBefore);
    const { producerId, producerEpoch, result } = marker;
    const shard = topic === OFFSETS_TOPIC ? replica.shard : null;
    const onReplicated = shard?.onMarker?.(producerId, producerEpoch, result);
    target.onReadable();
    const done = (errorCode: number): void => {
      onReplicated?.(errorCode);
      this.answer(errorCode);
    };
    leadership.await({ requiredOffset: lastOffset + 1, done });
  }
}

class CallTimeout extends SimEvent {
  constructor(private readonly call: MarkerCall) {
    super(false);
  }

  fire(): void {
    this.call.answer(ERRORS.NETWORK_EXCEPTION);
  }
}
