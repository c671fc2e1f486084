/** What holds whatever is sent, and whatever fails when (kafka-semantics §19, INV). A failing case is a list of commands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommitted } from '../../../../src/kafka/client/read-committed';
import { ERRORS } from '../../../../src/kafka/errors';
import type { RecordBatch } from '../../../../src/kafka/broker/record-batch';
import type { ClusterSettings } from '../../../../src/kafka/settings';
import { COMMANDS, idsByOffset, RandomCluster, REFUSALS } from './random-cluster';

const RUNS = { numRuns: 150 };

const settings: fc.Arbitrary<Partial<ClusterSettings>> = fc.record({
  minInsyncReplicas: fc.constantFrom(1, 2, 3),
  eligibleLeaderReplicasEnable: fc.constant(true),
});

function check(
  property: (cluster: RandomCluster) => void,
  onStep: (cluster: RandomCluster) => void = () => undefined,
  with_: fc.Arbitrary<Partial<ClusterSettings>> = settings,
): void {
  fc.assert(
    fc.property(with_, COMMANDS, (given, commands) => property(new RandomCluster(given, onStep).play(commands))),
    RUNS,
  );
}

const finalLog = (cluster: RandomCluster): readonly RecordBatch[] => cluster.lab.replica(cluster.leader).log.batches;

describe('whatever happens', () => {
  it('INV-4, LOG-3: log start ≤ last stable ≤ high watermark ≤ log end, on every replica, at every moment', () => {
    const ordered = ({ lab }: RandomCluster): void => {
      for (const id of [1, 2, 3]) {
        const { log, lastStableOffset, highWatermark } = lab.replica(id);
        const marks = [log.logStartOffset, lastStableOffset, highWatermark, log.logEndOffset];
        expect(marks).toEqual([...marks].sort((a, b) => a - b));
      }
    };
    check(ordered, ordered);
  });

  it('ISR-1: the ISR is part of the replicas and holds the leader; REP-6: nobody is in sync and eligible at once', () => {
    const sane = ({ lab }: RandomCluster): void => {
      const { leader, isr, eligibleLeaderReplicas, replicas } = lab.describe();
      expect(isr.every((id) => replicas.includes(id))).toBe(true);
      expect(leader === -1 || isr.includes(leader)).toBe(true);
      expect(eligibleLeaderReplicas.filter((id) => isr.includes(id))).toEqual([]);
    };
    check(sane, sane);
  });

  it('REP-3: at most one broker leads in an epoch, and epochs only grow', () => {
    const leaders = new WeakMap<RandomCluster, Map<number, number>>();
    check(
      () => undefined,
      (cluster) => {
        const seen = leaders.get(cluster) ?? new Map<number, number>();
        leaders.set(cluster, seen);
        for (const id of [1, 2, 3]) {
          const { leadership } = cluster.lab.replica(id);
          if (leadership === null) continue;
          const { leaderEpoch } = leadership.registration;
          expect(seen.get(leaderEpoch) ?? id).toBe(id);
          seen.set(leaderEpoch, id);
        }
      },
    );
  });

  it('INV-2: no two stored batches of one producer begin with the same sequence number in one epoch', () => {
    check((cluster) => {
      const keys = finalLog(cluster)
        .filter(({ producerId, control }) => producerId >= 0 && control === null)
        .map(({ producerId, producerEpoch, baseSequence }) => `${producerId}/${producerEpoch}/${baseSequence}`);
      expect(keys).toEqual([...new Set(keys)]);
    });
  });

  it('INV-5: what was answered with acks=all is in the log, where the answer said', () => {
    check((cluster) => {
      const log = idsByOffset(finalLog(cluster));
      for (const { ids, acks, boxes } of cluster.sent) {
        for (const [attempt, { answer }] of boxes.entries()) {
          const part = answer?.topics[0]?.partitions[0];
          if (acks[attempt] !== 'all' || part?.errorCode !== ERRORS.NONE) continue;
          expect(ids.map((_, i) => log.get(part.baseOffset + i))).toEqual(ids);
        }
      }
    });
  });

  it('INV-6: without unclean elections nothing that was below the high watermark is lost or replaced', () => {
    check((cluster) => {
      const log = idsByOffset(finalLog(cluster));
      for (const [offset, id] of cluster.committed) expect(log.get(offset)).toBe(id);
    });
  });

  it('INV-10: what ACK-1 refused, and was sent once, is in no log', () => {
    check((cluster) => {
      const stored = new Set([1, 2, 3].flatMap((id) => [...idsByOffset(cluster.lab.replica(id).log.batches).values()]));
      for (const { ids, boxes } of cluster.sent) {
        const code = boxes[0]?.answer?.topics[0]!.partitions[0]!.errorCode;
        if (boxes.length !== 1 || code === undefined || !REFUSALS.includes(code)) continue;
        expect(ids.filter((id) => stored.has(id))).toEqual([]);
      }
    });
  });

  it('EPO-1: in the end all replicas hold the same log, and all of it is in sync', () => {
    check((cluster) => {
      expect(cluster.leader).toBeGreaterThan(0);
      const log = [...idsByOffset(finalLog(cluster))];
      for (const id of [1, 2, 3]) expect([...idsByOffset(cluster.lab.replica(id).log.batches)]).toEqual(log);
      expect([...cluster.lab.describe().isr].sort()).toEqual([1, 2, 3]);
      const { log: own, highWatermark } = cluster.lab.replica(cluster.leader);
      expect(highWatermark).toBe(own.logEndOffset);
    });
  });

  it('LOG-4, LOG-9, FET-4: a read_committed reader gets plain records and those of committed transactions', () => {
    check((cluster) => {
      const replica = cluster.lab.replica(cluster.leader);
      const { batches } = replica.read(0, 1);
      const read = readCommitted(batches, replica.abortedTransactions(0), 0).map(({ value }) => value);
      expect(read).toEqual(decided(replica.log.batches));
    });
  });

  it('the world comes to rest: nothing goes on for ever when nothing is asked', () => {
    check(({ lab }) => {
      lab.pass(120_000);
      expect(lab.world.pending().filter(({ isBackground }) => !isBackground)).toEqual([]);
    });
  });
});

describe('with unclean elections', () => {
  const unclean = fc.record({
    uncleanLeaderElectionEnable: fc.constant(true),
    minInsyncReplicas: fc.constantFrom(1, 2),
    eligibleLeaderReplicasEnable: fc.boolean(),
  });

  it('REP-5, INV-2: records may be lost, but never doubled, and the replicas agree in the end', () => {
    check(
      (cluster) => {
        const log = [...idsByOffset(finalLog(cluster))];
        for (const id of [1, 2, 3]) expect([...idsByOffset(cluster.lab.replica(id).log.batches)]).toEqual(log);
        const ids = log
          .map(([, id]) => id)
          .filter((id) => cluster.sent.some((sent) => sent.producerId >= 0 && sent.ids.includes(id)));
        expect(ids).toEqual([...new Set(ids)]);
      },
      undefined,
      unclean,
    );
  });
});

/** Up to the first undecided transaction: each transactional batch counts as the next marker of its producer says. */
function decided(batches: readonly RecordBatch[]): string[] {
  const ids: string[] = [];
  for (const [i, batch] of batches.entries()) {
    if (batch.control !== null) continue;
    const values = batch.records.map(({ value }) => value!);
    if (!batch.isTransactional) {
      ids.push(...values);
      continue;
    }
    const marker = batches
      .slice(i)
      .find(({ control, producerId }) => control !== null && producerId === batch.producerId);
    if (marker === undefined) return ids;
    if (marker.control === 'COMMIT') ids.push(...values);
  }
  return ids;
}
