/**
 * A read-process-write program through the whole engine: compiled as a learner's program is, run on the model, killed or cut
 * off at every request in turn, and started again (EOS-1, DIF-61).
 */
import { describe, expect, it } from 'vitest';
import type { RecordBatch } from '../../../../../src/kafka/broker/record-batch';
import { Cluster } from '../../../../../src/kafka/cluster';
import { readCommitted } from '../../../../../src/kafka/client/read-committed';
import type { Program } from '../../../../../src/grader/program';
import { Supervisor } from '../../../../../src/grader/supervisor';
import type { Choice, Chooser, SentRequest } from '../../../../../src/simulation/network';
import { World } from '../../../../../src/simulation/world';
import { programOf } from '../../../../fixtures/grade-in-process';
import lab from '../../../../../labs/at-least-once-consumer/lab';

const PROGRAM = `
import { KafkaJS } from '@confluentinc/kafka-javascript';
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: process.env.KAFKA_BROKERS!.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'copier', fromBeginning: true, autoCommit: false } });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'copier' } });
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topic: 'in' });
await consumer.run({
  eachMessage: async ({ topic, partition, message }) => {
    const transaction = await producer.transaction();
    try {
      await transaction.send({ topic: 'out', messages: [{ value: message.value }] });
      OFFSETS
      await transaction.commit();
      AFTER
    } catch (error) {
      if (producer.isActive()) {
        try {
          await transaction.abort();
        } catch {
          process.exit(1);
        }
      }
      throw error;
    }
  },
});
`;

const NEXT = `String(Number(message.offset) + 1)`;
const IN_TRANSACTION = `await transaction.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset: ${NEXT} }] }] });`;
const BY_CONSUMER = `await consumer.commitOffsets([{ topic, partition, offset: ${NEXT} }]);
      await consumer.committed([{ topic, partition }]);`;

const INPUT = ['a', 'b', 'c'];

interface Fault {
  readonly what: 'crash-before' | 'crash-after' | 'lost-request' | 'lost-answer';
  readonly request: string;
}

/** One fault at one request; notes all requests that it meets. */
class OneFault implements Chooser {
  readonly met = new Set<string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly fault: Fault | null) {}

  onSend(request: SentRequest): Choice {
    const nth = (this.counts.get(request.kind) ?? 0) + 1;
    this.counts.set(request.kind, nth);
    request.nth = nth;
    if (request.kind !== 'heartbeat' && request.kind !== 'fetch') this.met.add(request.name);
    if (this.isAt('crash-before', request)) return 'crash';
    return this.isAt('lost-request', request) ? 'lose' : 'default';
  }

  onEffect(request: SentRequest): Choice {
    if (this.isAt('crash-after', request)) return 'crash';
    return this.isAt('lost-answer', request) ? 'lose' : 'default';
  }

  onLoss(): void {}

  holds(): boolean {
    return false;
  }

  private isAt(what: Fault['what'], request: SentRequest): boolean {
    return this.fault?.what === what && this.fault.request === request.name;
  }
}

function execute(
  program: Program,
  fault: Fault | null,
): { readonly output: string; readonly met: ReadonlySet<string> } {
  const chooser = new OneFault(fault);
  const world = new World(chooser);
  const cluster = new Cluster(world, [
    { name: 'in', partitions: 1 },
    { name: 'out', partitions: 1 },
  ]);
  cluster.append(
    'in',
    0,
    INPUT.map((id) => ({ key: null, value: JSON.stringify({ id }), headers: {}, timestamp: 1 })),
  );
  const supervisor = new Supervisor(world, 'copier', program, {
    kafka: cluster,
    services: new Map(),
    env: { KAFKA_BROKERS: 'kafka:9092' },
    input: null,
  });
  supervisor.start();
  while (world.now < 300_000 && !world.isAtRest) if (!world.step()) break;
  const replica = cluster.partition('out', 0)!;
  const aborted = replica.log.batches
    .filter(({ control }) => control === 'ABORT')
    .map(({ producerId, baseOffset }) => ({ producerId, baseOffset }));
  const firsts = aborted.map(({ producerId, baseOffset }) => ({
    producerId,
    firstOffset: firstOf(replica.log.batches, producerId, baseOffset),
  }));
  const output = readCommitted(replica.log.batches, firsts, 0)
    .map(({ value }) => (JSON.parse(value!) as { id: string }).id)
    .join('');
  supervisor.release();
  return { output, met: chooser.met };
}

/** First record of the transaction that ends at a marker. */
function firstOf(batches: readonly RecordBatch[], producerId: number, marker: number): number {
  let first = marker;
  for (let i = batches.findIndex(({ baseOffset }) => baseOffset === marker) - 1; i >= 0; i -= 1) {
    const batch = batches[i]!;
    if (batch.producerId !== producerId) continue;
    if (batch.control !== null) break;
    first = batch.baseOffset;
  }
  return first;
}

/** Outputs of all executions with one fault, by fault. */
function explore(source: string): Map<string, string> {
  const program = programOf(lab, source);
  const outputs = new Map<string, string>();
  const { output, met } = execute(program, null);
  outputs.set('no fault', output);
  for (const request of met)
    for (const what of ['crash-before', 'crash-after', 'lost-request', 'lost-answer'] as const)
      outputs.set(`${what} ${request}`, execute(program, { what, request }).output);
  return outputs;
}

describe('a transactional copier under every single fault', () => {
  it('EOS-1, CLI-47, TXC-7: with its offsets in the transaction: every record exactly once', () => {
    const outputs = explore(PROGRAM.replace('OFFSETS', IN_TRANSACTION).replace('AFTER', ''));
    expect(outputs.size).toBeGreaterThan(60);
    expect([...outputs].filter(([, output]) => output !== 'abc')).toEqual([]);
  });

  it('TXC-7: with offsets committed by the consumer after the transaction: some record twice (DIF-62 b)', () => {
    const outputs = explore(PROGRAM.replace('OFFSETS', '').replace('AFTER', BY_CONSUMER));
    const wrong = [...outputs].filter(([, output]) => output !== 'abc');
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every(([, output]) => /^a+b+c+$/.test(output))).toBe(true);
  });

  it('TXC-7: before the transaction: some record is missing (DIF-62 a)', () => {
    const outputs = explore(PROGRAM.replace('OFFSETS', BY_CONSUMER).replace('AFTER', ''));
    expect([...outputs.values()].some((output) => output.length < 3)).toBe(true);
  });
});
