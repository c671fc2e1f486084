/** What is told of a search as a whole is the sum of its workloads, in whatever order they come. */
import { describe, expect, it } from 'vitest';
import { mergeReports, type ShardReport } from '../../../src/grader/search-report';

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
});
