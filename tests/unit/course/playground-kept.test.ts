/** What is kept of the playground from visit to visit. */
import { describe, expect, it } from 'vitest';
import { keep, readKept } from '../../../src/course/playground/kept';
import { PRESETS } from '../../../src/course/playground/presets';
import { memoryStorage } from './memory-storage';

describe('what is kept', () => {
  it('comes back, and what nobody can read does not', async () => {
    const storage = memoryStorage();
    expect(await readKept(storage)).toBeNull();
    await keep(storage, PRESETS.zombie);
    expect(await readKept(storage)).toEqual(PRESETS.zombie);
    await storage.update('playground', 'run', () => ({ setup: 'of another page' }));
    expect(await readKept(storage)).toBeNull();
  });
});
