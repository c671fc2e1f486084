import { describe, expect, it } from 'vitest';
import { consumerProgram, Harness, idOf, task, type ConsumerParts } from './harness';

const TWO = [{ name: 'orders', partitions: 2 }];

function member(parts: Partial<ConsumerParts> = {}) {
  return consumerProgram({
    run: (_consumer, { seen }) => ({
      eachMessage: task(function* ({ partition, message }) {
        yield undefined;
        seen.push(`${partition}${idOf(message)}`);
      }) as never,
    }),
    ...parts,
  });
}

function joins(lab: Harness): { process: string; generation: number; partitions: string[] }[] {
  return lab.recorder.events.flatMap((event) =>
    event.kind === 'group-join'
      ? [
          {
            process: event.lane,
            generation: event.generation,
            partitions: event.assignment.map(({ topic, partition }) => `${topic}-${partition}`),
          },
        ]
      : [],
  );
}

describe('membership', () => {
  it('GRP-2: joins twice, the second time with the id it was given', () => {
    const sent: string[] = [];
    const lab = new Harness(TWO, {
      onSend: ({ kind, message }) => {
        if (kind === 'join') sent.push((message as { memberId: string }).memberId);
        return 'default';
      },
    });
    lab.start('a', member());
    lab.run();
    expect(sent).toEqual(['', 'member-1']);
    expect(joins(lab)).toEqual([{ process: 'a', generation: 1, partitions: ['orders-0', 'orders-1'] }]);
  });

  it('GRP-10: a newcomer makes everybody give up all and join again; what was not committed is committed first', () => {
    const lab = new Harness(TWO);
    lab.fill('orders', 0, ['a']);
    lab.fill('orders', 1, ['b']);
    const first = lab.start('one', member());
    lab.runUntil(() => first.seen.length === 2);
    const second = lab.start('two', member());
    lab.runUntil(() => joins(lab).length === 3);
    lab.run();
    expect(
      joins(lab)
        .slice(1)
        .sort((x, y) => (x.process < y.process ? -1 : 1)),
    ).toEqual([
      { process: 'one', generation: 2, partitions: ['orders-0'] },
      { process: 'two', generation: 2, partitions: ['orders-1'] },
    ]);
    // GRP-11: both begin at the commits of generation 1.
    lab.fill('orders', 0, ['c']);
    lab.fill('orders', 1, ['d']);
    lab.run();
    expect(first.seen).toEqual(['0a', '1b', '0c']);
    expect(second.seen).toEqual(['1d']);
  });

  it('GRP-10: range gives neighbours to the same member', () => {
    const lab = new Harness([{ name: 'orders', partitions: 3 }]);
    const options = { partitionAssigners: ['range'] };
    lab.start('one', member({ options }));
    lab.start('two', member({ options }));
    lab.run();
    expect(
      joins(lab)
        .map(({ partitions }) => partitions)
        .sort(),
    ).toEqual([['orders-0', 'orders-1'], ['orders-2']]);
  });

  it('GRP-3: a handler that runs holds up the rebalance until it is through', () => {
    const lab = new Harness(TWO);
    lab.fill('orders', 0, ['slow']);
    const first = lab.start(
      'one',
      member({
        run: (_consumer, context) => ({
          eachMessage: task(function* ({ message }) {
            yield context.sleep(20_000);
            context.seen.push(idOf(message));
          }) as never,
        }),
      }),
    );
    lab.runUntil(() => lab.deliveries().length === 1);
    const second = lab.start('two', member());
    lab.runUntil(() => joins(lab).length === 3);
    expect(first.seen).toEqual(['slow']);
    lab.run();
    expect(second.seen).toEqual([]);
  });

  it('GRP-7: a crashed member is expelled when its session ends, and its messages go to the other', () => {
    const lab = new Harness(TWO);
    lab.fill('orders', 0, ['a']);
    lab.fill('orders', 1, ['b']);
    const first = lab.start('one', member());
    const second = lab.start('two', member());
    lab.runUntil(() => first.seen.length + second.seen.length === 2);
    first.incarnation.crash();
    lab.pass(40_000);
    expect(new Set(second.seen)).toEqual(new Set(['0a', '1b']));
  });

  it('CLI-45: a handler longer than twice rebalanceTimeout: the member leaves although heartbeats run', () => {
    const lab = new Harness(TWO);
    lab.fill('orders', 0, ['slow']);
    const { logged, seen } = lab.start(
      'one',
      member({
        options: { rebalanceTimeout: 20_000, autoCommit: false },
        run: (consumer, context) => ({
          eachMessage: task(function* ({ topic, partition, message }) {
            yield context.sleep(context.seen.length === 0 ? 50_000 : 10);
            context.seen.push(idOf(message));
            yield consumer.commitOffsets([{ topic, partition, offset: '1' }]);
          }) as never,
        }),
      }),
    );
    lab.runUntil(() => lab.recorder.events.some(({ kind }) => kind === 'group-leave'));
    expect(lab.world.now).toBeGreaterThanOrEqual(43_000);
    expect(lab.world.now).toBeLessThan(44_000);
    expect(logged.some((text) => text.includes('maximum poll interval'))).toBe(true);
    lab.pass(60_000);
    // It comes back, and the message comes again; the commit of the expelled member was refused or came from nobody.
    expect(seen[1]).toBe('slow');
    expect(joins(lab).length).toBeGreaterThan(1);
  });

  it('GRP-9: a paused member learns with its next request that it is out; its commit is refused, its effect is not', () => {
    const lab = new Harness([{ name: 'orders', partitions: 1 }]);
    lab.fill('orders', 0, ['a']);
    const manual = { autoCommit: false };
    const commit: ConsumerParts['run'] = (consumer, context) => ({
      eachMessage: task(function* ({ topic, partition, message }) {
        yield context.sleep(10);
        context.seen.push(idOf(message));
        yield consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
      }) as never,
    });
    const zombie = lab.start('one', member({ options: manual, run: commit }));
    lab.runUntil(() => lab.deliveries().length === 1);
    zombie.incarnation.pause();
    const heir = lab.start('two', member({ options: manual, run: commit }));
    lab.pass(45_000);
    expect(heir.seen).toEqual(['a']);
    zombie.incarnation.resume();
    lab.pass(10_000);
    expect(zombie.seen).toEqual(['a']);
    expect(
      lab.recorder.events.some((event) => event.kind === 'commit-refused' && event.error === 'UNKNOWN_MEMBER_ID'),
    ).toBe(true);
    expect(lab.committed('g')).toBe(1);
  });

  it('CLI-47, TXC-8: offsets of a member that is out are refused in its transaction, under another transactional id too', () => {
    const lab = new Harness(['orders', 'out'].map((name) => ({ name, partitions: 1 })));
    lab.fill('orders', 0, ['a']);
    const copy: ConsumerParts['run'] = (consumer, { KafkaJS, incarnation, seen, sleep }) => ({
      eachMessage: task(function* ({ topic, partition, message }) {
        const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: ['localhost:9092'] } });
        const producer = kafka.producer({ kafkaJS: { transactionalId: incarnation.name } });
        yield producer.connect();
        yield producer.transaction();
        yield producer.send({ topic: 'out', messages: [{ value: message.value }] });
        yield sleep(10);
        try {
          const offset = String(Number(message.offset) + 1);
          yield producer.sendOffsets({ consumer, topics: [{ topic, partitions: [{ partition, offset }] }] });
          yield producer.commit();
          seen.push(idOf(message));
        } catch (error) {
          seen.push(`refused: ${(error as { code: number }).code}`);
          yield producer.abort();
        }
      }) as never,
    });
    const zombie = lab.start('one', member({ options: { autoCommit: false }, run: copy }));
    lab.runUntil(() => lab.cluster.partition('out', 0)!.log.logEndOffset === 1);
    zombie.incarnation.pause();
    const heir = lab.start('two', member({ options: { autoCommit: false }, run: copy }));
    lab.pass(45_000);
    expect(heir.seen).toEqual(['a']);
    zombie.incarnation.resume();
    lab.pass(10_000);
    expect(zombie.seen).toEqual(['refused: 25']);
  });

  it('GRP-16: no common assignor: no assignment and no error', () => {
    const lab = new Harness(TWO);
    lab.start('one', member());
    lab.run();
    const other = lab.start('two', member({ options: { partitionAssigners: ['range'] } }));
    lab.pass(10_000);
    expect(other.error).toBe(null);
    expect(joins(lab)).toHaveLength(1);
  });

  it.each(['join#1', 'join#2', 'sync#1', 'committed#1', 'fetch#1', 'metadata#1', 'list-offsets#1', 'heartbeat#1'])(
    'lost %s is repeated',
    (name) => {
      for (const loss of ['onSend', 'onEffect'] as const) {
        const lab = new Harness(TWO, {
          [loss]: (request: { name: string }) => (request.name === name ? 'lose' : 'default'),
        });
        lab.fill('orders', 0, ['a']);
        const { seen } = lab.start('one', member());
        lab.pass(60_000);
        expect(seen).toEqual(['0a']);
      }
    },
  );
});

describe('static members', () => {
  const outer = { 'group.instance.id': 'desk-1' };

  it('GRP-12: come back within their session to the same partitions, without a rebalance', () => {
    const lab = new Harness(TWO);
    const first = lab.start('one', member({ outer }));
    lab.start('two', member());
    lab.runUntil(() => joins(lab).length === 2);
    const before = joins(lab).find(({ process }) => process === 'one')!;
    first.incarnation.crash();
    lab.start('one', member({ outer }));
    lab.run();
    expect(joins(lab)).toHaveLength(3);
    expect(joins(lab)[2]).toEqual(before);
  });

  it('CLI-53: one that is fenced is not told: no assignment, and its commits resolve and write nothing', () => {
    const lab = new Harness([{ name: 'orders', partitions: 1 }]);
    const first = lab.start(
      'one',
      member({
        outer,
        options: { autoCommit: false },
        then: function* (consumer, context) {
          yield context.sleep(20_000);
          context.seen.push(`assigned ${consumer.assignment().length}`);
          yield consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: '5' }]);
          context.seen.push('resolved');
        },
      }),
    );
    lab.runUntil(() => joins(lab).length === 1);
    lab.start('two', member({ outer }));
    lab.pass(30_000);
    expect(first.error).toBe(null);
    expect(first.seen).toEqual(['assigned 0', 'resolved']);
    expect(lab.committed('g')).toBeUndefined();
  });

  it('GRP-12: leave the group without a word', () => {
    const lab = new Harness(TWO);
    lab.start(
      'one',
      member({
        outer,
        then: function* (consumer, context) {
          yield context.sleep(5000);
          yield consumer.disconnect();
        },
      }),
    );
    lab.run();
    expect(lab.recorder.events.some(({ kind }) => kind === 'group-leave')).toBe(false);
    expect(lab.world.history.ends).toHaveLength(1);
  });
});
