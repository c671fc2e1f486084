import { describe, expect, test } from 'vitest';
import { asDraft, readDraft, saveDraft, type Draft, type SaveRequest } from '../../../src/course/drafts';
import { problemOf } from '../../../src/course/storage';
import { memoryStorage } from './memory-storage';

const request = (changes: Partial<SaveRequest>): SaveRequest => ({
  lab: 'first-run',
  code: 'one',
  basedOn: 0,
  replaced: null,
  now: 1,
  ...changes,
});

describe('drafts', () => {
  test('come back as they were saved, one a lab', async () => {
    const storage = memoryStorage();
    await saveDraft(storage, request({ code: 'one' }));
    await saveDraft(storage, request({ lab: 'other', code: 'two' }));
    expect((await readDraft(storage, 'first-run'))?.code).toBe('one');
    expect((await readDraft(storage, 'other'))?.code).toBe('two');
    expect(await readDraft(storage, 'third')).toBeNull();
  });

  test('of two tabs do not overwrite each other', async () => {
    const storage = memoryStorage();
    const first = await saveDraft(storage, request({ code: 'from the first tab' }));
    expect(first.kind).toBe('saved');
    const second = await saveDraft(storage, request({ code: 'from the second tab', basedOn: 0 }));
    expect(second).toMatchObject({ kind: 'conflict', theirs: { code: 'from the first tab', version: 1 } });
    expect((await readDraft(storage, 'first-run'))?.code).toBe('from the first tab');
  });

  test('are overwritten when the learner says so, and the other version is kept', async () => {
    const storage = memoryStorage();
    await saveDraft(storage, request({ code: 'theirs' }));
    await saveDraft(storage, request({ code: 'mine', basedOn: 'any', replaced: 'theirs' }));
    expect(await readDraft(storage, 'first-run')).toMatchObject({ code: 'mine', replaced: 'theirs', version: 2 });
  });

  test('that say the same are no conflict', async () => {
    const storage = memoryStorage();
    await saveDraft(storage, request({ code: 'same' }));
    expect((await saveDraft(storage, request({ code: 'same', basedOn: 0 }))).kind).toBe('saved');
  });

  test('that are damaged count as none', () => {
    const good: Draft = { schema: 1, lab: 'a', code: 'b', version: 1, savedAt: 1, replaced: null };
    expect(asDraft(good)).toEqual(good);
    for (const bad of [null, 'text', {}, { ...good, version: 'x' }, { ...good, code: 1 }, { ...good, schema: 2 }]) {
      expect(asDraft(bad)).toBeNull();
    }
  });
});

describe('a storage that fails', () => {
  test('says what can be done about it', () => {
    expect(problemOf(new DOMException('', 'QuotaExceededError'))).toBe('full');
    expect(problemOf(new DOMException('', 'SecurityError'))).toBe('blocked');
    expect(problemOf(new DOMException('', 'InvalidStateError'))).toBe('blocked');
    expect(problemOf(new DOMException('', 'UnknownError'))).toBe('corrupt');
  });
});
