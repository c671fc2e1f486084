import { describe, expect, it } from 'vitest';
import type { Choice, SentRequest } from '../../../../../src/simulation/network';
import { consumerProgram, Harness, idOf, task } from './harness';

const ORDERS = [{ name: 'orders', partitions: 1 }];
const MANUAL = { autoCommit: false };

/** A chooser's answer for one request, by its name. */
const at =
  (name: string, choice: Choice) =>
  (request: SentRequest): Choice =>
    request.name === name ? choice : 'default';

/** Handles a message, then commits the offset behind it. */
const commitAfter = consumerProgram({
  options: MANUAL,
  run: (consumer, { seen }) => ({
    eachMessage: task(function* ({ topic, partition, message }) {
      seen.push(idOf(message));
      yield consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
      seen.push(`resolved, committed ${String(consumer.assignment().length)}`);
    }) as never,
  }),
});

describe('commitOffsets', () => {
  it('CLI-51: resolves when the request is queued, before the broker has it', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    const { seen } = lab.start('shop', commitAfter);
    lab.runUntil(() => seen.length === 2);
    expect(lab.committed('g')).toBeUndefined();
    lab.run();
    expect(lab.committed('g')).toBe(1);
  });

  it('CLI-51: a commit that is held never reaches the broker, nor anything behind it', () => {
    const lab = new Harness(ORDERS, { holds: () => true });
    lab.fill('orders', 0, ['a', 'b']);
    const { seen } = lab.start('shop', commitAfter);
    lab.run();
    expect(seen).toHaveLength(4);
    expect(lab.committed('g')).toBeUndefined();
    lab.pass(40_000);
    // Heartbeats wait behind it as well: the session ends.
    expect(
      lab.recorder.events.some((event) => event.kind === 'group-leave' && event.reason === 'session-expired'),
    ).toBe(true);
  });

  it.each(['lose-request', 'lose-answer'])('OFS-12: a commit is repeated after %s', (loss) => {
    const lab = new Harness(
      ORDERS,
      loss === 'lose-request' ? { onSend: at('commit#1', 'lose') } : { onEffect: at('commit#1', 'lose') },
    );
    lab.fill('orders', 0, ['a']);
    lab.start('shop', commitAfter);
    lab.run();
    expect(lab.committed('g')).toBe(1);
    expect(lab.world.history.commits).toHaveLength(loss === 'lose-request' ? 1 : 2);
  });

  it('OFS-12: a repeated commit can overwrite a later one', () => {
    const lab = new Harness(ORDERS, { onSend: at('commit#1', 'lose') });
    lab.fill('orders', 0, ['a', 'b']);
    lab.start('shop', commitAfter);
    lab.run();
    expect(lab.world.history.commits.map(({ offset }) => offset)).toEqual([2, 1]);
  });

  it('CLI-51: a refused commit is not signalled', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    const { seen, error } = lab.start(
      'shop',
      consumerProgram({
        options: MANUAL,
        run: (consumer, context) => ({
          eachMessage: task(function* () {
            yield consumer.commitOffsets([{ topic: 'nowhere', partition: 7, offset: '1' }]);
            yield consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: '-5' }]);
            yield consumer.commitOffsets([{ topic: 'orders', partition: 0, offset: 'no number' }]);
            context.seen.push('all resolved');
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(error).toBe(null);
    expect(seen).toEqual(['all resolved']);
    expect(lab.world.history.commits).toEqual([]);
  });

  it('CLI-8: without an argument it commits what is finished', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    lab.start(
      'shop',
      consumerProgram({
        options: MANUAL,
        run: (consumer) => ({
          eachMessage: task(function* ({ message }) {
            if (idOf(message) === 'c') yield consumer.commitOffsets();
          }) as never,
        }),
      }),
    );
    lab.run();
    // The present message is not finished while its handler runs.
    expect(lab.world.history.commits.map(({ offset }) => offset)).toEqual([2]);
  });

  it('OFS-3: offsets go backwards without a word; OFS-4: the position stays', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    const { seen } = lab.start(
      'shop',
      consumerProgram({
        options: MANUAL,
        run: (consumer, context) => ({
          eachMessage: task(function* ({ topic, partition, message }) {
            context.seen.push(idOf(message));
            yield consumer.commitOffsets([{ topic, partition, offset: '9' }]);
            yield consumer.commitOffsets([{ topic, partition, offset: '1' }]);
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(seen).toEqual(['a', 'b']);
    expect(lab.committed('g')).toBe(1);
  });

  it('CLI-24: the timer overwrites a lower manual commit', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    lab.start(
      'shop',
      consumerProgram({
        run: (consumer) => ({
          eachMessage: task(function* ({ topic, partition, message }) {
            if (idOf(message) === 'b') yield consumer.commitOffsets([{ topic, partition, offset: '0' }]);
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(lab.world.history.commits.map(({ offset }) => offset)).toEqual([0, 2]);
  });
});

describe('committed', () => {
  const barrier = consumerProgram({
    options: MANUAL,
    run: (consumer, { seen }) => ({
      eachMessage: task(function* ({ topic, partition, message }) {
        yield consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
        const [answer] = (yield consumer.committed([{ topic, partition }])) as { offset: string | null }[];
        seen.push(String(answer!.offset));
      }) as never,
    }),
  });

  it('CLI-51: is the barrier: it comes behind the commit', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    const { seen } = lab.start('shop', barrier);
    lab.run();
    expect(seen).toEqual(['1', '2']);
  });

  it('CLI-51: shows that a commit has got lost', () => {
    const lab = new Harness(ORDERS, { onSend: at('commit#1', 'lose') });
    lab.fill('orders', 0, ['a']);
    const { seen } = lab.start('shop', barrier);
    lab.run();
    expect(seen).toEqual(['null']);
  });

  it('asks for the assignment by default, and takes 0 for none', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.cluster.coordinator.offsets.set('g', 'orders', 0, { offset: 0, metadata: null });
    const { seen } = lab.start(
      'shop',
      consumerProgram({
        options: MANUAL,
        run: (consumer, context) => ({
          eachMessage: task(function* () {
            context.seen.push(JSON.stringify(yield consumer.committed()));
          }) as never,
        }),
      }),
    );
    lab.run();
    expect(seen).toEqual(['[{"topic":"orders","partition":0,"offset":null,"metadata":null}]']);
  });
});

describe('disconnect', () => {
  it('CLI-42: finishes the running handler, commits and leaves the group', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b']);
    const { seen, incarnation } = lab.start(
      'shop',
      consumerProgram({
        run: (_consumer, context) => ({
          eachMessage: task(function* ({ message }) {
            yield context.sleep(100);
            context.seen.push(idOf(message));
          }) as never,
        }),
        then: function* (consumer, context) {
          yield context.sleep(3050);
          yield consumer.disconnect();
          context.seen.push('disconnected');
        },
      }),
    );
    lab.run();
    expect(seen).toEqual(['a', 'disconnected']);
    expect(lab.committed('g')).toBe(1);
    expect(lab.recorder.events.some((event) => event.kind === 'group-leave' && event.reason === 'left')).toBe(true);
    expect(incarnation.isGone).toBe(true);
    expect(lab.world.history.ends).toMatchObject([{ how: 'exit', code: 0 }]);
  });

  it('without automatic commits it commits nothing', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.start(
      'shop',
      consumerProgram({
        options: MANUAL,
        run: (_consumer, { seen }) => ({
          eachMessage: task(function* ({ message }) {
            yield seen.push(idOf(message));
          }) as never,
        }),
        then: function* (consumer, context) {
          yield context.sleep(4000);
          yield consumer.disconnect();
        },
      }),
    );
    lab.run();
    expect(lab.deliveries()).toEqual(['orders-0:0']);
    expect(lab.committed('g')).toBeUndefined();
  });

  it('twice is once', () => {
    const lab = new Harness(ORDERS);
    const { seen } = lab.start(
      'shop',
      consumerProgram({
        run: () => ({ eachMessage: (() => undefined) as never }),
        then: function* (consumer, context) {
          yield context.sleep(4000);
          const both = [consumer.disconnect(), consumer.disconnect()];
          for (const one of both) yield one;
          yield consumer.disconnect();
          context.seen.push('over');
        },
      }),
    );
    lab.run();
    expect(seen).toEqual(['over']);
    expect(lab.world.history.ends).toMatchObject([{ how: 'exit', code: 0 }]);
  });
});

describe('given-up commits', () => {
  it('CLI-42: the timer commits at its next tick what a lost commit has left', () => {
    const lab = new Harness(ORDERS, {
      onSend: ({ kind, nth }) => (kind === 'commit' && nth <= 4 ? 'lose' : 'default'),
    });
    lab.fill('orders', 0, ['a']);
    lab.start('shop', consumerProgram({ run: () => ({ eachMessage: (() => undefined) as never }) }));
    lab.run();
    expect(lab.committed('g')).toBe(1);
    expect(lab.world.now).toBeGreaterThan(10_000);
  });
});
