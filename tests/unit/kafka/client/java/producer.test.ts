/** The Java producer on the model (kafka-semantics RTY, CFG, TXC, ERR). */
import { describe, expect, it } from 'vitest';
import {
  JavaProducer,
  tellingName,
  type JavaException,
  type ProducerConfigInput,
} from '../../../../../src/kafka/client/java';
import { readProducerConfig } from '../../../../../src/kafka/client/java/producer-config';
import { ERRORS } from '../../../../../src/kafka/errors';
import { Harness, type Context } from '../confluent/harness';
import { batchesOf, produced, ScriptedEndpoint } from '../scripted-endpoint';

type Body = Generator<unknown, unknown, unknown>;
type Use = (producer: JavaProducer, context: Context, make: (config?: ProducerConfigInput) => JavaProducer) => Body;

const one = (value: string) => ({ topic: 'orders', partition: 0, key: null, value });

/** Awaits a call and notes its name with `ok`, an offset or the exception's name. */
function* noted({ seen }: Context, name: string, call: () => unknown): Body {
  try {
    const result = (yield call()) as { offset?: number } | undefined;
    seen.push(`${name} ${result?.offset ?? 'ok'}`);
  } catch (error) {
    seen.push(`${name} ${tellingName(error as JavaException)}`);
  }
  return undefined;
}

function onScript(script: (cluster: ScriptedEndpoint) => void, use: Use, config: ProducerConfigInput = {}) {
  const lab = new Harness([]);
  const cluster = new ScriptedEndpoint({ brokers: 1, topics: { orders: [1] } });
  script(cluster);
  return { cluster, ...run(lab, cluster, use, config) };
}

function run(lab: Harness, endpoint: ScriptedEndpoint | Harness['cluster'], use: Use, config: ProducerConfigInput) {
  const { seen } = lab.start(
    'shop',
    function* (context) {
      const make = (given = config): JavaProducer =>
        new JavaProducer({ incarnation: context.incarnation, endpoint }, given);
      yield* use(make(), context, make);
    },
    endpoint,
  );
  lab.run(600_000);
  return { lab, seen };
}

function onModel(use: Use, config: ProducerConfigInput = {}) {
  const lab = new Harness([{ name: 'orders', partitions: 1 }]);
  return run(lab, lab.cluster, use, config);
}

/** The log with markers: `a b •C`. */
function logOf({ cluster }: Harness): string {
  return cluster
    .partition('orders', 0)!
    .log.batches.flatMap(({ control, records }) =>
      control === null ? records.map(({ value }) => value) : [control === 'COMMIT' ? '•C' : '•A'],
    )
    .join(' ');
}

const TID: ProducerConfigInput = { transactionalId: 't', lingerMs: 0 };

describe('configuration', () => {
  it('CFG-1: without being asked for, idempotence gives way', () => {
    expect(readProducerConfig({}).isIdempotent).toBe(true);
    expect(readProducerConfig({ acks: 1 }).isIdempotent).toBe(false);
    expect(readProducerConfig({ retries: 0 }).isIdempotent).toBe(false);
  });

  it.each<ProducerConfigInput>([
    { enableIdempotence: true, acks: 1 },
    { enableIdempotence: true, retries: 0 },
    { maxInFlightRequestsPerConnection: 6 },
    { transactionalId: 't', enableIdempotence: false },
    { transactionalId: 't', acks: 1 },
    { deliveryTimeoutMs: 1000 },
  ])('CFG-2, CFG-3, RTY-3: refuses %j', (config) => {
    expect(() => readProducerConfig(config)).toThrow(expect.objectContaining({ name: 'ConfigException' }));
  });
});

describe('delivery', () => {
  it('RTY-1: batches gather for linger.ms; flush sends them at once', () => {
    const { cluster, seen } = onScript(
      () => undefined,
      function* (producer, context) {
        void producer.send(one('a'));
        void producer.send(one('b'));
        yield producer.flush();
        yield* noted(context, 'c', () => producer.send(one('c')));
      },
    );
    expect(batchesOf(cluster)).toEqual(['p0:0/0×2', 'p0:0/2×1']);
    expect(seen).toEqual(['c 2']);
  });

  it('RTY-4, PID-5: after a lost answer the same batch goes again and is recognised', () => {
    let isLost = false;
    const lab = new Harness([{ name: 'orders', partitions: 1 }], {
      onEffect: ({ kind }) => (kind === 'produce' && !isLost ? ((isLost = true), 'lose') : 'default'),
    });
    const { seen } = run(
      lab,
      lab.cluster,
      function* (producer, context) {
        yield* noted(context, 'a', () => producer.send(one('a')));
      },
      {},
    );
    expect(seen).toEqual(['a 0']);
    expect(logOf(lab)).toBe('a');
  });

  it('RTY-5: without idempotence it is another record', () => {
    let isLost = false;
    const lab = new Harness([{ name: 'orders', partitions: 1 }], {
      onEffect: ({ kind }) => (kind === 'produce' && !isLost ? ((isLost = true), 'lose') : 'default'),
    });
    const { seen } = run(
      lab,
      lab.cluster,
      function* (producer, context) {
        yield* noted(context, 'a', () => producer.send(one('a')));
      },
      { acks: 1 },
    );
    expect(seen).toEqual(['a 1']);
    expect(logOf(lab)).toBe('a a');
  });

  it('RTY-2, RTY-6: retries=0: the error says nothing of the log', () => {
    const lab = new Harness([{ name: 'orders', partitions: 1 }], {
      onEffect: ({ kind }) => (kind === 'produce' ? 'lose' : 'default'),
    });
    const { seen } = run(
      lab,
      lab.cluster,
      function* (producer, context) {
        yield* noted(context, 'a', () => producer.send(one('a')));
      },
      { retries: 0 },
    );
    expect(seen).toEqual(['a NetworkException']);
    expect(logOf(lab)).toBe('a');
    expect(lab.world.history.sends.map(({ outcome }) => outcome)).toEqual(['info']);
  });

  it('RTY-3, RTY-8: after delivery.timeout.ms nobody knows; the next record begins under another epoch', () => {
    const { cluster, seen, lab } = onScript(
      (script) => {
        for (let nth = 1; nth <= 30; nth += 1) script.on('Produce', nth, () => 'lost');
      },
      function* (producer, context) {
        yield* noted(context, 'a', () => producer.send(one('a')));
        yield context.sleep(20_000);
        yield* noted(context, 'b', () => producer.send(one('b')));
      },
      { deliveryTimeoutMs: 2500, requestTimeoutMs: 1000 },
    );
    expect(seen[0]).toBe('a TimeoutException');
    expect(seen[1]).toMatch(/^b/);
    expect(batchesOf(cluster)[0]).toBe('p0:0/0×1');
    expect(batchesOf(cluster).at(-1)).toBe('p0:1/0×1');
    expect(lab.world.history.sends[0]!.outcome).toBe('info');
  });

  it('RTY-7: OUT_OF_ORDER: a later batch is simply repeated; for the next in line the producer bumps its epoch', () => {
    const { cluster, seen } = onScript(
      (script) => {
        script.on('Produce', 1, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS));
        script.on('Produce', 2, (request) => produced(request, ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER));
        script.on('Produce', 5, (request) => produced(request, ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER));
      },
      function* (producer, context) {
        const a = producer.send(one('a'));
        void producer.flush();
        const b = producer.send(one('b'));
        void producer.flush();
        yield* noted(context, 'a', () => a);
        yield* noted(context, 'b', () => b);
        yield* noted(context, 'c', () => producer.send(one('c')));
      },
    );
    expect(seen).toEqual(['a 0', 'b 1', 'c 2']);
    expect(batchesOf(cluster)).toEqual(['p0:0/0×1', 'p0:0/1×1', 'p0:0/0×1', 'p0:0/1×1', 'p0:0/2×1', 'p0:1/0×1']);
  });

  it('RTY-7: while repetitions are pending only the batch that is first in line is under way', () => {
    const { cluster, seen } = onScript(
      (script) => {
        for (const nth of [1, 2, 3])
          script.on('Produce', nth, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS));
      },
      function* (producer, context) {
        const a = producer.send(one('a'));
        void producer.flush();
        const b = producer.send(one('b'));
        void producer.flush();
        yield* noted(context, 'a', () => a);
        yield* noted(context, 'b', () => b);
      },
    );
    expect(seen).toEqual(['a 0', 'b 1']);
    expect(batchesOf(cluster)).toEqual(['p0:0/0×1', 'p0:0/1×1', 'p0:0/0×1', 'p0:0/0×1', 'p0:0/1×1']);
  });

  it('RTY-8, PID-2: several unacknowledged batches over a restart of the broker are appended again', () => {
    let lost = 0;
    const lab = new Harness([{ name: 'orders', partitions: 1 }], {
      onEffect: ({ kind }) => (kind === 'produce' && (lost += 1) <= 2 ? 'lose' : 'default'),
    });
    const { seen } = run(
      lab,
      lab.cluster,
      function* (producer, context) {
        const a = producer.send(one('a'));
        void producer.flush();
        const b = producer.send(one('b'));
        void producer.flush();
        yield context.sleep(6);
        lab.cluster.kill(1);
        lab.cluster.restart(1);
        yield* noted(context, 'a', () => a);
        yield* noted(context, 'b', () => b);
      },
      {},
    );
    expect(logOf(lab)).toBe('a b a b');
    expect(seen).toEqual(['a 2', 'b 3']);
  });

  it('RTY-10, ACK-3: acks=0: done at once, at no offset', () => {
    const { seen } = onScript(
      (script) => script.on('Produce', 1, () => 'silence'),
      function* (producer, context) {
        yield* noted(context, 'a', () => producer.send(one('a')));
      },
      { acks: 0 },
    );
    expect(seen).toEqual(['a -1']);
  });
});

describe('transactions', () => {
  it('TXN-2, TXN-9: the partition is added by its leader, and each end brings a new epoch', () => {
    const { lab, seen } = onModel(function* (producer, context) {
      yield producer.initTransactions();
      for (const value of ['a', 'b']) {
        producer.beginTransaction();
        yield* noted(context, value, () => producer.send(one(value)));
        yield* noted(context, 'commit', () => producer.commitTransaction());
      }
    }, TID);
    expect(seen).toEqual(['a 0', 'commit ok', 'b 2', 'commit ok']);
    expect(logOf(lab)).toBe('a •C b •C');
    const epochs = lab.cluster.partition('orders', 0)!.log.batches.map(({ producerEpoch }) => producerEpoch);
    expect(epochs).toEqual([0, 1, 1, 2]);
    expect(lab.recorder.events.some((event) => event.kind === 'transaction-commit')).toBe(true);
  });

  it('TXC-1: a record sent outside a transaction is refused, kept, and leaves with the next one', () => {
    const { lab, seen } = onModel(function* (producer, context) {
      yield producer.initTransactions();
      yield* noted(context, 'a', () => producer.send(one('a')));
      producer.beginTransaction();
      yield* noted(context, 'b', () => producer.send(one('b')));
      yield* noted(context, 'commit', () => producer.commitTransaction());
    }, TID);
    expect(seen).toEqual(['a IllegalStateException', 'b 1', 'commit ok']);
    expect(logOf(lab)).toBe('a b •C');
  });

  it('TXC-1, ERR-3: the order of calls; a second begin harms nothing', () => {
    const { lab, seen } = onModel(function* (producer, context) {
      yield* noted(context, 'begin', () => producer.beginTransaction());
      yield producer.initTransactions();
      yield* noted(context, 'commit', () => producer.commitTransaction());
      producer.beginTransaction();
      yield* noted(context, 'begin', () => producer.beginTransaction());
      yield* noted(context, 'a', () => producer.send(one('a')));
      yield* noted(context, 'commit', () => producer.commitTransaction());
    }, TID);
    expect(seen).toEqual([
      'begin IllegalStateException',
      'commit IllegalStateException',
      'begin IllegalStateException',
      'a 0',
      'commit ok',
    ]);
    expect(logOf(lab)).toBe('a •C');
  });

  it('TXC-2, ERR-2: a record that cannot be stored makes the commit fail; after the abort all is well (not so CLI-48)', () => {
    const { lab, seen } = onModel(function* (producer, context) {
      yield producer.initTransactions();
      producer.beginTransaction();
      yield* noted(context, 'big', () => producer.send(one('x'.repeat(2_000_000))));
      yield* noted(context, 'commit', () => producer.commitTransaction());
      yield* noted(context, 'abort', () => producer.abortTransaction());
      producer.beginTransaction();
      yield* noted(context, 'a', () => producer.send(one('a')));
      yield* noted(context, 'commit', () => producer.commitTransaction());
    }, TID);
    expect(seen.slice(0, 3)).toEqual(['big RecordTooLargeException', 'commit RecordTooLargeException', 'abort ok']);
    expect(seen[4]).toBe('commit ok');
    expect(logOf(lab)).toMatch(/a •C$/);
  });

  it('TXC-3: abort drops what has not been sent', () => {
    const { lab, seen } = onModel(
      function* (producer, context) {
        yield producer.initTransactions();
        producer.beginTransaction();
        yield* noted(context, 'a', () => producer.send(one('a')));
        const b = producer.send(one('b'));
        yield* noted(context, 'abort', () => producer.abortTransaction());
        yield* noted(context, 'b', () => b);
      },
      { transactionalId: 't', lingerMs: 50 },
    );
    expect(seen).toEqual(['a 0', 'abort ok', 'b TransactionAbortedException']);
    expect(logOf(lab)).toBe('a •A');
  });

  it('TXC-4: a commit that takes too long may be made again, and nothing else', () => {
    const { seen, cluster } = onScript(
      (script) => {
        for (const nth of [1, 2, 3, 4, 5]) script.on('EndTxn', nth, () => 'lost');
      },
      function* (producer, context) {
        yield producer.initTransactions();
        producer.beginTransaction();
        yield producer.send(one('a'));
        yield* noted(context, 'commit', () => producer.commitTransaction());
        yield* noted(context, 'abort', () => producer.abortTransaction());
        yield* noted(context, 'commit', () => producer.commitTransaction());
      },
      { ...TID, maxBlockMs: 300 },
    );
    expect(seen).toEqual(['commit TimeoutException', 'abort IllegalStateException', 'commit ok']);
    expect(cluster.of('EndTxn').every(({ apiVersion }) => apiVersion === 5)).toBe(true);
  });

  it('TXN-16, ERR-2: fenced: produce says InvalidProducerEpoch, the coordinator ProducerFenced (DIF-13)', () => {
    const { lab, seen } = onModel(function* (producer, context, make) {
      yield producer.initTransactions();
      producer.beginTransaction();
      yield* noted(context, 'a', () => producer.send(one('a')));
      const newer = make();
      yield newer.initTransactions();
      yield* noted(context, 'a2', () => producer.send(one('a2')));
      yield* noted(context, 'commit', () => producer.commitTransaction());
      yield* noted(context, 'abort', () => producer.abortTransaction());
      newer.beginTransaction();
      yield* noted(context, 'b', () => newer.send(one('b')));
      yield* noted(context, 'commit', () => newer.commitTransaction());
    }, TID);
    expect(seen).toEqual([
      'a 0',
      'a2 InvalidProducerEpochException',
      'commit InvalidProducerEpochException',
      'abort ProducerFencedException',
      'b 2',
      'commit ok',
    ]);
    expect(logOf(lab)).toBe('a •A b •C');
  });

  it('RTY-9: close aborts an open transaction', () => {
    const { lab } = onModel(function* (producer, context) {
      yield producer.initTransactions();
      producer.beginTransaction();
      yield* noted(context, 'a', () => producer.send(one('a')));
      yield producer.close();
    }, TID);
    expect(logOf(lab)).toBe('a •A');
  });
});
