/** Sequences, leaders and time-outs of the Confluent producer, against scripted answers (PID, CLI-50, CLI-54). */
import { describe, expect, it } from 'vitest';
import type { KafkaJS as Api } from '../../../../../src/kafka/client/confluent/api';
import {
  judgeOutOfOrder,
  produceAction,
  sequenceOf,
} from '../../../../../src/kafka/client/confluent/producer/produce-errors';
import { ERRORS } from '../../../../../src/kafka/errors';
import { batchesOf, produced, ScriptedEndpoint } from '../scripted-endpoint';
import { Harness, type Context } from './harness';

type Body = Generator<unknown, unknown, unknown>;
type Use = (producer: Api.Producer, context: Context) => Body;

const one = (id: string) => ({ topic: 'orders', messages: [{ value: JSON.stringify({ id }), partition: 0 }] });

function play(
  script: (cluster: ScriptedEndpoint, lab: Harness) => void,
  use: Use,
  options: Record<string, unknown> = { idempotent: true },
  outer: Record<string, unknown> = {},
  leaders: number[] = [1],
): { cluster: ScriptedEndpoint; seen: string[]; lab: Harness } {
  const lab = new Harness([]);
  const cluster = new ScriptedEndpoint({ brokers: leaders.length === 1 ? 1 : 2, topics: { orders: leaders } });
  script(cluster, lab);
  const { seen } = lab.start(
    'shop',
    function* (context) {
      const producer = new context.KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } }).producer({
        kafkaJS: options,
        ...outer,
      });
      yield producer.connect();
      yield* use(producer, context);
    },
    cluster,
  );
  lab.run(400_000);
  return { cluster, seen, lab };
}

/** Notes each send's offset or code, in the order in which they settle. */
function* all({ seen }: Context, sends: readonly (readonly [string, Promise<Api.RecordMetadata[]>])[]): Body {
  for (const [name, send] of sends)
    void (send as unknown as { then(a: unknown, b: unknown): void }).then(
      ([first]: Api.RecordMetadata[]) => seen.push(`${name} ${first!.baseOffset}`),
      (error: { code: number }) => seen.push(`${name} ${error.code}`),
    );
  yield undefined;
  return undefined;
}

describe('sequences', () => {
  it('PID-3: count the records of a partition; a repetition keeps them', () => {
    const { cluster, seen } = play(
      (script) => script.on('Produce', 1, () => 'lost'),
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
        yield context.sleep(20);
        yield producer.send({ topic: 'orders', messages: [...one('b').messages, ...one('c').messages] });
        yield producer.send(one('d'));
      },
    );
    expect(batchesOf(cluster)).toEqual(['p0:0/0×1', 'p0:0/0×1', 'p0:0/1×2', 'p0:0/3×1']);
    expect(seen).toEqual(['a 1']);
  });

  it('PID-3: after 2147483647 comes 0', () => {
    expect(sequenceOf(2_147_483_648, 1)).toBe(2_147_483_647);
    expect(sequenceOf(2_147_483_649, 1)).toBe(0);
  });

  it('PID-11: at most five under way, and what is repeated goes first, alone', () => {
    const { cluster } = play(
      (script) => {
        script.on('Produce', 1, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS));
        for (const nth of [2, 3, 4, 5])
          script.on('Produce', nth, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS));
      },
      function* (producer, context) {
        const sends: [string, Promise<Api.RecordMetadata[]>][] = [];
        for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
          sends.push([id, producer.send(one(id))]);
          yield producer.flush({ timeout: 0 }).catch(() => undefined);
        }
        yield* all(context, sends);
      },
    );
    const sequences = cluster.of('Produce').map(({ topics }) => topics[0]!.partitions[0]!.batch.baseSequence);
    expect(sequences.slice(0, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(sequences.slice(5)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('CLI-41: five repetitions, unless retry.retries says otherwise; then the next record goes on', () => {
    const { cluster, seen } = play(
      (script) => {
        for (const nth of [1, 2, 3])
          script.on('Produce', nth, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS));
        // The record that was given up leaves a gap: not next in line (PID-6).
        script.on('Produce', 4, (request) => produced(request, ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER));
      },
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
        yield context.sleep(5000);
        yield* all(context, [['b', producer.send(one('b'))]]);
        yield context.sleep(5000);
      },
      { idempotent: true, retry: { retries: 2 } },
    );
    expect(seen).toEqual(['a 19', 'b 0']);
    expect(batchesOf(cluster).slice(2)).toEqual(['p0:0/0×1', 'p0:0/1×1', 'p0:1/0×1']);
  });

  it('CLI-50: OUT_OF_ORDER for the batch that is next in line is fatal', () => {
    const { seen } = play(
      (script) => script.on('Produce', 1, (request) => produced(request, ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER)),
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
        yield context.sleep(100);
        yield* all(context, [['b', producer.send(one('b'))]]);
      },
    );
    expect(seen).toEqual(['a 45', 'b -150']);
    expect([judgeOutOfOrder(0, 0), judgeOutOfOrder(1, 0), judgeOutOfOrder(0, 1)]).toEqual(['fatal', 'bump', 'fatal']);
  });

  it('PID-5: a batch that is acknowledged proves the ones before it stored', () => {
    const { cluster, seen } = play(
      // a's answer gets lost; b, sent at the same time, is stored behind it.
      (script) => script.on('Produce', 1, () => 'lost'),
      function* (producer, context) {
        const a = producer.send(one('a'));
        yield producer.flush({ timeout: 0 }).catch(() => undefined);
        const b = producer.send(one('b'));
        yield producer.flush({ timeout: 0 }).catch(() => undefined);
        yield* all(context, [
          ['a', a],
          ['b', b],
        ]);
      },
    );
    expect(cluster.of('Produce')).toHaveLength(2);
    expect(seen).toEqual(['a -1001', 'b 1']);
  });
});

describe('leaders', () => {
  it('goes to the leader of each partition, and to the new one after NOT_LEADER_OR_FOLLOWER', () => {
    const { cluster, seen } = play(
      (script) =>
        script.on('Produce', 1, (request) => {
          script.leaders.set('orders', [2, 2]);
          return produced(request, ERRORS.NOT_LEADER_OR_FOLLOWER);
        }),
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
      },
      {},
      {},
      [1, 2],
    );
    expect(cluster.received.filter(({ message }) => message.api === 'Produce').map(({ broker }) => broker)).toEqual([
      1, 2,
    ]);
    expect(seen).toEqual(['a 0']);
  });

  it('CLI-54: without a leader a send waits, uses up no repetitions, and is stored when there is one', () => {
    const { cluster, seen, lab } = play(
      (script, harness) => {
        script.leaders.set('orders', [-1, 2]);
        const clock = harness.world;
        script.on('Metadata', 0, () => {
          if (clock.now > 60_000) script.leaders.set('orders', [2, 2]);
          return undefined;
        });
      },
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
      },
      { retry: { retries: 1 } },
      {},
      [1, 2],
    );
    expect(seen).toEqual(['a 0']);
    expect(cluster.of('Produce')).toHaveLength(1);
    expect(lab.world.now).toBeGreaterThan(60_000);
  });

  it('CLI-54: message.timeout.ms ends the wait', () => {
    const { cluster, seen } = play(
      (script) => script.leaders.set('orders', [-1, 2]),
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
        yield context.sleep(5000);
        yield producer.disconnect();
      },
      {},
      { 'message.timeout.ms': 2500 },
      [1, 2],
    );
    expect(seen).toEqual(['a -192']);
    expect(cluster.of('Produce')).toHaveLength(0);
  });

  it('with one replica nothing more is asked when a connection breaks', () => {
    const { cluster } = play(
      (script) => script.on('Produce', 1, () => 'lost'),
      function* (producer) {
        yield producer.send(one('a'));
      },
      {},
    );
    expect(cluster.apis).toEqual(['Metadata', 'Produce', 'Produce']);
  });
});

describe('what becomes of a produce error', () => {
  it.each([
    [ERRORS.NOT_LEADER_OR_FOLLOWER, { isRepeated: true, isCounted: false, isMaybeStored: true }],
    [ERRORS.NOT_ENOUGH_REPLICAS, { isRepeated: true, isCounted: true, isMaybeStored: false }],
    [ERRORS.REQUEST_TIMED_OUT, { isRepeated: true, isCounted: true, isMaybeStored: true }],
    [ERRORS.MESSAGE_TOO_LARGE, { isRepeated: false, isMaybeStored: false }],
    [ERRORS.INVALID_PRODUCER_EPOCH, { isRepeated: false, isMaybeStored: false }],
  ])('ACK-11: code %i', (code, action) => {
    expect(produceAction(code)).toMatchObject(action);
  });

  it('ACK-11: the outcome stays open when an earlier attempt may have stored the record', () => {
    const { lab, seen } = play(
      (script) => {
        script.on('Produce', 1, () => 'lost');
        script.on('Produce', 2, (request) => produced(request, ERRORS.MESSAGE_TOO_LARGE));
      },
      function* (producer, context) {
        yield* all(context, [['a', producer.send(one('a'))]]);
      },
      {},
    );
    expect(seen).toEqual(['a 10']);
    expect(lab.world.history.sends.map(({ outcome }) => outcome)).toEqual(['info']);
  });
});
