/** What can come to the playground from outside: links of every kind, other tabs, what the browser has kept, too much. */
import { readFile } from 'node:fs/promises';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { checksum } from '../../src/course/packed-text';
import { formatPlaygroundLink } from '../../src/course/playground/link';
import { PRESETS } from '../../src/course/playground/presets';
import { UNTIL_MAX_MS, type PlaygroundState } from '../../src/course/playground/state';

async function open(page: Page, address = '/playground/'): Promise<void> {
  await page.goto(address);
  await expect(page.locator('[data-ready=true]')).toBeVisible({ timeout: 30_000 });
}

function rows(page: Page): Locator {
  return page.locator('[data-step]');
}

/** What the browser has under the key; with a value it is put there first. */
async function stored(page: Page, key: string, value?: unknown): Promise<unknown> {
  return page.evaluate(
    async ([at, put]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('exactly-once');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('no database'));
      });
      const store = database.transaction('playground', 'readwrite').objectStore('playground');
      if (put !== undefined) store.put(put, at as string);
      const found = await new Promise<unknown>((resolve) => {
        const request = store.get(at as string);
        request.onsuccess = () => resolve(request.result);
      });
      database.close();
      return found;
    },
    [key, value] as const,
  );
}

test('a link that is damaged, of another version or far too large says which, and shows the own run', async ({
  page,
}) => {
  const good = formatPlaygroundLink(PRESETS.zombie);
  const other = '9.AAAA';
  for (const [fragment, told] of [
    [good.slice(0, -5), 'The link is damaged'],
    [`${good.slice(0, 20)}_${good.slice(21)}`, 'The link is damaged'],
    [`#run=${checksum(other)}.${other}`, 'made by another version of this page'],
    [`#run=aaaa.2.${'A'.repeat(700_000)}`, 'larger than any run can be'],
  ] as const) {
    await page.goto('about:blank');
    await open(page, `/playground/${fragment}`);
    await expect(page.getByRole('alert').filter({ hasText: told })).toBeVisible();
    await expect(page.getByText('Nothing lost, nothing twice.')).toBeVisible();
  }
});

test('two tabs tell of each other, and whichever is chosen the other is one undo away', async ({ page, context }) => {
  const other = await context.newPage();
  await open(page);
  await open(other);
  await page.getByRole('button', { name: /zombie/ }).click();
  await expect(rows(page).filter({ hasText: 'ERR__FENCED' })).toBeVisible();
  const notice = other.getByRole('alert').filter({ hasText: 'Another tab has another run' });
  await expect(notice).toBeVisible();
  await other.getByRole('button', { name: /lost answer/ }).click();
  await expect(other.getByText('Twice in the log: x4.')).toBeVisible();
  await notice.getByRole('button', { name: 'Keep this one' }).click();
  await expect(notice).toHaveCount(0);
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(other).filter({ hasText: 'ERR__FENCED' })).toBeVisible();
  await other.getByRole('button', { name: 'Redo' }).click();
  await expect(other.getByText('Twice in the log: x4.')).toBeVisible();

  await page.getByRole('button', { name: 'Show that one' }).click();
  await expect(page.getByText('Twice in the log: x4.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page).filter({ hasText: 'ERR__FENCED' })).toBeVisible();
});

test('what was kept and cannot be read is set aside, and can be had as a file', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /zombie/ }).click();
  await expect.poll(() => stored(page, 'run')).toMatchObject({ version: 1 });
  await page.goto('about:blank');
  await page.goto('/lessons/welcome/');
  await stored(page, 'run', { version: 4, state: { setup: 'of another page' } });
  await open(page);
  const notice = page.getByRole('alert').filter({ hasText: 'An earlier run cannot be read' });
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: /lost answer/ }).click();
  await expect.poll(() => stored(page, 'run')).toMatchObject({ version: 1 });
  const downloading = page.waitForEvent('download');
  await notice.getByRole('button', { name: 'Download' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(JSON.parse(text)).toEqual([{ version: 4, state: { setup: 'of another page' } }]);
  await notice.getByRole('button', { name: 'Throw away' }).click();
  await expect.poll(() => stored(page, 'set-aside')).toEqual([]);
  await page.reload();
  await expect(page.getByText('Twice in the log: x4.')).toBeVisible();
  await expect(notice).toHaveCount(0);
});

test.describe('a run that is too much', () => {
  const { setup } = PRESETS.quiet;
  const reader = { ...setup.consumers[0], 'heartbeat.interval.ms': '100' };
  /** A hundred clients more, each with a heartbeat ten times a second, for half an hour. */
  const crowd: PlaygroundState = {
    setup: { ...setup, consumers: [reader, reader, reader, reader] },
    actions: Array.from({ length: 100 }, (_, index) => ({ at: 1000 + index, does: `start C${1 + (index % 4)}` })),
    until: UNTIL_MAX_MS,
  };

  test('can be stopped while it is being played, and gone on with', async ({ page }) => {
    test.slow();
    await page.goto(`/playground/${formatPlaygroundLink(crowd)}`);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByText('What comes after that was not played.')).toBeVisible();
    await expect(rows(page).first()).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('progressbar')).toBeVisible();
  });

  test('ends where a page can hold no more of it, and says so', async ({ page }) => {
    test.slow();
    const chatty = { ...setup.consumers[0], 'auto.commit.interval.ms': '1' };
    const busy = { ...crowd, setup: { ...setup, client: 'J' as const, consumers: [chatty, chatty] }, actions: [] };
    await open(page, `/playground/${formatPlaygroundLink(busy)}`);
    await expect(page.getByRole('alert').filter({ hasText: 'This run is cut' })).toBeVisible();
    await page.getByRole('button', { name: 'Next event' }).click();
    await expect(page.getByText('Too much happens in this run')).toBeVisible();
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(page.getByText('This run is cut')).toHaveCount(0);
  });
});

test('a client that is cut off gets nothing stored until it is reached again', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.locator('summary').filter({ hasText: 'Network: lose, delay, cut: P1' }).click();
  await page.getByRole('button', { name: 'Cut off from broker 1: P1' }).click();
  await page.getByRole('button', { name: 'Let ten seconds pass' }).click();
  await expect(page.getByText('cut off from broker 1', { exact: true })).toBeVisible();
  await expect(page.getByText('No record is stored yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Reach broker 1 again: P1' }).click();
  await page.getByRole('button', { name: 'Let ten seconds pass' }).click();
  await expect(page.getByText('Nothing lost, nothing twice.')).toBeVisible();
});

test('a consumer that writes in transactions makes a result again, and it is there once', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /Read, make, write/ }).click();
  await expect(page.getByText('Processed again: x4.')).toBeVisible();
  await expect(page.getByText('In the topic results: 6 records, all readable.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Partition results/0' }).getByText('abort').first()).toBeVisible();
});

for (const [prefix, word, title] of [
  ['', 'playground', 'Playground'],
  ['/ru', 'полигон', 'Полигон'],
] as const)
  test(`the search finds it by "${word}"`, async ({ page }) => {
    await page.goto(`${prefix}/search/?q=${encodeURIComponent(word)}`);
    const found = page.getByRole('main').locator(`article a[href^="${prefix}/playground/"]`).first();
    await expect(found).toContainText(title, { timeout: 20_000 });
  });
