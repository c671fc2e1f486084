import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DraftSession } from '../../../src/components/lab/draft-session';
import { StorageError, type Storage } from '../../../src/course/storage';
import { memoryStorage } from '../course/memory-storage';

const starter = '// starter';

function openTab(storage: Storage): DraftSession {
  return new DraftSession({ lab: 'first-run', starter, storage, now: () => 1, pauseMs: 5 });
}

let close: (() => void)[] = [];

/** A tab that has read what is stored and hears of other tabs. */
async function startTab(storage: Storage): Promise<DraftSession> {
  const tab = openTab(storage);
  close.push(tab.start());
  await tab.flush();
  await Promise.resolve();
  return tab;
}

beforeEach(() => {
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
});

afterEach(() => {
  close.forEach((end) => end());
  close = [];
  vi.unstubAllGlobals();
});

describe('a draft session', () => {
  test('saves after a pause and restores in the next visit', async () => {
    const storage = memoryStorage();
    const tab = await startTab(storage);
    tab.edit('mine');
    await vi.waitFor(() => expect(tab.getState().savedAt).toBe(1));
    const next = await startTab(storage);
    await vi.waitFor(() => expect(next.getState().code).toBe('mine'));
  });

  test('undoes a reset, and loses nothing that was typed after it', async () => {
    const tab = await startTab(memoryStorage());
    tab.edit('mine');
    tab.reset();
    expect(tab.getState()).toMatchObject({ code: starter, replaced: 'mine' });
    tab.edit('typed after the reset');
    tab.bringBack();
    expect(tab.getState()).toMatchObject({ code: 'mine', replaced: 'typed after the reset' });
  });

  test('follows another tab while it has nothing of its own unsaved', async () => {
    const storage = memoryStorage();
    const [first, second] = [await startTab(storage), await startTab(storage)];
    first.edit('from the first');
    await vi.waitFor(() => expect(second.getState().code).toBe('from the first'));
  });

  test('asks when two tabs have different code, and keeps the version that is not chosen', async () => {
    const storage = memoryStorage();
    const [first, second] = [openTab(storage), openTab(storage)];
    first.edit('from the first');
    await first.flush();
    second.edit('from the second');
    await second.flush();
    expect(second.getState().conflict?.code).toBe('from the first');
    second.keepMine();
    await vi.waitFor(() => expect(second.getState().savedAt).toBe(1));
    expect(second.getState()).toMatchObject({ code: 'from the second', conflict: null, replaced: 'from the first' });
  });

  test('says what keeps it from saving', async () => {
    const full: Storage = {
      ...memoryStorage(),
      update: () => Promise.reject(new StorageError('full', new DOMException('', 'QuotaExceededError'))),
    };
    const tab = openTab(full);
    tab.edit('mine');
    await tab.flush();
    expect(tab.getState()).toMatchObject({ problem: 'full', code: 'mine', isSaving: false });
  });
});
