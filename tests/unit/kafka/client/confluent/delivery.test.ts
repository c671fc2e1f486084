import { describe, expect, it } from 'vitest';
import { turn } from '../../../../../src/simulation/turn';
import { consumerProgram, Harness, idOf, task } from './harness';

const ORDERS = [{ name: 'orders', partitions: 1 }];

function consume(options: Record<string, unknown> = {}) {
  return consumerProgram({
    options,
    run: (_consumer, { seen }) => ({
      eachMessage: task(function* ({ message }) {
        yield undefined;
        seen.push(idOf(message));
      }) as never,
    }),
  });
}

describe('eachMessage', () => {
  it('CLI-42: delivers in order, one message after the other', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    const { seen, error } = lab.start('shop', consume());
    lab.run();
    expect(error).toBe(null);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(lab.deliveries()).toEqual(['orders-0:0', 'orders-0:1', 'orders-0:2']);
  });

  it('CLI-42: marks after the handler, and the timer commits on its 5 s grid', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    const { incarnation } = lab.start('shop', consume());
    lab.runUntil(() => lab.deliveries().length === 2);
    expect(lab.committed('g')).toBeUndefined();
    lab.run();
    expect(lab.committed('g')).toBe(2);
    expect(lab.world.history.commits).toHaveLength(1);
    expect(lab.world.now).toBeGreaterThanOrEqual(5000);
    expect(lab.world.now).toBeLessThan(5010);
    expect(incarnation.pendingHandlers).toBe(0);
  });

  it('CLI-42: ticks while a handler is at work do not commit its message', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    lab.start(
      'shop',
      consumerProgram({
        run: (_consumer, { sleep }) => ({
          eachMessage: task(function* () {
            yield sleep(12_000);
          }) as never,
        }),
      }),
    );
    lab.runUntil(() => lab.deliveries().length === 1);
    lab.pass(11_000);
    expect(lab.committed('g')).toBeUndefined();
    lab.pass(11_000);
    expect(lab.committed('g')).toBe(1);
  });

  it('CLI-42: after a crash before the timer, finished messages come again', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    const first = lab.start('shop', consume());
    lab.runUntil(() => first.seen.length === 2);
    first.incarnation.crash();
    const second = lab.start('shop', consume());
    lab.run();
    expect(first.seen).toEqual(['a', 'b']);
    expect(second.seen).toEqual(['a', 'b']);
  });

  it('CLI-43: a failed handler gets the same message again about half a second later, for ever', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    const times: number[] = [];
    const { logged } = lab.start(
      'shop',
      consumerProgram({
        run: () => ({
          eachMessage: task(function* ({ message }) {
            yield undefined;
            if (idOf(message) !== 'b') return;
            times.push(lab.world.now);
            throw new TypeError('no');
          }) as never,
        }),
      }),
    );
    lab.run(10_000);
    expect(times.length).toBeGreaterThan(10);
    const gaps = times.slice(2).map((time, i) => time - times[i + 1]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(510);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(400);
    expect(logged.filter((text) => text.includes('The same message may be reprocessed'))).toHaveLength(times.length);
  });

  it('CLI-43: with automatic commits the offset sought back to is committed, 0 too', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.start(
      'shop',
      consumerProgram({
        run: () => ({
          eachMessage: () => {
            throw new Error('sync');
          },
        }),
      }),
    );
    lab.run(4500);
    expect(lab.committed('g')).toBe(0);
  });

  it('CLI-43: without automatic commits a seek commits nothing', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.start(
      'shop',
      consumerProgram({
        options: { autoCommit: false },
        run: () => ({
          eachMessage: () => {
            throw new Error('sync');
          },
        }),
      }),
    );
    lab.run(4500);
    expect(lab.committed('g')).toBeUndefined();
    expect(lab.deliveries().length).toBeGreaterThan(1);
  });

  it('CLI-43: other partitions go on', () => {
    const lab = new Harness([{ name: 'orders', partitions: 2 }]);
    lab.fill('orders', 0, ['bad']);
    lab.fill('orders', 1, ['x', 'y']);
    const { seen } = lab.start(
      'shop',
      consumerProgram({
        run: (_consumer, context) => ({
          eachMessage: task(function* ({ message }) {
            yield undefined;
            if (idOf(message) === 'bad') throw new Error('bad');
            context.seen.push(idOf(message));
          }) as never,
        }),
      }),
    );
    lab.run(6000);
    expect(seen).toEqual(['x', 'y']);
  });

  it('FET-7: without fromBeginning and without a commit a group begins at the end', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['old']);
    const { seen } = lab.start('shop', consume({ fromBeginning: false }));
    lab.run();
    lab.fill('orders', 0, ['new']);
    lab.run();
    expect(seen).toEqual(['new']);
  });

  it('FET-8: a committed offset behind the end resets by policy', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    lab.cluster.coordinator.offsets.set('g', 'orders', 0, { offset: 100, metadata: null });
    const { seen } = lab.start('shop', consume({ autoCommit: false }));
    lab.run();
    expect(seen).toEqual(['a', 'b']);
  });

  it.each([
    [-1, true, ['a', 'b']],
    [-1, false, []],
    [-2, false, ['a', 'b']],
    [-5, true, []],
  ])('OFS-3: committed %i with fromBeginning %s delivers %j', (offset, fromBeginning, expected) => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    lab.cluster.coordinator.offsets.set('g', 'orders', 0, { offset, metadata: null });
    const { seen } = lab.start('shop', consume({ fromBeginning, autoCommit: false }));
    lab.run();
    expect(seen).toEqual(expected);
  });

  it('runs handlers of several partitions at a time, and no more than asked for', () => {
    const lab = new Harness([{ name: 'orders', partitions: 3 }]);
    for (const partition of [0, 1, 2]) lab.fill('orders', partition, ['a', 'b']);
    let running = 0;
    let most = 0;
    const { seen } = lab.start(
      'shop',
      consumerProgram({
        run: (_consumer, context) => ({
          partitionsConsumedConcurrently: 2,
          eachMessage: task(function* ({ partition, message }) {
            running += 1;
            most = Math.max(most, running);
            yield context.sleep(50);
            running -= 1;
            context.seen.push(`${partition}${idOf(message)}`);
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(most).toBe(2);
    expect([...seen].sort()).toEqual(['0a', '0b', '1a', '1b', '2a', '2b']);
    for (const partition of ['0', '1', '2'])
      expect(seen.filter((id) => id.startsWith(partition))).toEqual([`${partition}a`, `${partition}b`]);
  });
});

describe('seek, pause, resume', () => {
  it('CLI-24: seek() takes effect after the present message', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    let hasSought = false;
    const { seen } = lab.start(
      'shop',
      consumerProgram({
        options: { autoCommit: false },
        run: (consumer, context) => ({
          eachMessage: task(function* ({ topic, partition, message }) {
            yield undefined;
            context.seen.push(idOf(message));
            if (idOf(message) === 'b' && !hasSought) {
              hasSought = true;
              consumer.seek({ topic, partition, offset: '0' });
            }
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(seen).toEqual(['a', 'b', 'a', 'b', 'c']);
    expect(lab.world.history.commits).toEqual([]);
  });

  it('a seek before run() counts as the start position', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    const { seen } = lab.start('shop', function* ({ KafkaJS, seen: notes }) {
      const consumer = new KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } }).consumer({
        kafkaJS: { groupId: 'g' },
      });
      yield consumer.connect();
      yield consumer.subscribe({ topic: 'orders' });
      consumer.seek({ topic: 'orders', partition: 0, offset: '2' });
      yield consumer.run({
        eachMessage: task(function* ({ message }) {
          yield notes.push(idOf(message));
        }) as never,
      });
    });
    lab.run();
    expect(seen).toEqual(['c']);
  });

  it('pause() stops after the present message; what it returns resumes', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    let resume: () => void = () => undefined;
    const { seen, incarnation } = lab.start(
      'shop',
      consumerProgram({
        run: (consumer, context) => ({
          eachMessage: task(function* ({ message, pause }) {
            yield undefined;
            context.seen.push(idOf(message));
            if (idOf(message) === 'a') {
              resume = pause();
              context.seen.push(JSON.stringify(consumer.paused()));
            }
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(seen).toEqual(['a', '[{"topic":"orders","partitions":[0]}]']);
    incarnation.run(() => resume());
    lab.run();
    expect(seen.slice(2)).toEqual(['b']);
  });
});

describe('odd programs', () => {
  it('CLI-43, DIF-87: things without a text can be thrown; behind undefined the real client delivers nothing', () => {
    const thrown: unknown[] = [Object.create(null), 'text', undefined];
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c', 'd']);
    const { error } = lab.start(
      'shop',
      consumerProgram({
        options: { autoCommit: false },
        run: () => ({
          eachMessage: () => {
            if (thrown.length > 0) throw thrown.shift();
            return undefined as never;
          },
        }),
      }),
    );
    lab.run();
    expect(error).toBe(null);
    expect(lab.deliveries().map((name) => name.slice(-1))).toEqual(['0', '0', '0']);
  });

  it('a subscription that grows while the group is joined makes the member join again', () => {
    const lab = new Harness([...ORDERS, { name: 'returns', partitions: 1 }]);
    lab.fill('orders', 0, ['a']);
    lab.fill('returns', 0, ['x']);
    for (const waitMs of [0, 1, 3003, 3005, 3500]) {
      const { seen } = lab.start(`shop-${waitMs}`, function* ({ KafkaJS, seen: notes, sleep }) {
        const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } });
        const consumer = kafka.consumer({ kafkaJS: { groupId: `g-${waitMs}`, fromBeginning: true } });
        yield consumer.connect();
        yield consumer.subscribe({ topic: 'orders' });
        yield consumer.run({ eachMessage: (({ topic }: { topic: string }) => notes.push(topic)) as never });
        yield sleep(waitMs);
        yield consumer.subscribe({ topic: 'returns' });
      });
      lab.run();
      expect([...new Set(seen)].sort()).toEqual(['orders', 'returns']);
    }
  });

  it('a topic that does not exist is logged, and taken up when it is there', () => {
    const lab = new Harness([]);
    const { logged, seen } = lab.start('shop', consume());
    lab.pass(5000);
    expect(logged).toContain('Subscribed topic not available: orders: Broker: Unknown topic or partition');
    lab.start('admin', function* ({ KafkaJS }) {
      const admin = new KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } }).admin();
      yield admin.connect();
      yield admin.createTopics({ topics: [{ topic: 'orders' }] });
      yield admin.disconnect();
    });
    lab.pass(10_000);
    lab.fill('orders', 0, ['a']);
    lab.run();
    expect(seen).toEqual(['a']);
  });
});

describe('the trace', () => {
  it('tells joins, positions, deliveries with the line of the handler, and commits', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.start('shop', consume());
    lab.run();
    const kinds = lab.recorder.events.map(({ kind }) => kind).filter((kind) => kind !== 'append');
    expect(kinds).toEqual([
      'process-start',
      'group-join',
      'position',
      'deliver',
      'handled',
      'commit-queued',
      'commit',
      'answer',
    ]);
    const deliver = lab.recorder.events.find(({ kind }) => kind === 'deliver');
    expect(deliver).toMatchObject({ lane: 'orders-0', peer: 'shop', record: 'a', again: false, generation: 1 });
  });

  it('puts the first line of the handler on the delivery, which comes before what the handler does', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.start(
      'shop',
      consumerProgram({
        options: { autoCommit: false },
        run: (consumer) => ({
          eachMessage: (() => {
            // What the compiler puts into a program.
            turn.tick(7);
            turn.at(8, null);
            void consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: '1' }]);
          }) as never,
        }),
      }),
    );
    lab.run();
    const events = lab.recorder.events.filter(({ kind }) => kind === 'deliver' || kind === 'commit-queued');
    expect(events.map(({ kind, line }) => [kind, line])).toEqual([
      ['deliver', 7],
      ['commit-queued', 8],
    ]);
    expect(events[1]!.cause).toBe(events[0]!.step);
  });
});
