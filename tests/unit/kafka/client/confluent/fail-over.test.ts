/** A consumer whose partition gets another leader. */
import { describe, expect, it } from 'vitest';
import { consumerProgram, Harness, idOf, task } from './harness';

const consume = () =>
  consumerProgram({
    run: (_consumer, { seen }) => ({
      eachMessage: task(function* ({ message }) {
        yield undefined;
        seen.push(idOf(message));
      }) as never,
    }),
  });

describe('after a fail-over', () => {
  it('FET-1: a partition is read from its new leader, though a fetch is waiting there for others that stay quiet', () => {
    const lab = new Harness([{ name: 'orders', partitions: 3, replicationFactor: 3 }], undefined, { brokers: 3 });
    const leader = (): number => lab.cluster.controller.partition('orders', 0)!.leader;
    lab.start('shop', consume());
    lab.pass(10_000);
    const dead = leader();
    lab.cluster.kill(dead);
    lab.pass(20_000);
    expect(leader()).not.toBe(dead);
    lab.fill('orders', 0, ['a']);
    lab.pass(5000);
    expect(lab.deliveries()).toEqual(['orders-0:0']);
  });
});
