/** What is told of a search as a whole is the sum of its workloads, in whatever order they come. */
import { describe, expect, it } from 'vitest';
import { fewestFaults, mergeReports, type ShardReport } from '../../../src/grader/search-report';

function shard(variation: number, more: Partial<ShardReport> = {}): ShardReport {
  return {
    variation,
    observes: { time: false, chance: false },
    vacuous: null,
    isHalted: false,
    hasNextLevel: false,
    executions: 10 + variation,
    planned: 20 + variation,
    level: 1,
    byFaults: [1, 9 + variation],
    isCapped: false,
    sightings: [],
    coverage: { crash: 3 },
    unfired: 1,
    failing: 2,
    stuck: null,
    events: 100 + variation,
    hardest: null,
    ...more,
  };
}

const example = (variation: number, eventCount: number): ShardReport['sightings'][number][1]['example'] => ({
  execution: { variation, plan: [] },
  instance: { record: null, params: {} },
  eventCount,
});

describe('the report of a whole search', () => {
  it('adds up what the workloads count', () => {
    const second = shard(1, { coverage: { crash: 1, 'lost-answer': 4 }, byFaults: [1, 2, 8], level: 2 });
    expect(mergeReports([second, shard(0)])).toMatchObject({
      executions: 21,
      planned: 41,
      level: 2,
      byFaults: [2, 11, 8],
      coverage: { crash: 4, 'lost-answer': 4 },
      unfired: 2,
      failing: 4,
      events: 201,
    });
  });

  it("adds up sightings, and shows the learner's own workload first", () => {
    const sighting = (variation: number, eventCount: number): ShardReport['sightings'] => [
      ['A7', { count: 2, byFault: { none: 2 }, example: example(variation, eventCount) }],
    ];
    const merged = mergeReports([shard(1, { sightings: sighting(1, 5) }), shard(0, { sightings: sighting(0, 50) })]);
    expect(merged.sightings.get('A7')).toMatchObject({ count: 4, byFault: { none: 4 }, example: example(0, 50) });
  });

  it('is over when nothing is left, when a turn did not end, or when nothing was done', () => {
    const going = { hasNextLevel: true };
    expect(mergeReports([shard(0), shard(1, going)]).isOver).toBe(false);
    expect(mergeReports([shard(0), shard(1)]).isOver).toBe(true);
    expect(mergeReports([shard(0, going), shard(1, { isHalted: true })]).isOver).toBe(true);
    expect(mergeReports([shard(0, { ...going, vacuous: {} }), shard(1)]).isOver).toBe(true);
    expect(mergeReports([shard(0, going), shard(1, { vacuous: {} })]).isOver).toBe(false);
  });

  it('takes from any workload that the program looks at time or chance, that it was too large, or that a turn did not end', () => {
    const stuck = { diagnosis: 'endless-loop', line: 3, incarnation: 1 } as const;
    const odd = shard(1, { observes: { time: true, chance: true }, isCapped: true, stuck });
    const told = { observes: { time: true, chance: true }, isCapped: true, stuck };
    expect(mergeReports([shard(0), odd, shard(2)])).toMatchObject(told);
    expect(mergeReports([shard(0)])).toMatchObject({
      observes: { time: false, chance: false },
      isCapped: false,
      stuck: null,
    });
  });

  it("shows the learner's own workload where there is one, whatever came first, and says N1 of no other", () => {
    const rank = (variation: number): ShardReport['hardest'] => ({ execution: { variation, plan: [] }, rank: [1] });
    const parts = [2, 0, 1].map((variation) => shard(variation, { hardest: rank(variation) }));
    expect(mergeReports(parts)).toMatchObject({ hardest: rank(0), faultFree: { variation: 0, plan: [] } });
    const hidden = mergeReports([shard(2), shard(1, { vacuous: {} })]);
    expect([hidden.vacuous, hidden.faultFree.variation]).toEqual([null, 1]);
    expect(mergeReports([shard(0, { vacuous: { delivered: 1 } })]).vacuous).toEqual({ delivered: 1 });
  });

  it('says how few faults it takes to fail', () => {
    const crash = {
      fault: 'crash',
      at: 'effect',
      nth: 1,
      phase: null,
      heldCommit: 0,
      isAutoCommitFirst: false,
    } as const;
    const seen = (faults: number): ShardReport['sightings'][number][1] => ({
      ...{ count: 1, byFault: {} },
      example: { ...example(0, 1), execution: { variation: 0, plan: Array(faults).fill(crash) } },
    });
    const merged = mergeReports([
      shard(0, {
        sightings: [
          ['A9', seen(0)],
          ['A7', seen(2)],
          ['L1', seen(1)],
          ['A20', seen(3)],
        ],
      }),
    ]);
    expect(fewestFaults(merged, (id) => id !== 'A9')).toBe(1);
    expect(fewestFaults(merged, (id) => id === 'A9')).toBe(0);
    expect(fewestFaults(merged, () => false)).toBe(Infinity);
  });
});
