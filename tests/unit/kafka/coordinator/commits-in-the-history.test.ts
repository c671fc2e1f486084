/** What the history, which the checkers read, is told of commits: each that counts, once, and what changed (A7, A8, A14). */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import type { Commit } from '../../../../src/simulation/history';
import { GroupLab } from './group-lab';

const place = { group: 'g', partition: 'orders-0', incarnation: 1 };

function stored(g: GroupLab): readonly (readonly [string, number])[] {
  return g.world.history.commits.map(({ partition, offset }) => [partition, offset]);
}

function effect(g: GroupLab): void {
  g.world.history.effects.push({ record: 'a', service: 'shop', incarnation: 1, isFabricated: false });
}

describe('a commit in the history', () => {
  it('OFS-3: is noted whatever its offset is; a change is what differs from the one before it', () => {
    const g = new GroupLab();
    const member = g.one();
    const { history } = g.world;
    const changes: number[] = [];
    for (const [offset, partition] of [
      [2, 0],
      [2, 0],
      [1, 0],
      [2, 1],
    ] as const) {
      const before = history.changes;
      g.commit(member, 1, offset, { partition });
      changes.push(history.changes - before);
    }
    expect(stored(g)).toEqual([
      ['orders-0', 2],
      ['orders-0', 2],
      ['orders-0', 1],
      ['orders-1', 2],
    ]);
    expect(changes).toEqual([1, 0, 1, 1]);
  });

  it('OFS-3: is noted with the effects before it, unless effects are counted only when the output is read', () => {
    const g = new GroupLab();
    const member = g.one();
    effect(g);
    g.commit(member, 1, 1);
    expect(g.world.history.commits).toEqual<Commit[]>([{ ...place, offset: 1, effects: 1 }]);
    g.world.history.outputTopic = 'receipts';
    g.commit(member, 1, 2);
    expect(g.world.history.commits[1]).toEqual({ ...place, offset: 2, effects: undefined });
  });

  it('OFS-5: is not noted where it was refused, nor before it is replicated', () => {
    const g = new GroupLab();
    const member = g.one();
    g.commit(member, 7, 1);
    g.host.holdsReplication = true;
    g.sendCommit(member, 1, 1);
    expect(stored(g)).toEqual([]);
    g.host.replicate();
    expect(stored(g)).toEqual([['orders-0', 1]]);
  });

  it('OFS-6: is noted for a transaction at its marker, and not at all when it is aborted', () => {
    const g = new GroupLab();
    g.one();
    g.txnCommit(1);
    expect(stored(g)).toEqual([]);
    g.mark('ABORT');
    expect(stored(g)).toEqual([]);
    g.txnCommit(2);
    g.mark('COMMIT');
    expect(stored(g)).toEqual([['orders-0', 2]]);
  });
});

describe('a commit that a new coordinator finds in the log (OFS-11)', () => {
  it('OFS-11: is not noted again when the one before has noted it', () => {
    const g = new GroupLab();
    const member = g.one();
    g.commit(member, 1, 1);
    g.commit(member, 1, 3, { partition: 1 });
    const { changes } = g.world.history;
    g.failOver();
    expect([stored(g), g.world.history.changes]).toEqual([
      [
        ['orders-0', 1],
        ['orders-1', 3],
      ],
      changes,
    ]);
  });

  it('OFS-11: is noted when the one before died before it counted, and only the partition that it is of', () => {
    const g = new GroupLab();
    const member = g.one();
    g.commit(member, 1, 1);
    g.commit(member, 1, 2, { partition: 1 });
    g.host.holdsReplication = true;
    g.sendCommit(member, 1, 2);
    const { changes } = g.world.history;
    g.failOver();
    expect(stored(g)).toEqual([
      ['orders-0', 1],
      ['orders-1', 2],
      ['orders-0', 2],
    ]);
    expect(g.world.history.changes).toBe(changes + 1);
    expect(g.committed()).toBe(2);
  });

  it('OFS-11: a commit that was refused with the leadership is found and noted once', () => {
    const g = new GroupLab();
    const member = g.one();
    g.host.holdsReplication = true;
    const sent = g.sendCommit(member, 1, 5);
    g.failOver();
    g.pass(10);
    expect(sent.answer?.topics[0]?.partitions[0]?.errorCode).toBe(ERRORS.NOT_COORDINATOR);
    g.failOver();
    expect(stored(g)).toEqual([['orders-0', 5]]);
  });
});
