/** What is kept of the playground from visit to visit, by several tabs. */
import { describe, expect, it } from 'vitest';
import { dropSetAside, keep, readKept, readSetAside } from '../../../src/course/playground/kept';
import { PRESETS } from '../../../src/course/playground/presets';
import { memoryStorage } from './memory-storage';

const { zombie, quiet, rebalance } = PRESETS;

describe('what is kept', () => {
  it('comes back, also when a page kept it before versions were counted', async () => {
    const storage = memoryStorage();
    expect(await readKept(storage)).toBeNull();
    await storage.update('playground', 'run', () => quiet);
    expect(await readKept(storage)).toEqual({ version: 0, state: quiet });
    expect(await keep(storage, zombie, 0)).toEqual({ kind: 'kept', version: 1 });
    expect(await readKept(storage)).toEqual({ version: 1, state: zombie });
    expect(await readSetAside(storage)).toEqual([]);
  });

  it('of another tab is not written over unseen, and is when its reader says so', async () => {
    const storage = memoryStorage();
    await keep(storage, quiet, 0);
    await keep(storage, zombie, 1);
    expect(await keep(storage, rebalance, 1)).toEqual({ kind: 'conflict', theirs: { version: 2, state: zombie } });
    expect(await readKept(storage)).toEqual({ version: 2, state: zombie });
    expect(await keep(storage, rebalance, 'any')).toEqual({ kind: 'kept', version: 3 });
  });

  it('by two tabs that show the same is no conflict', async () => {
    const storage = memoryStorage();
    await keep(storage, zombie, 0);
    expect(await keep(storage, structuredClone(zombie), 0)).toEqual({ kind: 'kept', version: 2 });
  });

  it('and cannot be read is set aside once, as it was, before anything replaces it', async () => {
    const storage = memoryStorage();
    const raw = { version: 7, state: { setup: 'of another page' } };
    await storage.update('playground', 'run', () => raw);
    expect(await readKept(storage)).toBeNull();
    expect(await readKept(storage)).toBeNull();
    await keep(storage, quiet, 0);
    await storage.update('playground', 'run', () => 'rubbish');
    await keep(storage, zombie, 1);
    expect(await readSetAside(storage)).toEqual([raw, 'rubbish']);
    await dropSetAside(storage);
    expect(await readSetAside(storage)).toEqual([]);
  });
});
