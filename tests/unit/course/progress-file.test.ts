import { describe, expect, test } from 'vitest';
import { recordAttempt, readAttempts } from '../../../src/course/attempts';
import { readCheck, recordAnswer } from '../../../src/course/checks';
import { readDraft, saveDraft } from '../../../src/course/drafts';
import { mergeProgressFile, readProgressFile, writeProgressFile } from '../../../src/course/progress-file';
import { readProgress, recordVerdict } from '../../../src/course/progress';
import { COLLECTIONS, type Storage } from '../../../src/course/storage';
import type { Verdict } from '../../../src/grader/verdict';
import lostRecord from '../../fixtures/ui/lost-record.json';
import pass from '../../fixtures/ui/pass.json';
import { memoryStorage } from './memory-storage';

const failing = lostRecord.verdict as unknown as Verdict;
const passing = { ...(pass.verdict as unknown as Verdict), lab: failing.lab };

/** A learner's work of one moment. */
async function work(storage: Storage, code: string, verdict: Verdict, now: number): Promise<void> {
  await saveDraft(storage, { lab: verdict.lab, code, basedOn: 'any', replaced: null, now });
  await recordVerdict(storage, code, verdict, now);
  await recordAttempt(storage, code, verdict, now);
  await recordAnswer(storage, { check: 'welcome-bound', answer: [1], isRight: verdict.status === 'pass', now });
}

async function everything(storage: Storage): Promise<unknown> {
  return Promise.all(COLLECTIONS.map((collection) => storage.readAll(collection)));
}

async function fileOf(storage: Storage): Promise<string> {
  return JSON.stringify(await writeProgressFile(storage, 1));
}

async function readIn(storage: Storage, text: string): Promise<number> {
  const read = readProgressFile(text);
  if (!read.ok) throw new Error(read.problem);
  return mergeProgressFile(storage, read.file);
}

describe('a progress file', () => {
  test('brings everything to an empty browser, and changes nothing where all is known', async () => {
    const old = memoryStorage();
    await work(old, 'const a = 1;', failing, 5);
    const text = await fileOf(old);
    const fresh = memoryStorage();
    expect(await readIn(fresh, text)).toBe(COLLECTIONS.length);
    expect(await everything(fresh)).toEqual(await everything(old));
    await readIn(fresh, text);
    expect(await everything(fresh)).toEqual(await everything(old));
  });

  test('merged either way gives the same evidence and loses no code', async () => {
    const merged = async (first: 'a' | 'b'): Promise<Storage> => {
      const a = memoryStorage();
      const b = memoryStorage();
      await work(a, 'passes', passing, 5);
      await work(b, 'fails later', failing, 9);
      const [into, from] = first === 'a' ? [a, b] : [b, a];
      await readIn(into, await fileOf(from));
      return into;
    };
    for (const first of ['a', 'b'] as const) {
      const storage = await merged(first);
      const progress = await readProgress(storage, failing.lab);
      expect(progress?.passed?.code).toBe('passes');
      expect(progress?.last.code).toBe('fails later');
      expect(await readDraft(storage, failing.lab)).toMatchObject({ code: 'fails later', replaced: 'passes' });
      expect((await readAttempts(storage, failing.lab)).map(({ code }) => code)).toEqual(['passes', 'fails later']);
      expect(await readCheck(storage, 'welcome-bound')).toMatchObject({ rightAt: 5, isRight: false });
    }
  });

  test('says what is wrong with it', async () => {
    expect(readProgressFile('{')).toEqual({ ok: false, problem: 'no-json' });
    expect(readProgressFile('null')).toEqual({ ok: false, problem: 'other-file' });
    expect(readProgressFile('{"format":"something"}')).toEqual({ ok: false, problem: 'other-file' });
    const text = await fileOf(memoryStorage());
    expect(readProgressFile(text.replace('"schema":1', '"schema":2'))).toEqual({ ok: false, problem: 'newer-form' });
  });

  test('is believed only as far as it has the right shape', async () => {
    const storage = memoryStorage();
    await work(storage, 'mine', failing, 5);
    const file = JSON.parse(await fileOf(storage)) as { records: { drafts: unknown[]; checks: unknown } };
    file.records.drafts.push({ schema: 1, lab: 'x' }, 'nonsense');
    file.records.checks = 'nonsense';
    const read = readProgressFile(JSON.stringify(file));
    expect(read).toMatchObject({ ok: true, refused: 2, file: { records: { checks: [] } } });
  });
});
