import { describe, expect, test } from 'vitest';
import { readAllProgress, readProgress, recordVerdict, standingOf } from '../../../src/course/progress';
import type { GradeResult, Verdict } from '../../../src/grader/verdict';
import lostRecord from '../../fixtures/ui/lost-record.json';
import pass from '../../fixtures/ui/pass.json';
import { memoryStorage } from './memory-storage';

const failing: Verdict = (lostRecord as unknown as GradeResult).verdict;
const passing: Verdict = (pass as unknown as GradeResult).verdict;

describe('progress', () => {
  test('keeps the passing evidence when a later attempt fails', async () => {
    const storage = memoryStorage();
    await recordVerdict(storage, 'good', passing, 1);
    await recordVerdict(storage, 'bad', failing, 2);
    const progress = await readProgress(storage, passing.lab);
    expect(progress).toMatchObject({ attempts: 2, last: { code: 'bad' }, passed: { code: 'good' } });
    expect(await readAllProgress(storage)).toHaveLength(1);
  });

  test('does not trust a pass by another engine', async () => {
    const progress = await recordVerdict(memoryStorage(), 'good', passing, 1);
    expect(standingOf(progress, passing.modelHash)).toBe('passed');
    expect(standingOf(progress, 'another')).toBe('passed-with-older-engine');
    expect(standingOf(null, 'another')).toBe('untouched');
  });

  test('is attempted without a pass', async () => {
    expect(standingOf(await recordVerdict(memoryStorage(), 'bad', failing, 1), failing.modelHash)).toBe('attempted');
  });
});
