import { describe, expect, it } from 'vitest';
import type { KafkaJS as Api } from '../../../../../src/kafka/client/confluent/api';
import { consumerProgram, Harness, idOf, task, type Context } from './harness';

const ORDERS = [{ name: 'orders', partitions: 1 }];
const IDS = Array.from({ length: 100 }, (_, i) => `r${i}`);

type Handler = (
  payload: Api.EachBatchPayload,
  consumer: Api.Consumer,
  context: Context,
) => Generator<unknown, unknown, unknown>;

function batches(handler: Handler, options: Record<string, unknown> = {}, config: Api.ConsumerRunConfig = {}) {
  return consumerProgram({
    options,
    run: (consumer, context) => ({
      ...config,
      eachBatch: task((payload: Api.EachBatchPayload) => handler(payload, consumer, context) as never) as never,
    }),
  });
}

describe('eachBatch', () => {
  it('CLI-44: the first batches hold a single message, later ones at most 32', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, IDS);
    const sizes: number[] = [];
    lab.start(
      'shop',
      batches(function* ({ batch }) {
        yield sizes.push(batch.messages.length);
      }),
    );
    lab.run();
    expect(sizes).toEqual([1, 1, 32, 32, 32, 2]);
    expect(lab.deliveries()).toHaveLength(100);
    expect(lab.committed('g')).toBe(100);
  });

  it('CLI-44: tells offsets and lag', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c']);
    const { seen } = lab.start(
      'shop',
      batches(function* ({ batch, isRunning, isStale }, _consumer, { seen: notes }) {
        yield notes.push(
          [
            batch.firstOffset(),
            batch.lastOffset(),
            batch.highWatermark,
            batch.offsetLag(),
            isRunning(),
            isStale(),
          ].join(),
        );
      }),
    );
    lab.run();
    expect(seen[0]).toBe('0,0,3,2,true,false');
  });

  it('CLI-44: auto-resolve marks the whole batch, also when the handler came back early', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c', 'd']);
    lab.start(
      'shop',
      batches(function* ({ batch, resolveOffset }) {
        yield resolveOffset(batch.messages[0]!.offset);
      }),
    );
    lab.run();
    expect(lab.deliveries()).toHaveLength(4);
    expect(lab.committed('g')).toBe(4);
  });

  it('CLI-44: without auto-resolve what is not resolved comes again', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c', 'd']);
    const { seen } = lab.start(
      'shop',
      batches(
        function* ({ batch, resolveOffset }, _consumer, context) {
          const [first] = batch.messages;
          yield context.seen.push(idOf(first!));
          resolveOffset(first!.offset);
        },
        {},
        { eachBatchAutoResolve: false },
      ),
    );
    lab.run();
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    expect(lab.deliveries().length).toBeGreaterThan(4);
    expect(lab.committed('g')).toBe(4);
  });

  it('CLI-44: without auto-resolve and without a resolve the same batch comes for ever', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    lab.start(
      'shop',
      batches(
        function* () {
          yield undefined;
        },
        { autoCommit: false },
        { eachBatchAutoResolve: false },
      ),
    );
    lab.run(6000);
    expect(lab.deliveries().length).toBeGreaterThan(4);
    expect(lab.committed('g')).toBeUndefined();
  });

  it('CLI-43: a handler that throws gets the rest again, from the first message not resolved', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a', 'b', 'c', 'd']);
    let failures = 0;
    const { seen } = lab.start(
      'shop',
      batches(
        function* ({ batch, resolveOffset }, _consumer, context) {
          for (const message of batch.messages) {
            yield undefined;
            if (idOf(message) === 'd' && failures++ === 0) throw new Error('once');
            context.seen.push(idOf(message));
            resolveOffset(message.offset);
          }
        },
        { autoCommit: false },
      ),
    );
    lab.run();
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
    expect(lab.deliveries().filter((name) => name === 'orders-0:3')).toHaveLength(2);
  });

  it('CLI-44: commitOffsetsIfNecessary() commits what is resolved when autoCommit is off, and nothing when it is on', () => {
    for (const autoCommit of [false, true]) {
      const lab = new Harness(ORDERS);
      lab.fill('orders', 0, ['a']);
      lab.start(
        'shop',
        batches(
          function* ({ batch, resolveOffset, commitOffsetsIfNecessary }) {
            resolveOffset(batch.lastOffset());
            yield commitOffsetsIfNecessary();
          },
          { autoCommit },
        ),
      );
      lab.runUntil(() => lab.deliveries().length === 1);
      lab.run(lab.world.now + 10);
      const events = lab.recorder.events.filter(({ kind }) => kind === 'commit-queued');
      expect(events.map((event) => event.kind === 'commit-queued' && event.automatic)).toEqual(
        autoCommit ? [true] : [false],
      );
    }
  });

  it('CLI-44: a seek makes the batch stale, and it is not resolved', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, IDS);
    let hasSought = false;
    const { seen } = lab.start(
      'shop',
      batches(
        function* ({ batch, isStale }, consumer, context) {
          yield undefined;
          if (hasSought || batch.firstOffset() !== '2') return;
          hasSought = true;
          consumer.seek({ topic: 'orders', partition: 0, offset: '90' });
          context.seen.push(String(isStale()));
        },
        { autoCommit: false },
      ),
    );
    lab.run();
    expect(seen).toEqual(['true']);
    expect(lab.deliveries()).not.toContain('orders-0:50');
    expect(lab.deliveries()).toContain('orders-0:99');
  });

  it('CLI-44: a pause makes the batch stale: what is not resolved comes again', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, IDS);
    let hasPaused = false;
    const { seen } = lab.start(
      'shop',
      batches(function* ({ batch: { messages }, resolveOffset, pause }, _consumer, { seen: handled, incarnation }) {
        yield undefined;
        if (hasPaused || messages.length === 1) {
          handled.push(...messages.map(idOf));
          return;
        }
        hasPaused = true;
        incarnation.setTimer(1000, pause());
        handled.push(idOf(messages[0]!));
        resolveOffset(messages[0]!.offset);
      }),
    );
    lab.run();
    expect(hasPaused).toBe(true);
    expect(seen).toEqual(IDS);
  });

  it('resolveOffset() refuses what is no number; uncommittedOffsets() is not there', () => {
    const lab = new Harness(ORDERS);
    lab.fill('orders', 0, ['a']);
    const { seen } = lab.start(
      'shop',
      batches(function* (payload, _consumer, context) {
        for (const call of [
          () => payload.resolveOffset('x'),
          () => (payload as unknown as { uncommittedOffsets(): void }).uncommittedOffsets(),
        ]) {
          try {
            yield call();
          } catch (error) {
            context.seen.push(String((error as { code: number }).code));
          }
        }
      }),
    );
    lab.run();
    expect(seen).toEqual(['-186', '-170']);
  });
});
