/** Transactions of the Confluent client, against scripted answers (kafka-semantics CLI-46 … CLI-52). */
import { describe, expect, it } from 'vitest';
import type { KafkaJS as Api } from '../../../../../src/kafka/client/confluent/api';
import { ERRORS } from '../../../../../src/kafka/errors';
import { batchesOf, produced, ScriptedEndpoint } from '../scripted-endpoint';
import { Harness, type Context } from './harness';

type Body = Generator<unknown, unknown, unknown>;

const one = (id: string, partition = 0) => ({
  topic: 'orders',
  messages: [{ value: JSON.stringify({ id }), partition }],
});

interface Played {
  readonly cluster: ScriptedEndpoint;
  readonly seen: string[];
  readonly lab: Harness;
}

/** Plays a program with a connected transactional producer against a script. */
function play(
  script: (cluster: ScriptedEndpoint) => void,
  body: (producer: Api.Producer, context: Context) => Body,
  options: Record<string, unknown> = {},
): Played {
  const lab = new Harness([]);
  const cluster = new ScriptedEndpoint({ brokers: 1, topics: { orders: [1, 1] } });
  script(cluster);
  const { seen } = lab.start(
    'copier',
    function* (context) {
      const kafka = new context.KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } });
      const producer = kafka.producer({ kafkaJS: { transactionalId: 't', ...options } });
      yield* caught(context, 'connect', producer.connect());
      yield* body(producer, context);
    },
    cluster,
  );
  lab.run(60_000);
  return { cluster, seen, lab };
}

/** Awaits a call and notes its name with `ok` or the error's code; a plain error is marked `!`. */
function* caught({ seen, KafkaJS }: Context, name: string, call: unknown): Body {
  try {
    yield call;
    seen.push(`${name} ok`);
  } catch (error) {
    const isPlain = !KafkaJS.isKafkaJSError(error as Error);
    seen.push(`${name} ${(error as { code: number }).code}${isPlain ? '!' : ''}`);
    const { retriable, fatal, abortable } = error as Api.KafkaJSError;
    if (!isPlain && (retriable || fatal || abortable)) seen.push('a flag is set');
  }
  return undefined;
}

const nothing = (): void => undefined;

describe('a transaction', () => {
  it('CLI-46, CLI-52, TXN-6: connect initialises, each partition is added before its first record, commit ends', () => {
    const { cluster, seen } = play(nothing, function* (producer, context) {
      const returned = yield producer.transaction();
      context.seen.push(String(returned === producer), String(producer.isActive()));
      yield producer.sendBatch({ topicMessages: [one('a', 0), one('b', 1)] });
      yield producer.send(one('c', 0));
      yield* caught(context, 'commit', producer.commit());
      context.seen.push(String(producer.isActive()));
    });
    expect(seen).toEqual(['connect ok', 'true', 'true', 'commit ok', 'false']);
    expect(cluster.apis).toEqual([
      'Metadata',
      'InitProducerId',
      'AddPartitionsToTxn',
      'Produce',
      'Produce',
      'Produce',
      'EndTxn',
    ]);
    expect(cluster.of('AddPartitionsToTxn')[0]!.topics).toEqual([{ name: 'orders', partitions: [0, 1] }]);
    expect(batchesOf(cluster)).toEqual(['p0:0/0×1', 'p1:0/0×1', 'p0:0/1×1']);
    expect(cluster.of('Produce').every(({ transactionalId, acks }) => transactionalId === 't' && acks === -1)).toBe(
      true,
    );
  });

  it('TXN-2: speaks the versions of the first transaction protocol', () => {
    const { cluster } = play(nothing, function* (producer) {
      yield producer.transaction();
      yield producer.send(one('a'));
      yield producer.commit();
    });
    const version = (api: 'InitProducerId' | 'AddPartitionsToTxn' | 'Produce' | 'EndTxn') =>
      cluster.of(api)[0]!.apiVersion;
    expect([version('InitProducerId'), version('AddPartitionsToTxn'), version('Produce'), version('EndTxn')]).toEqual([
      4, 0, 10, 1,
    ]);
  });

  it('TXN-21: nothing sent, nothing asked', () => {
    const { cluster, seen } = play(nothing, function* (producer, context) {
      yield producer.transaction();
      yield* caught(context, 'commit', producer.commit());
      yield producer.transaction();
      yield* caught(context, 'abort', producer.abort());
    });
    expect(seen).toEqual(['connect ok', 'commit ok', 'abort ok']);
    expect(cluster.apis).toEqual(['Metadata', 'InitProducerId']);
  });

  it('TXC-2: commit waits for records that nobody has waited for', () => {
    const { cluster, seen } = play(nothing, function* (producer, context) {
      yield producer.transaction();
      void producer.send(one('a')).then(() => context.seen.push('sent'));
      yield* caught(context, 'commit', producer.commit());
    });
    expect(seen).toEqual(['connect ok', 'sent', 'commit ok']);
    expect(cluster.apis.slice(-2)).toEqual(['Produce', 'EndTxn']);
  });

  it('TXC-3: abort drops what has not left, and uses its numbers again', () => {
    const { cluster, seen } = play(nothing, function* (producer, context) {
      yield producer.transaction();
      yield producer.send(one('a'));
      yield* caught(context, 'commit', producer.commit());
      yield producer.transaction();
      const send = producer.send(one('b'));
      yield* caught(context, 'abort', producer.abort());
      yield* caught(context, 'send', send);
      yield producer.transaction();
      yield producer.send(one('c'));
      yield* caught(context, 'commit', producer.commit());
    });
    expect(seen).toEqual(['connect ok', 'commit ok', 'abort ok', 'send -152', 'commit ok']);
    expect(batchesOf(cluster)).toEqual(['p0:0/0×1', 'p0:0/1×1']);
  });

  it('CLI-12: records are taken inside a transaction only', () => {
    const { seen } = play(nothing, function* (producer, context) {
      yield* caught(context, 'send', producer.send(one('a')));
      yield producer.transaction();
      yield* caught(context, 'transaction', producer.transaction());
      yield producer.commit();
      yield* caught(context, 'commit', producer.commit());
      yield* caught(context, 'abort', producer.abort());
    });
    expect(seen).toEqual(['connect ok', 'send -172!', 'transaction -172', 'commit -172', 'abort -172']);
  });

  it('TXN-11: waits while the markers of the one before are being written', () => {
    const { cluster, seen } = play(
      (script) =>
        script.on('AddPartitionsToTxn', 1, ({ topics }) => ({
          api: 'AddPartitionsToTxn',
          topics: topics.map(({ name }) => ({
            name,
            partitions: [{ partitionIndex: 0, errorCode: ERRORS.CONCURRENT_TRANSACTIONS }],
          })),
        })),
      function* (producer, context) {
        yield producer.transaction();
        yield* caught(context, 'send', producer.send(one('a')));
        yield* caught(context, 'commit', producer.commit());
      },
    );
    expect(seen).toEqual(['connect ok', 'send ok', 'commit ok']);
    expect(cluster.of('AddPartitionsToTxn')).toHaveLength(2);
  });
});

describe('connect', () => {
  it('CLI-52: a transaction timeout the broker refuses: a plain error 50', () => {
    const { seen } = play(
      (cluster) =>
        cluster.on('InitProducerId', 1, () => ({
          api: 'InitProducerId',
          errorCode: ERRORS.INVALID_TRANSACTION_TIMEOUT,
          producerId: -1,
          producerEpoch: -1,
        })),
      function* (producer, context) {
        yield* caught(context, 'connect', producer.connect());
      },
    );
    expect(seen).toEqual(['connect 50!', 'connect -172']);
  });

  it('TXN-4, CLI-52: repeats CONCURRENT_TRANSACTIONS, and gives up after 5 s with that', () => {
    const { cluster, seen, lab } = play(
      (script) =>
        script.on('InitProducerId', 0, () => ({
          api: 'InitProducerId',
          errorCode: ERRORS.CONCURRENT_TRANSACTIONS,
          producerId: -1,
          producerEpoch: -1,
        })),
      function* (producer) {
        yield producer.disconnect();
      },
    );
    expect(seen).toEqual(['connect 51!']);
    expect(cluster.of('InitProducerId').length).toBeGreaterThan(5);
    expect(lab.world.now).toBeGreaterThanOrEqual(5000);
  });
});

describe('a record that cannot be stored', () => {
  it('CLI-48, TXC-2: makes the commit fail; the transaction after the abort fails once, the one after it works', () => {
    const { cluster, seen } = play(
      (script) => {
        script.on('Produce', 1, (request) => produced(request, ERRORS.MESSAGE_TOO_LARGE));
        // The marker of the abort has left the broker with the epoch and no sequence: 1 is not 0 (PID-6).
        script.on('Produce', 2, (request) => produced(request, ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER));
      },
      function* (producer, context) {
        for (const id of ['a', 'b', 'c']) {
          yield producer.transaction();
          yield* caught(context, `send ${id}`, producer.send(one(id)));
          yield* caught(context, 'commit', producer.commit());
          if (producer.isActive()) yield* caught(context, 'abort', producer.abort());
        }
      },
    );
    expect(seen).toEqual([
      'connect ok',
      'send a 10',
      'commit 10',
      'abort ok',
      'send b -152',
      'commit 45',
      'abort ok',
      'send c ok',
      'commit ok',
    ]);
    expect(batchesOf(cluster)).toEqual(['p0:0/0×1', 'p0:0/1×1', 'p0:1/0×1']);
    // The epoch is bumped by the coordinator, which is told the one that is held (TXN-4).
    expect(cluster.of('InitProducerId').map(({ producerEpoch }) => producerEpoch)).toEqual([-1, 0]);
  });

  it('TXC-2: a record whose repetitions have run out makes the commit fail, without a bump', () => {
    const { cluster, seen } = play(
      (script) => script.on('Produce', 0, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS)),
      function* (producer, context) {
        yield producer.transaction();
        yield* caught(context, 'send', producer.send(one('a')));
        yield* caught(context, 'commit', producer.commit());
        yield* caught(context, 'abort', producer.abort());
      },
      { retry: { retries: 2 } },
    );
    expect(seen).toEqual(['connect ok', 'send 19', 'commit -149', 'abort ok']);
    expect(cluster.of('InitProducerId')).toHaveLength(1);
  });
});

describe('fencing', () => {
  it.each([
    ['another producer, met by a record', 'Produce'],
    ['another producer, met before the first record', 'AddPartitionsToTxn'],
    ['another producer, met by the end', 'EndTxn'],
  ] as const)('CLI-49, TXN-16: %s', (_what, api) => {
    const { seen } = play(
      (script) => {
        script.on('Produce', 1, (request) =>
          api === 'Produce' ? produced(request, ERRORS.INVALID_PRODUCER_EPOCH) : undefined,
        );
        script.on('AddPartitionsToTxn', 1, () =>
          api === 'AddPartitionsToTxn'
            ? {
                api,
                topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, errorCode: ERRORS.PRODUCER_FENCED }] }],
              }
            : undefined,
        );
        script.on('EndTxn', 1, () =>
          api === 'EndTxn'
            ? { api, errorCode: ERRORS.INVALID_PRODUCER_EPOCH, producerId: -1, producerEpoch: -1 }
            : undefined,
        );
      },
      function* (producer, context) {
        yield producer.transaction();
        yield* caught(context, 'send', producer.send(one('a')));
        yield* caught(context, 'commit', producer.commit());
        yield* caught(context, 'abort', producer.abort());
        yield* caught(context, 'transaction', producer.transaction());
        yield* caught(context, 'send', producer.send(one('b')));
      },
    );
    const first = { Produce: 'send 47', AddPartitionsToTxn: 'send -152', EndTxn: 'send ok' }[api];
    expect(seen).toEqual(['connect ok', first, 'commit -144', 'abort -144', 'transaction -172', 'send -150!']);
  });
});

describe('the limit of 5 s', () => {
  it('CLI-52: a commit without an answer rejects, goes on, and is finished by the same call', () => {
    const { seen, cluster } = play(
      (script) => script.on('EndTxn', 1, () => 'silence'),
      function* (producer, context) {
        yield producer.transaction();
        yield producer.send(one('a'));
        yield* caught(context, 'commit', producer.commit());
        yield* caught(context, 'abort', producer.abort());
        yield* caught(context, 'transaction', producer.transaction());
      },
    );
    expect(seen).toEqual(['connect ok', 'commit -185', 'abort -173', 'transaction -172']);
    expect(cluster.of('EndTxn')).toHaveLength(1);
  });

  it('CLI-52: the answer comes after the limit: the commit holds, and the next commit() says so', () => {
    const { seen, lab } = play(
      (script) => {
        // Five repetitions of a lost answer take longer than the limit.
        for (const nth of [1, 2, 3, 4]) script.on('EndTxn', nth, () => 'lost');
      },
      function* (producer, context) {
        yield producer.transaction();
        yield producer.send(one('a'));
        yield* caught(context, 'commit', producer.commit());
        yield context.sleep(10_000);
        yield* caught(context, 'commit', producer.commit());
        yield* caught(context, 'transaction', producer.transaction());
      },
      { retry: { initialRetryTime: 500 } },
    );
    expect(seen).toEqual(['connect ok', 'commit -185', 'commit ok', 'transaction ok']);
    expect(lab.world.history.transactions.map(({ asked, outcome }) => [asked, outcome])).toEqual([
      ['commit', 'ok'],
      [null, 'info'],
    ]);
  });

  it('CLI-52: a lost answer is asked for again', () => {
    const { seen, cluster } = play(
      (script) => script.on('EndTxn', 1, () => 'lost'),
      function* (producer, context) {
        yield producer.transaction();
        yield producer.send(one('a'));
        yield* caught(context, 'commit', producer.commit());
      },
    );
    expect(seen).toEqual(['connect ok', 'commit ok']);
    expect(cluster.of('EndTxn').map(({ committed }) => committed)).toEqual([true, true]);
  });
});

describe('the history', () => {
  it('says of each record to which transaction it belongs', () => {
    const { lab } = play(nothing, function* (producer) {
      yield producer.transaction();
      yield producer.send(one('a'));
      yield producer.abort();
      yield producer.transaction();
      yield producer.send(one('b'));
      yield producer.commit();
    });
    const { transactions, sends } = lab.world.history;
    expect(sends.map(({ transaction }) => transactions.indexOf(transaction!))).toEqual([0, 1]);
    expect(transactions.map(({ asked, outcome }) => `${asked} ${outcome}`)).toEqual(['abort ok', 'commit ok']);
    const kinds = lab.recorder.events.map(({ kind }) => kind).filter((kind) => kind.startsWith('transaction'));
    expect(kinds).toEqual(['transaction-begin', 'transaction-abort', 'transaction-begin', 'transaction-commit']);
  });
});
