/** Workloads drawn from a seed: longer than the lab's, in its likeness, the same for the same seed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabDefinition } from '../../../../src/course/define-lab';
import type { LabRecord, Workload } from '../../../../src/grader/lab';
import { drawnRecords, idsOf, sizeOf, stormWorkload } from '../../../../src/grader/storm/workload';

const modules = import.meta.glob<{ default: LabDefinition }>('../../../../labs/*/lab.ts', { eager: true });
const labs = Object.values(modules).map((module) => module.default);
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const recordsOf = ({ batches }: Workload): LabRecord[] => batches.flat();
const largestOf = (values: readonly number[]): number => Math.max(...values);

describe.each(labs.map((lab) => [lab.id, lab] as const))('%s', (_id, lab) => {
  it('draws more records than the lab has, under ids of their own, in partitions that are there', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const workload = stormWorkload(lab, { seed, records: null });
        const models = lab.workloads.filter(({ maxFaults }) => maxFaults === undefined);
        expect(sizeOf(workload)).toBeGreaterThan(largestOf(models.map(sizeOf)));
        expect(sizeOf(workload)).toBeLessThanOrEqual(12);
        const own = new Set(lab.workloads.flatMap(idsOf));
        expect(idsOf(workload).filter((id) => own.has(id))).toEqual([]);
        for (const { id, topic, partition, value } of recordsOf(workload)) {
          expect(value).toContain(id);
          expect(partition).toBeLessThan(workload.topics.find(({ name }) => name === topic)!.partitions);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what has one key in one partition', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const places = new Map<string, number>();
        for (const { topic, key, partition } of recordsOf(stormWorkload(lab, { seed, records: null }))) {
          if (key === null) continue;
          expect(places.get(`${topic}/${key}`) ?? partition).toBe(partition);
          places.set(`${topic}/${key}`, partition);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for the same seed, and without some records the same but for them', () => {
    fc.assert(
      fc.property(seeds, fc.func(fc.boolean()), (seed, isKept) => {
        const all = stormWorkload(lab, { seed, records: null });
        expect(stormWorkload(lab, { seed, records: null })).toEqual(all);
        const numbers = Array.from({ length: drawnRecords(lab, seed) }, (_none, index) => index + 1);
        const kept = numbers.filter((number) => isKept(number));
        const some = stormWorkload(lab, { seed, records: kept });
        const items = ({ batches, input }: Workload): unknown[] => [...batches.flat(), ...(input?.values ?? [])];
        expect(items(some)).toEqual(items(all).filter((_item, index) => isKept(index + 1)));
        expect(some.topics).toEqual(all.topics);
      }),
      { numRuns: 50 },
    );
  });

  it('draws different workloads for seeds beside each other', () => {
    const drawn = new Set(
      Array.from({ length: 100 }, (_none, seed) => JSON.stringify(stormWorkload(lab, { seed, records: null }))),
    );
    expect(drawn.size).toBe(100);
  });
});
