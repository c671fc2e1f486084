/** Tabs of the playground side by side: none writes over what another has kept without its reader's word. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { KeptSession } from '../../../src/components/playground/kept-session';
import { formatPlaygroundLink } from '../../../src/course/playground/link';
import { readKept } from '../../../src/course/playground/kept';
import { PRESETS } from '../../../src/course/playground/presets';
import type { PlaygroundState } from '../../../src/course/playground/state';
import type { Storage } from '../../../src/course/storage';
import { memoryStorage } from '../course/memory-storage';

const { quiet, zombie, rebalance } = PRESETS;

/** A tab without a page: what it shows, and what it could undo. */
async function openTab(storage: Storage, fragment = '') {
  const past: PlaygroundState[] = [];
  let shown: PlaygroundState = quiet;
  const show = (next: PlaygroundState): void => {
    shown = next;
    session.changed(next);
  };
  const change = (next: PlaygroundState): void => {
    past.push(shown);
    show(next);
  };
  const session = new KeptSession({ storage, first: quiet, replace: show, change });
  closers.push(session.start());
  await session.open(fragment);
  return { session, change, shown: () => shown, past };
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const kept = async (storage: Storage) => (await readKept(storage))?.state;

describe('tabs', () => {
  it('that differ say so in the one that was overtaken, and each choice loses nothing', async () => {
    const storage = memoryStorage();
    const [one, two] = [await openTab(storage), await openTab(storage)];
    one.change(zombie);
    await one.session.flush();
    await vi.waitFor(() => expect(two.session.getState().conflict?.state).toEqual(zombie));
    two.change(rebalance);
    await two.session.flush();
    expect(await kept(storage)).toEqual(zombie);

    two.session.keepMine();
    await vi.waitFor(() => expect(one.session.getState().conflict?.state).toEqual(rebalance));
    expect([two.shown(), two.past.at(-1)]).toEqual([rebalance, zombie]);
    one.session.takeTheirs();
    expect([one.shown(), one.past.at(-1)]).toEqual([rebalance, zombie]);
    expect(one.session.getState().conflict).toBeNull();
    expect(await kept(storage)).toEqual(rebalance);
  });

  it('notice it without being told, when they keep something', async () => {
    vi.stubGlobal('BroadcastChannel', undefined);
    const storage = memoryStorage();
    const [one, two] = [await openTab(storage), await openTab(storage)];
    vi.unstubAllGlobals();
    one.change(zombie);
    await one.session.flush();
    two.change(rebalance);
    await two.session.flush();
    expect(two.session.getState().conflict?.state).toEqual(zombie);
    expect(await kept(storage)).toEqual(zombie);
  });

  it('with a copy from a link keep nothing until told, and then the own run is one undo away', async () => {
    const storage = memoryStorage();
    const own = await openTab(storage);
    own.change(zombie);
    await own.session.flush();
    const copy = await openTab(storage, formatPlaygroundLink(rebalance));
    expect(copy.session.getState().isCopy).toBe(true);
    copy.change({ ...rebalance, until: 500 });
    await copy.session.flush();
    expect(await kept(storage)).toEqual(zombie);
    await copy.session.keepCopy();
    expect(await kept(storage)).toEqual({ ...rebalance, until: 500 });
    expect(copy.past.at(-1)).toEqual(zombie);
  });
});
