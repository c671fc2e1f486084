/**
 * Random commands for a cluster of three, as lines of text: a failing case of a property is a list that can be read, and
 * run again with `play([...])`.
 */
import fc from 'fast-check';
import { ERRORS } from '../../../../src/kafka/errors';
import type { RecordBatch } from '../../../../src/kafka/broker/record-batch';
import type { ClusterSettings } from '../../../../src/kafka/settings';
import { BrokerLab, TOPIC, type ProduceBox } from './broker-lab';

const broker = fc.integer({ min: 1, max: 3 });
const acks = fc.constantFrom('0', '1', 'all');
const producer = fc.constantFrom('7', '8');

const COMMAND = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(acks, fc.constantFrom('leader', '1', '2', '3')).map(([a, to]) => `send ${a} ${to}`),
  },
  { weight: 4, arbitrary: fc.tuple(acks, producer).map(([a, id]) => `next ${a} ${id}`) },
  { weight: 2, arbitrary: fc.tuple(acks, producer, fc.nat(6)).map(([a, id, back]) => `again ${a} ${id} ${back}`) },
  { weight: 3, arbitrary: fc.constantFrom('write 21', 'write 22') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('21', '22'), fc.constantFrom('COMMIT', 'ABORT'))
      .map((t) => `end ${t.join(' ')}`),
  },
  { weight: 2, arbitrary: broker.map((id) => `kill ${id}`) },
  { weight: 2, arbitrary: broker.map((id) => `restart ${id}`) },
  { weight: 2, arbitrary: broker.map((id) => `pause ${id}`) },
  { weight: 2, arbitrary: broker.map((id) => `resume ${id}`) },
  { weight: 1, arbitrary: broker.map((id) => `shutdown ${id}`) },
  { weight: 1, arbitrary: fc.constant('prefer') },
  { weight: 6, arbitrary: fc.constantFrom(1, 2, 3, 5, 700, 4000, 10_000).map((ms) => `pass ${ms}`) },
);

export const COMMANDS = fc.array(COMMAND, { maxLength: 40 });

/** What was sent, and what came back for each time it was sent. */
export interface Sent {
  readonly ids: readonly string[];
  readonly boxes: ProduceBox[];
  /** The acks of each attempt: one that asked for less may have been answered sooner. */
  readonly acks: string[];
  readonly producerId: number;
  readonly baseSequence: number;
}

export class RandomCluster {
  readonly lab: BrokerLab;
  readonly sent: Sent[] = [];
  /** Ids by offset that have been below the high watermark of a leader whom the controller knows as such. */
  readonly committed = new Map<number, string>();
  private readonly coordinatorEpoch = 0;

  constructor(
    settings: Partial<ClusterSettings>,
    /** Is told of every moment. */
    private readonly onStep: (cluster: RandomCluster) => void,
  ) {
    this.lab = new BrokerLab({ brokers: 3, transactionPartitionVerificationEnable: false, ...settings });
  }

  play(commands: readonly string[]): this {
    for (const command of commands) {
      this.carryOut(command.split(' '));
      this.look();
    }
    this.heal();
    return this;
  }

  /** Everybody comes back, and everything settles. */
  private heal(): void {
    for (const id of [1, 2, 3]) this.lab.cluster.resume(id);
    // Whoever is stopping has stopped by then.
    this.pass(10);
    for (const id of [1, 2, 3]) this.lab.cluster.restart(id);
    this.pass(60_000);
  }

  /** The leader that the controller knows; 0 for none. */
  get leader(): number {
    return Math.max(0, this.lab.describe().leader);
  }

  private carryOut([name, ...args]: string[]): void {
    const { cluster } = this.lab;
    switch (name) {
      case 'send':
        return this.send(args[0]!, args[1] === 'leader' ? this.leader : Number(args[1]), -1, -1);
      case 'next': {
        const producerId = Number(args[1]);
        const last = this.sent.filter((sent) => sent.producerId === producerId).at(-1);
        const baseSequence = last === undefined ? 0 : last.baseSequence + last.ids.length;
        return this.send(args[0]!, this.leader, producerId, baseSequence);
      }
      case 'again': {
        const earlier = this.sent.filter(({ producerId }) => producerId === Number(args[1]));
        const chosen = earlier.at(-1 - Number(args[2]));
        if (chosen !== undefined) this.repeat(chosen, args[0]!);
        return;
      }
      case 'write':
        return this.write(Number(args[0]));
      case 'end':
        return this.end(Number(args[0]), args[1] as 'COMMIT' | 'ABORT');
      case 'prefer':
        return cluster.electPreferred();
      case 'pass':
        return this.pass(Number(args[0]));
      default:
        cluster[name as 'kill' | 'restart' | 'pause' | 'resume' | 'shutdown'](Number(args[0]));
    }
  }

  private send(acksName: string, to: number, producerId: number, baseSequence: number): void {
    const count = 1 + (this.sent.length % 2);
    const ids = Array.from({ length: count }, (_, i) => `${this.sent.length}.${i}`);
    const sent: Sent = { ids, acks: [], boxes: [], producerId, baseSequence };
    this.sent.push(sent);
    if (to !== 0) this.repeat(sent, acksName, to);
  }

  private repeat(sent: Sent, acksName: string, to = this.leader): void {
    if (to === 0) return;
    const { ids, producerId, baseSequence } = sent;
    const options = producerId < 0 ? {} : { producerId, baseSequence };
    sent.acks.push(acksName);
    sent.boxes.push(
      this.lab.produce(to, acksName as 'all', ids, { ...options, timeoutMs: 20_000, requestTimeoutMs: 30_000 }),
    );
  }

  /** Part of a transaction; nobody verifies it here. */
  private write(producerId: number): void {
    const earlier = this.sent.filter((sent) => sent.producerId === producerId);
    const baseSequence = earlier.length;
    const sent: Sent = { ids: [`t${this.sent.length}`], acks: [], boxes: [], producerId, baseSequence };
    this.sent.push(sent);
    if (this.leader === 0) return;
    const options = { producerId, baseSequence, transactionalId: `tid-${producerId}`, timeoutMs: 20_000 };
    sent.acks.push('all');
    sent.boxes.push(this.lab.produce(this.leader, 'all', sent.ids, { ...options, requestTimeoutMs: 30_000 }));
  }

  private end(producerId: number, result: 'COMMIT' | 'ABORT'): void {
    const from = this.lab.cluster.brokers.find(({ isRunning }) => isRunning);
    const marker = { producerId, producerEpoch: 0, coordinatorEpoch: this.coordinatorEpoch, result };
    from?.sendMarker(marker, TOPIC, 0, () => undefined);
  }

  private pass(ms: number): void {
    const { world } = this.lab;
    const end = world.now + ms;
    for (let next = nextTime(world); next !== null && next <= end; next = nextTime(world)) {
      world.step();
      this.look();
    }
    if (world.now < end) this.lab.pass(end - world.now);
  }

  private look(): void {
    const { leader } = this;
    if (leader !== 0) {
      const { log, highWatermark, leadership } = this.lab.replica(leader);
      if (leadership !== null)
        for (const [offset, id] of idsByOffset(log.batches))
          if (offset < highWatermark && !this.committed.has(offset)) this.committed.set(offset, id);
    }
    this.onStep(this);
  }
}

function nextTime(world: BrokerLab['world']): number | null {
  let earliest: number | null = null;
  for (const { time } of world.pending()) if (earliest === null || time < earliest) earliest = time;
  return earliest;
}

/** What stands at which offset: a record's id, or a marker with its producer. */
export function idsByOffset(batches: readonly RecordBatch[]): Map<number, string> {
  const ids = new Map<number, string>();
  for (const { baseOffset, control, producerId, records } of batches) {
    if (control !== null) ids.set(baseOffset, `${control} ${producerId}`);
    for (const { offset, value } of records) ids.set(offset, value!);
  }
  return ids;
}

/** Errors of ACK-1 that say "nothing has been appended". */
export const REFUSALS: readonly number[] = [
  ERRORS.INVALID_REQUIRED_ACKS,
  ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
  ERRORS.NOT_ENOUGH_REPLICAS,
  ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER,
  ERRORS.INVALID_PRODUCER_EPOCH,
  ERRORS.INVALID_TXN_STATE,
];
