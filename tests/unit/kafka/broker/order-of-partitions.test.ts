/** What is kept in order and what is not: each partition by itself, and nothing between two of them (LOG-7). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { BrokerLab, contents, TOPIC } from './broker-lab';
import type { RecordBatch } from '../../../../src/kafka/broker/record-batch';

/** Two partitions, each on a broker of its own; the first broker coordinates transactions alone. */
function lab(): BrokerLab {
  const settings = { brokers: 2, transactionStateLogReplicationFactor: 1, transactionStateLogMinIsr: 1 };
  const made = new BrokerLab(settings, { partitions: 2, replicas: [[1], [2]] });
  made.rest();
  expect([made.describe(0).leader, made.describe(1).leader]).toEqual([1, 2]);
  return made;
}

/** Without the markers. */
function dataIn(batches: readonly RecordBatch[]): string[] {
  return contents(batches.filter(({ control }) => control === null));
}

describe('LOG-7: order', () => {
  it('LOG-7: each partition counts by itself, in the order of arrival, whatever goes to the others', () => {
    const sends = fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(sends, (batches) => {
        const made = lab();
        const expected: string[][] = [[], []];
        for (const [nth, [index, size]] of batches.entries()) {
          const ids = Array.from({ length: size }, (_, i) => `${nth}.${i}`);
          const sent = made.produce(index + 1, 'all', ids, { index });
          made.rest();
          expect(sent.partition).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: expected[index]!.length });
          expected[index]!.push(...ids);
        }
        expect([made.log(1, 0), made.log(2, 1)]).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('LOG-7: what was sent first to one partition may be stored after what was sent later to another', () => {
    const made = lab();
    made.cluster.pause(1);
    const first = made.produce(1, '1', ['first'], { index: 0 });
    const second = made.produce(2, '1', ['second'], { index: 1 });
    made.pass(100);
    expect([first.isSettled, second.errorCode]).toEqual([false, ERRORS.NONE]);
    expect([made.log(1, 0), made.log(2, 1)]).toEqual([[], ['second']]);
    made.cluster.resume(1);
    made.rest();
    expect([first.errorCode, made.log(1, 0)]).toEqual([ERRORS.NONE, ['first']]);
  });

  it('LOG-7, TXN-13: one transaction becomes visible partition by partition', () => {
    const made = lab();
    const ask = <R extends Parameters<BrokerLab['ask']>[1]>(message: R): ReturnType<typeof made.ask<R>>['answer'] => {
      const box = made.ask(made.cluster.findCoordinator('transaction', 't'), message);
      made.pass(200);
      return box.answer;
    };
    const init = { transactionalId: 't', transactionTimeoutMs: 60_000, producerId: -1, producerEpoch: -1 };
    const { producerId, producerEpoch } = ask({ api: 'InitProducerId', apiVersion: 4, ...init })!;
    const by = { apiVersion: 3, transactionalId: 't', producerId, producerEpoch };
    ask({ api: 'AddPartitionsToTxn', ...by, topics: [{ name: TOPIC, partitions: [0, 1] }] });
    for (const index of [0, 1])
      made.produce(index + 1, 'all', ['x'], { index, producerId, baseSequence: 0, transactionalId: 't' });
    made.pass(200);
    const visible = (): string[][] => [0, 1].map((index) => dataIn(made.replica(index + 1, index).read(0, 1).batches));
    expect(visible()).toEqual([[], []]);
    made.cluster.pause(2);
    ask({ api: 'EndTxn', ...by, committed: true });
    expect(visible()).toEqual([['x'], []]);
    made.cluster.resume(2);
    made.rest();
    expect(visible()).toEqual([['x'], ['x']]);
  });
});
