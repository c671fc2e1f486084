/** The Java consumer on the model (kafka-semantics CON, GRP). */
import { describe, expect, it } from 'vitest';
import {
  JavaConsumer,
  JavaProducer,
  tellingName,
  type ConsumerConfigInput,
  type ConsumerRecord,
  type JavaException,
} from '../../../../../src/kafka/client/java';
import { readConsumerConfig } from '../../../../../src/kafka/client/java/consumer-config';
import { Harness, type Context } from '../confluent/harness';

type Body = Generator<unknown, unknown, unknown>;
type Use = (consumer: JavaConsumer, context: Context) => Body;

const P0 = { topic: 'orders', partition: 0 };

function labOf(values: readonly string[]): Harness {
  const lab = new Harness([{ name: 'orders', partitions: 1 }]);
  if (values.length > 0) fill(lab, values);
  return lab;
}

function fill(lab: Harness, values: readonly string[]): void {
  lab.cluster.append(
    'orders',
    0,
    values.map((value) => ({ key: null, value, headers: {}, timestamp: 1 })),
  );
}

function start(lab: Harness, use: Use, config: Partial<ConsumerConfigInput> = {}, name = 'reader') {
  const process = lab.start(name, function* (context) {
    const consumer = new JavaConsumer(
      { incarnation: context.incarnation, endpoint: lab.cluster },
      { groupId: 'g', autoOffsetReset: 'earliest', ...config },
    );
    consumer.subscribe(['orders']);
    yield* use(consumer, context);
  });
  return process;
}

const valuesOf = (records: unknown): string => (records as ConsumerRecord[]).map(({ value }) => value).join('');

/** Polls until something comes. */
function* next(consumer: JavaConsumer): Generator<unknown, string, unknown> {
  for (let i = 0; i < 100; i += 1) {
    const values = valuesOf(yield consumer.poll(200));
    if (values !== '') return values;
  }
  return '';
}

describe('configuration', () => {
  it('§1.2: read_uncommitted, automatic commits, latest, 500 records, range', () => {
    expect(readConsumerConfig({ groupId: 'g' })).toMatchObject({
      isolationLevel: 0,
      enableAutoCommit: true,
      autoOffsetReset: 'latest',
      maxPollRecords: 500,
      assignors: ['range', 'cooperative-sticky'],
    });
  });

  it('GRP-10: the cooperative protocol alone is not modelled, and the message says so', () => {
    expect(() => readConsumerConfig({ groupId: 'g', partitionAssignmentStrategy: ['cooperative-sticky'] })).toThrow(
      'eager rebalances only',
    );
  });
});

describe('automatic commits', () => {
  it('CON-1, CON-2: a poll commits what earlier polls returned; a kill brings the rest again (DIF-46)', () => {
    const lab = labOf(['a', 'b']);
    const first = start(
      lab,
      function* (consumer, { seen, sleep }) {
        seen.push(yield* next(consumer));
        yield sleep(6000);
        seen.push(`before ${lab.committed('g')}`);
        seen.push(yield* next(consumer));
        yield sleep(10);
        seen.push(`after ${lab.committed('g')}`);
        yield sleep(60_000);
      },
      { maxPollRecords: 1, sessionTimeoutMs: 6000 },
    );
    lab.runUntil(() => first.seen.length === 4);
    first.incarnation.crash();
    expect(first.seen).toEqual(['a', 'before undefined', 'b', 'after 1']);
    const second = start(lab, function* (consumer, { seen }) {
      seen.push(yield* next(consumer));
    });
    lab.runUntil(() => second.seen.length === 1);
    expect(second.seen).toEqual(['b']);
  });

  it('CON-3b: close commits the positions, processed or not (DIF-45)', () => {
    const lab = labOf(['a', 'b', 'c']);
    start(lab, function* (consumer) {
      yield* next(consumer);
      yield consumer.close();
    });
    lab.run(60_000);
    expect(lab.committed('g')).toBe(3);
  });

  it('CON-7: a start position that nothing was read from is committed as well (DIF-38)', () => {
    const lab = labOf(['a', 'b']);
    start(
      lab,
      function* (consumer) {
        yield consumer.poll(5000);
        yield consumer.close();
      },
      { autoOffsetReset: 'latest' },
    );
    lab.run(60_000);
    expect(lab.committed('g')).toBe(2);
  });

  it('CON-4: before a rebalance the positions are committed, then the partitions are given up', () => {
    const lab = labOf(['a']);
    const order: string[] = [];
    const first = lab.start('one', function* (context) {
      const consumer = new JavaConsumer(
        { incarnation: context.incarnation, endpoint: lab.cluster },
        // The timer has no part in it.
        { groupId: 'g', autoOffsetReset: 'earliest', autoCommitIntervalMs: 600_000 },
      );
      consumer.subscribe(['orders'], {
        onPartitionsRevoked: () => order.push(`revoked at ${lab.committed('g')}`),
      });
      context.seen.push(yield* next(consumer));
      for (let i = 0; i < 100 && order.length === 0; i += 1) yield consumer.poll(200);
    });
    lab.runUntil(() => first.seen.length === 1);
    start(
      lab,
      function* (consumer) {
        for (let i = 0; i < 100; i += 1) yield consumer.poll(200);
      },
      {},
      'two',
    );
    lab.runUntil(() => order.length === 1);
    expect(order).toEqual(['revoked at 1']);
  });
});

describe('manual commits', () => {
  it('CON-5: commitSync without offsets commits everything the last poll returned', () => {
    const lab = labOf(['a', 'b', 'c']);
    start(
      lab,
      function* (consumer) {
        yield* next(consumer);
        yield consumer.commitSync();
        expect(lab.committed('g')).toBe(3);
        yield consumer.commitSync([{ ...P0, offset: 1 }]);
        yield consumer.close();
      },
      { enableAutoCommit: false },
    );
    lab.run(60_000);
    expect(lab.committed('g')).toBe(1);
  });

  it('CON-6, GRP-13: who does not poll leaves the group; a commit after that fails', () => {
    const lab = labOf(['a']);
    const { seen } = start(
      lab,
      function* (consumer, context) {
        yield* next(consumer);
        yield context.sleep(20_000);
        try {
          yield consumer.commitSync();
        } catch (error) {
          context.seen.push(tellingName(error as JavaException));
        }
        context.seen.push(yield* next(consumer));
      },
      { enableAutoCommit: false, maxPollIntervalMs: 10_000 },
    );
    lab.run(120_000);
    expect(seen).toEqual(['CommitFailedException', 'a']);
  });

  it('OFS-4: seeking moves the position and commits nothing', () => {
    const lab = labOf(['a', 'b']);
    const { seen } = start(
      lab,
      function* (consumer, context) {
        context.seen.push(yield* next(consumer));
        consumer.seek(P0, 1);
        context.seen.push(yield* next(consumer), String(consumer.position(P0)));
      },
      { enableAutoCommit: false },
    );
    lab.run(60_000);
    expect(seen).toEqual(['ab', 'b', '2']);
    expect(lab.committed('g')).toBeUndefined();
  });
});

describe('transactions', () => {
  it('FET-3, FET-4, FET-9, CON-7: by default all is delivered; read_committed skips, and its position passes the marker', () => {
    const lab = labOf([]);
    const writer = lab.start('writer', function* (context) {
      const producer = new JavaProducer(
        { incarnation: context.incarnation, endpoint: lab.cluster },
        { transactionalId: 't' },
      );
      yield producer.initTransactions();
      producer.beginTransaction();
      yield producer.send({ ...P0, key: null, value: 'a' });
      yield producer.abortTransaction();
      context.seen.push('aborted');
    });
    lab.runUntil(() => writer.seen.length === 1);
    const uncommitted = start(lab, function* (consumer, { seen }) {
      seen.push(yield* next(consumer));
    });
    const committed = start(
      lab,
      function* (consumer, { seen }) {
        yield consumer.poll(8000);
        seen.push(String(consumer.position(P0)));
        yield consumer.close();
        seen.push('closed');
      },
      { groupId: 'rc', isolationLevel: 'read_committed' },
    );
    lab.runUntil(() => committed.seen.length === 2 && uncommitted.seen.length === 1);
    expect(uncommitted.seen).toEqual(['a']);
    expect(committed.seen).toEqual(['2', 'closed']);
    expect(lab.committed('rc')).toBe(2);
  });

  it('TXC-5, CON-8, KIP-447: offsets go with the transaction, under the member generation', () => {
    const lab = labOf(['a']);
    const { seen } = start(
      lab,
      function* (consumer, context) {
        const producer = new JavaProducer(
          { incarnation: context.incarnation, endpoint: lab.cluster },
          { transactionalId: 't' },
        );
        yield producer.initTransactions();
        yield* next(consumer);
        producer.beginTransaction();
        yield producer.sendOffsetsToTransaction(
          [{ topic: 'orders', index: 0, offset: 1, metadata: null }],
          consumer.groupMetadata(),
        );
        context.seen.push(String(lab.committed('g')));
        yield producer.commitTransaction();
        context.seen.push(String(yield consumer.committed([P0])));
        const { generationId } = consumer.groupMetadata();
        producer.beginTransaction();
        try {
          yield producer.sendOffsetsToTransaction([{ topic: 'orders', index: 0, offset: 9, metadata: null }], {
            ...consumer.groupMetadata(),
            generationId: generationId + 1,
          });
        } catch (error) {
          context.seen.push(tellingName(error as JavaException));
        }
        yield producer.abortTransaction();
        context.seen.push(String(yield consumer.committed([P0])));
      },
      { enableAutoCommit: false },
    );
    lab.run(60_000);
    expect(seen).toEqual(['undefined', '1', 'CommitFailedException', '1']);
  });
});
