import { describe, expect, it } from 'vitest';
import type { KafkaJS as Api } from '../../../../../src/kafka/client/confluent/api';
import { murmur2, partitionOfKey, utf8 } from '../../../../../src/kafka/client/murmur2';
import { Harness, task, type Context } from './harness';

type Use = (producer: Api.Producer, context: Context) => Generator<unknown, unknown, unknown>;

function producing(use: Use, options: Record<string, unknown> = { acks: -1 }, outer: Record<string, unknown> = {}) {
  return function* (context: Context): Generator<unknown, unknown, unknown> {
    const kafka = new context.KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } });
    const producer = kafka.producer({ kafkaJS: options, ...outer });
    yield producer.connect();
    yield* use(producer, context);
    yield producer.disconnect();
    return undefined;
  };
}

const one = (id: string) => ({ topic: 'orders', messages: [{ value: JSON.stringify({ id }) }] });
const stored = (lab: Harness, partition = 0): string[] =>
  lab.cluster
    .partition('orders', partition)!
    .log.read(0, 1e9)
    .flatMap(({ records }) => records)
    .map(({ value }) => (JSON.parse(value!) as { id: string }).id);

const ORDERS = [{ name: 'orders', partitions: 1 }];

describe('send', () => {
  it('resolves with one entry a partition, its first offset as text', () => {
    const lab = new Harness(ORDERS);
    const { seen, error } = lab.start(
      'shop',
      producing(function* (producer, context) {
        const result = yield producer.send({
          topic: 'orders',
          messages: [{ value: '{"id":"a"}' }, { value: '{"id":"b"}' }],
        });
        context.seen.push(JSON.stringify(result));
      }),
    );
    lab.run();
    expect(error).toBe(null);
    expect(JSON.parse(seen[0]!)).toEqual([
      { topicName: 'orders', partition: 0, errorCode: 0, baseOffset: '0', logAppendTime: '-1', logStartOffset: '0' },
    ]);
    expect(stored(lab)).toEqual(['a', 'b']);
    expect(lab.world.history.sends.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
    expect(lab.world.history.ends).toMatchObject([{ how: 'exit', code: 0 }]);
  });

  it('lingers 5 ms: sends of one moment leave together, in order', () => {
    const lab = new Harness(ORDERS);
    lab.start(
      'shop',
      producing(function* (producer) {
        const sends = ['a', 'b', 'c'].map((id) => producer.send(one(id)));
        for (const send of sends) yield send;
      }),
    );
    lab.run();
    expect(stored(lab)).toEqual(['a', 'b', 'c']);
    expect(new Set(lab.recorder.events.filter(({ kind }) => kind === 'append').map(({ time }) => time)).size).toBe(1);
  });

  it('CLI-10: a lost answer makes it append again', () => {
    const lab = new Harness(ORDERS, { onEffect: ({ name }) => (name === 'produce#1' ? 'lose' : 'default') });
    lab.start(
      'shop',
      producing((producer) =>
        (function* () {
          yield producer.send(one('a'));
        })(),
      ),
    );
    lab.run();
    expect(stored(lab)).toEqual(['a', 'a']);
  });

  it('CLI-10: after 5 repetitions it rejects, and may be stored all the same', () => {
    const lab = new Harness(ORDERS, { onEffect: ({ kind }) => (kind === 'produce' ? 'lose' : 'default') });
    const { seen } = lab.start(
      'shop',
      producing(function* (producer, context) {
        try {
          yield producer.send(one('a'));
        } catch (error) {
          context.seen.push(`${(error as Error).name} ${(error as { code: number }).code}`);
        }
      }),
    );
    lab.run();
    expect(seen).toEqual(['KafkaJSConnectionError -195']);
    expect(stored(lab)).toHaveLength(6);
    expect(lab.world.history.sends).toMatchObject([{ record: 'a', partition: 'orders-0', outcome: 'info' }]);
  });

  it('CLI-41: without a limit a repeated batch ends up behind a later one; with maxInFlightRequests 1 it does not', () => {
    for (const [options, expected] of [
      [{ acks: -1 }, ['b', 'a']],
      [{ maxInFlightRequests: 1 }, ['a', 'b']],
    ] as const) {
      const lab = new Harness(ORDERS, { onSend: ({ name }) => (name === 'produce#1' ? 'lose' : 'default') });
      lab.start(
        'shop',
        producing(
          function* (producer, context) {
            const first = producer.send(one('a'));
            yield context.sleep(0);
            const second = producer.send(one('b'));
            yield first;
            yield second;
          },
          options,
          { 'linger.ms': 0 },
        ),
      );
      lab.run();
      expect(stored(lab)).toEqual(expected);
    }
  });

  it('ACK-3: acks 0 resolves without an answer, also when the request is lost', () => {
    const lab = new Harness(ORDERS, { onSend: ({ kind }) => (kind === 'produce' ? 'lose' : 'default') });
    const { seen } = lab.start(
      'shop',
      producing(
        function* (producer, context) {
          const [result] = (yield producer.send(one('a'))) as Api.RecordMetadata[];
          context.seen.push(result!.baseOffset!);
        },
        { acks: 0 },
      ),
    );
    lab.run();
    expect(seen).toEqual(['-1001']);
    expect(stored(lab)).toEqual([]);
  });

  it('ACK-1: refusals of the broker reject with its code', () => {
    const lab = new Harness(ORDERS);
    const { seen } = lab.start(
      'shop',
      producing(function* (producer, context) {
        for (const record of [
          { topic: 'nowhere', messages: [{ value: 'x' }] },
          { topic: 'orders', messages: [{ value: 'x', partition: 9 }] },
        ]) {
          try {
            yield producer.send(record);
          } catch (error) {
            context.seen.push(String((error as { code: number }).code));
          }
        }
      }),
    );
    lab.run();
    expect(seen).toEqual(['3', '-190']);
  });

  it('keeps keys together, spreads null keys in turn, and obeys an explicit partition', () => {
    const lab = new Harness([{ name: 'orders', partitions: 3 }]);
    const { seen } = lab.start(
      'shop',
      producing(function* (producer, context) {
        for (const message of [
          { key: 'k', value: '1' },
          { key: 'k', value: '2' },
          { value: '3' },
          { value: '4' },
          { value: '5' },
          { partition: 2, value: '6' },
        ]) {
          const [result] = (yield producer.send({ topic: 'orders', messages: [message] })) as Api.RecordMetadata[];
          context.seen.push(String(result!.partition));
          yield context.sleep(20);
        }
      }),
    );
    lab.run();
    const key = String(partitionOfKey('k', 3));
    expect(seen).toEqual([key, key, '0', '1', '2', '2']);
  });

  it('sendBatch() sends to several topics; flush() waits for answers', () => {
    const lab = new Harness([...ORDERS, { name: 'other', partitions: 1 }]);
    const { seen } = lab.start(
      'shop',
      producing(function* (producer, context) {
        const result = (yield producer.sendBatch({
          topicMessages: [one('a'), { topic: 'other', messages: [{ value: 'x' }] }],
        })) as Api.RecordMetadata[];
        context.seen.push(result.map(({ topicName }) => topicName).join());
        let isDone = false;
        void producer.send(one('b')).then(() => {
          isDone = true;
        });
        yield producer.flush();
        context.seen.push(String(isDone));
      }),
    );
    lab.run();
    expect(seen).toEqual(['orders,other', 'true']);
  });

  it('CLI-46: without a transactional id there are no transactions', () => {
    const lab = new Harness(ORDERS);
    const { seen } = lab.start(
      'shop',
      producing(function* (producer, context) {
        try {
          yield producer.transaction();
        } catch (error) {
          context.seen.push(String((error as { code: number }).code));
        }
      }),
    );
    lab.run();
    expect(seen).toEqual(['-145']);
  });
});

describe('CLI-41: murmur2 as in Java', () => {
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('%s', (text, hash) => {
    expect(murmur2(utf8(text))).toBe(hash);
  });

  it('hashes UTF-8', () => {
    expect(utf8('é€😀')).toEqual([...Buffer.from('é€😀')]);
  });
});

describe('admin', () => {
  it('creates and lists topics, and tells offsets', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    lab.cluster.coordinator.offsets.set('g', 'orders', 0, { offset: 1, metadata: null });
    const { seen, error } = lab.start('shop', function* (context) {
      const admin = new context.KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } }).admin();
      const note = task(function* (value: unknown) {
        yield context.seen.push(JSON.stringify(yield value as never));
      });
      yield admin.connect();
      yield note(admin.createTopics({ topics: [{ topic: 'new', numPartitions: 2 }] }));
      yield note(admin.createTopics({ topics: [{ topic: 'new' }] }));
      yield note(admin.listTopics());
      yield note(admin.fetchOffsets({ groupId: 'g' }));
      yield note(admin.fetchOffsets({ groupId: 'g', topics: [{ topic: 'new', partitions: [1] }] }));
      yield note(admin.fetchTopicOffsets('orders'));
      try {
        yield admin.createTopics({ topics: [{ topic: 'bad name' }] });
      } catch (failure) {
        context.seen.push(
          (failure as { errors: { topic: string; code: number }[] }).errors
            .map(({ topic, code }) => `${topic} ${code}`)
            .join(),
        );
      }
      try {
        yield (admin as unknown as { deleteTopics(): unknown }).deleteTopics();
      } catch (failure) {
        context.seen.push(String((failure as { code: number }).code));
      }
      yield admin.disconnect();
    });
    lab.run();
    expect(error).toBe(null);
    expect(seen).toEqual([
      'true',
      'false',
      '["orders","new"]',
      '[{"topic":"orders","partitions":[{"partition":0,"offset":"1","metadata":null,"leaderEpoch":null,"error":null}]}]',
      '[{"topic":"new","partitions":[{"partition":1,"offset":"-1001","metadata":null,"leaderEpoch":null,"error":null}]}]',
      '[{"partition":0,"offset":"2","high":"2","low":"0"}]',
      'bad name 17',
      '-170',
    ]);
    expect(lab.world.history.ends).toMatchObject([{ how: 'exit', code: 0 }]);
  });
});
