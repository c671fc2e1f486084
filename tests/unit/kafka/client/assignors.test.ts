import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { range, roundRobin, type Assignor, type SubscribedMember } from '../../../../src/kafka/client/assignors';

function shares(
  assignor: Assignor,
  members: Record<string, string[]>,
  partitions: Record<string, number>,
): Record<string, string[]> {
  const list: SubscribedMember[] = Object.entries(members).map(([memberId, topics]) => ({ memberId, topics }));
  return Object.fromEntries(
    assignor(list, new Map(Object.entries(partitions))).map(({ memberId, assignment }) => [
      memberId,
      assignment.flatMap(({ name, partitions: indexes }) => indexes.map((index) => `${name}p${index}`)),
    ]),
  );
}

const BOTH = { C0: ['t0', 't1'], C1: ['t0', 't1'] };

describe('assignors', () => {
  // The examples of Kafka's RangeAssignor and RoundRobinAssignor documentation.
  it('GRP-10: range deals topic by topic, the first members get one more', () => {
    expect(shares(range, BOTH, { t0: 3, t1: 3 })).toEqual({
      C0: ['t0p0', 't0p1', 't1p0', 't1p1'],
      C1: ['t0p2', 't1p2'],
    });
  });

  it('GRP-10: round robin deals all partitions in turn', () => {
    expect(shares(roundRobin, BOTH, { t0: 3, t1: 3 })).toEqual({
      C0: ['t0p0', 't0p2', 't1p1'],
      C1: ['t0p1', 't1p0', 't1p2'],
    });
  });

  it('GRP-10: round robin passes over who is not subscribed', () => {
    const members = { C0: ['t0'], C1: ['t0', 't1'], C2: ['t0', 't1', 't2'] };
    expect(shares(roundRobin, members, { t0: 1, t1: 2, t2: 3 })).toEqual({
      C0: ['t0p0'],
      C1: ['t1p0'],
      C2: ['t1p1', 't2p0', 't2p1', 't2p2'],
    });
  });

  it('GRP-14: more members than partitions leave some with nothing', () => {
    expect(shares(range, { a: ['t'], b: ['t'] }, { t: 1 })).toEqual({ a: ['tp0'], b: [] });
  });

  it.each([
    ['range', range],
    ['round robin', roundRobin],
  ] as const)('GRP-9: %s gives each partition to exactly one subscriber', (_name, assignor) => {
    const topics = fc.subarray(['x', 'y', 'z'], { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(topics, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }),
        (subscriptions, counts) => {
          const members = Object.fromEntries(subscriptions.map((list, i) => [`m${i}`, list]));
          const given = shares(assignor, members, { x: counts[0]!, y: counts[1]!, z: counts[2]! });
          const all = Object.values(given).flat();
          const wanted = ['x', 'y', 'z'].flatMap((topic, i) =>
            subscriptions.some((list) => list.includes(topic))
              ? Array.from({ length: counts[i]! }, (_, p) => `${topic}p${p}`)
              : [],
          );
          expect([...all].sort()).toEqual([...wanted].sort());
          for (const [member, partitions] of Object.entries(given)) {
            for (const partition of partitions) expect(members[member]).toContain(partition[0]);
          }
        },
      ),
    );
  });
});
