import { describe, expect, it } from 'vitest';
import type { KafkaJS as Api } from '../../../../../src/kafka/client/confluent/api';
import { Harness, type Context } from './harness';

interface Caught {
  readonly name: string;
  readonly message: string;
  readonly code: number;
}

/** Runs a piece of a program and gives the error it ends with. */
function failure(
  body: (kafka: Api.Kafka, context: Context) => Generator<unknown, unknown, unknown>,
  brokers = ['localhost:9092'],
): Caught | null {
  const lab = new Harness([{ name: 'orders', partitions: 1 }]);
  const caught: Caught[] = [];
  lab.start('shop', function* (context) {
    try {
      yield* body(new context.KafkaJS.Kafka({ kafkaJS: { brokers } }), context);
    } catch (error) {
      caught.push(error as Caught);
    }
  });
  lab.run();
  return caught[0] ?? null;
}

const untyped = (value: unknown): never => value as never;

function connected(use: (consumer: Api.Consumer) => unknown, options: object = {}) {
  return failure(function* (kafka) {
    const consumer = kafka.consumer({ kafkaJS: { groupId: 'g', ...options } });
    yield consumer.connect();
    yield use(consumer);
  });
}

describe('options at the wrong place', () => {
  it.each([
    ['brokers beside the block', ({ KafkaJS }: Context) => new KafkaJS.Kafka(untyped({ brokers: ['localhost:9092'] }))],
    ['groupId beside the block', (_context: Context, kafka: Api.Kafka) => kafka.consumer(untyped({ groupId: 'g' }))],
    [
      'idempotent beside the block',
      (_context: Context, kafka: Api.Kafka) => kafka.producer(untyped({ idempotent: true })),
    ],
  ])('CLI-40: %s throws and tells where it belongs', (_name, use) => {
    const error = failure(function* (kafka, context) {
      yield use(context, kafka);
    });
    expect(error).toMatchObject({ name: 'KafkaJSError', code: -1 });
    expect(error!.message).toContain('kafkaJS');
  });

  it.each([
    [
      'fromBeginning of subscribe',
      (consumer: Api.Consumer) => consumer.subscribe(untyped({ topics: ['orders'], fromBeginning: true })),
      -186,
    ],
    [
      'autoCommit of run',
      (consumer: Api.Consumer) => consumer.run(untyped({ autoCommit: false, eachMessage: () => undefined })),
      -186,
    ],
    ['autoCommitInterval of run', (consumer: Api.Consumer) => consumer.run(untyped({ autoCommitInterval: 1 })), -186],
    ['autoCommitThreshold of run', (consumer: Api.Consumer) => consumer.run(untyped({ autoCommitThreshold: 1 })), -170],
  ])('CLI-40: %s', (_name, use, code) => {
    expect(connected(use)).toMatchObject({ name: 'KafkaJSError', code });
  });

  it('CLI-40: acks of send', () => {
    const error = failure(function* (kafka) {
      const producer = kafka.producer();
      yield producer.connect();
      yield producer.send(untyped({ topic: 'orders', messages: [], acks: 1 }));
    });
    expect(error).toMatchObject({ code: -186 });
  });

  it.each([
    [{ autoCommitThreshold: 5 }, -170],
    [{ nonsense: 5 }, -186],
    [{ groupId: '' }, -172],
    [{ partitionAssigners: 'range' }, -186],
    [{ partitionAssigners: ['cooperative-sticky'] }, -170],
    [{ sasl: { mechanism: 'plain' } }, -170],
    [{ rebalanceTimeout: 1000 }, -172],
  ])('CLI-40: connect() rejects with %j', (options, code) => {
    expect(connected(() => undefined, options)).toMatchObject({ code });
  });
});

describe('calls at the wrong time', () => {
  const before = (use: (consumer: Api.Consumer) => unknown) =>
    failure(function* (kafka) {
      yield use(kafka.consumer({ kafkaJS: { groupId: 'g' } }));
    });

  it.each([
    ['subscribe', (consumer: Api.Consumer) => consumer.subscribe({ topics: ['orders'] })],
    ['run', (consumer: Api.Consumer) => consumer.run({})],
    ['commitOffsets', (consumer: Api.Consumer) => consumer.commitOffsets()],
    ['committed', (consumer: Api.Consumer) => consumer.committed()],
    ['seek', (consumer: Api.Consumer) => consumer.seek({ topic: 'orders', partition: 0, offset: '0' })],
    ['assignment', (consumer: Api.Consumer) => consumer.assignment()],
    ['pause', (consumer: Api.Consumer) => consumer.pause([{ topic: 'orders' }])],
    ['resume', (consumer: Api.Consumer) => consumer.resume([{ topic: 'orders' }])],
  ])('%s before connect(): ERR__STATE', (_name, use) => {
    expect(before(use)).toMatchObject({ name: 'KafkaJSError', code: -172 });
  });

  it('disconnect() before connect() is no error', () => {
    expect(before((consumer) => consumer.disconnect())).toBe(null);
  });

  it('a second connect() or run() is an error', () => {
    expect(connected((consumer) => consumer.connect())).toMatchObject({ code: -172 });
    expect(
      connected((consumer) => {
        void consumer.run({ eachMessage: untyped(() => undefined) });
        return consumer.run({ eachMessage: untyped(() => undefined) });
      }),
    ).toMatchObject({ code: -172 });
  });

  it('CLI-44: stop(), on() and events are not there', () => {
    expect(connected((consumer) => consumer.stop())).toMatchObject({ code: -170 });
    expect(connected((consumer) => (untyped(consumer) as { on(): void }).on())).toMatchObject({ code: -170 });
    expect(connected((consumer) => (untyped(consumer) as { events: unknown }).events)).toMatchObject({ code: -170 });
  });

  it.each([
    [{}, -186],
    [{ topics: 'orders' }, -186],
    [{ topics: [5] }, -186],
    [{ topics: [/^o/i] }, -186],
    [{ topics: [/o/] }, -186],
  ])('subscribe(%j) is refused', (argument, code) => {
    expect(connected((consumer) => consumer.subscribe(untyped(argument)))).toMatchObject({ code });
  });

  it('seek() refuses offsets that are none', () => {
    expect(connected((consumer) => consumer.seek({ topic: 'orders', partition: 0, offset: 'x' }))).toMatchObject({
      code: -186,
    });
    expect(connected((consumer) => consumer.seek({ topic: 'orders', partition: 0, offset: '-1' }))).toMatchObject({
      code: -186,
    });
  });
});

describe('the wrong address', () => {
  it.each([
    ['localhost:9999', 'KafkaJSConnectionError', -195],
    ['nowhere:9092', 'KafkaJSError', -193],
  ])('connect() to %s rejects', (server, name, code) => {
    const error = failure(
      function* (kafka) {
        yield kafka.consumer({ kafkaJS: { groupId: 'g' } }).connect();
      },
      [server],
    );
    expect(error).toMatchObject({ name, code });
  });
});

describe('the module', () => {
  it('is frozen and the same for every incarnation: nothing survives in it', () => {
    const lab = new Harness([]);
    const modules: (typeof Api)[] = [];
    for (const name of ['a', 'b']) {
      lab.start(name, function* ({ KafkaJS }) {
        yield modules.push(KafkaJS);
      });
    }
    expect(modules[0]).toBe(modules[1]);
    for (const value of [modules[0], ...Object.values(modules[0]!)]) {
      expect(Object.isFrozen(value)).toBe(true);
      if (typeof value === 'function' && value.prototype !== undefined)
        expect(Object.isFrozen(value.prototype)).toBe(true);
    }
  });

  it('CLI-49: errors have codes; `type` is a name, or -1 where a code has two', () => {
    const lab = new Harness([]);
    lab.start('a', function* ({ KafkaJS }) {
      const state = new KafkaJS.KafkaJSError('x', { code: KafkaJS.ErrorCodes.ERR__STATE });
      expect(state).toMatchObject({
        name: 'KafkaJSError',
        code: -172,
        type: 'ERR__STATE',
        retriable: false,
        fatal: false,
        abortable: false,
      });
      expect(new KafkaJS.KafkaJSError('x', { code: 16 })).toMatchObject({ type: -1 });
      expect(KafkaJS.isKafkaJSError(state)).toBe(true);
      yield undefined;
    });
    expect(lab.world.history.ends).toMatchObject([{ code: 0 }]);
  });

  it('says what of the real package is not there', () => {
    const lab = new Harness([]);
    lab.start('a', function* () {
      yield undefined;
    });
    expect(
      failure(function* (kafka) {
        yield kafka.consumer({ kafkaJS: { groupId: 'g' }, 'group.protocol': 'consumer' } as never).connect();
      }),
    ).toMatchObject({ name: 'KafkaJSNotImplemented', code: -170 });
  });

  it.each([
    [{ idempotent: true, acks: 1 }, '`acks` must be set to `all`'],
    [{ idempotent: true, maxInFlightRequests: 6 }, '`max.in.flight` must be set <=5'],
    [{ idempotent: true, retry: { retries: 0 } }, '`retries` must be set >= 1'],
    [{ idempotent: undefined }, 'Invalid value "undefined"'],
    [{ idempotent: false, transactionalId: 't' }, '`transactional.id` requires'],
    [{ transactionalId: 't', transactionTimeout: 500 }, 'outside allowed range'],
  ])('CLI-41: refuses %j with an error of librdkafka, which has no flags', (kafkaJS, text) => {
    const error = failure(function* (kafka) {
      yield kafka.producer({ kafkaJS: kafkaJS as never }).connect();
    });
    expect((error as unknown as Error).message).toContain(text);
    expect(error).not.toHaveProperty('retriable');
  });
});

describe('options of librdkafka', () => {
  it('stand beside the block and mean the same', () => {
    const lab = new Harness([{ name: 'orders', partitions: 1 }]);
    lab.fill('orders', 0, ['a']);
    const { seen } = lab.start('shop', function* ({ KafkaJS, seen: notes }) {
      const kafka = new KafkaJS.Kafka({ 'bootstrap.servers': 'localhost:9092' });
      const consumer = kafka.consumer({
        'group.id': 'g',
        'auto.offset.reset': 'earliest',
        'enable.auto.commit': false,
      });
      yield consumer.connect();
      yield consumer.subscribe({ topics: [/^ord/] });
      yield consumer.run({ eachMessage: untyped(() => notes.push('delivered')) });
    });
    lab.run();
    expect(seen).toEqual(['delivered']);
    expect(lab.committed('g')).toBeUndefined();
  });
});
