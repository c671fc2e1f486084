/** The playground: a run by keyboard, faults by click, links that open as a copy, an export that the runner plays. */
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { parseScenario } from '../../src/scenarios/language/parse-scenario';
import { runScenario } from '../../src/scenarios/language/run-scenario';
import { ModelDriver } from '../../src/scenarios/model/driver';

const BUILD = path.resolve(__dirname, '../../build');

async function open(page: Page, address = '/playground/'): Promise<void> {
  await page.goto(address);
  await expect(page.locator('[data-ready=true]')).toBeVisible();
}

function rows(page: Page): Locator {
  return page.locator('[data-step]');
}

/** Tabs on until the focus is there: a reader without a mouse has no other way. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByRole('button', { name }).first();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${String(name)}`);
}

test('a whole run by keyboard: begin, step, break, look back, undo', async ({ page }) => {
  test.slow();
  await open(page);
  await tabTo(page, /A lost answer/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Twice in the log: x4.')).toBeVisible();
  await tabTo(page, 'Reset');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(2);
  await tabTo(page, 'Next event');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).last()).toContainText('Record x1 is appended to orders-0 at offset 0');
  await tabTo(page, /^Kill: Broker 1/);
  await page.keyboard.press('Enter');
  await expect(rows(page).last()).toContainText('Broker 1 is killed');
  await page.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Broker 1 is killed')).toHaveCount(0);
  // Up and down the list, and on from its end.
  await tabTo(page, /Record x1 is appended/);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByText('You are looking at an earlier moment')).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(rows(page)).toHaveCount(4);
});

test('a fault by click strikes at the moment that is shown, can be taken out and comes back', async ({ page }) => {
  await open(page);
  await expect(page.getByText('Nothing lost, nothing twice.')).toBeVisible();
  await page.getByRole('button', { name: 'Kill: Broker 1' }).click();
  await expect(rows(page).last()).toContainText('Broker 1 is killed');
  const list = page.getByRole('region', { name: 'What you did' });
  await expect(list.getByRole('listitem')).toHaveText([/2\.500 s\s*Kill: Broker 1/]);
  await page.getByRole('button', { name: 'Let ten seconds pass' }).click();
  await expect(page.getByText('Broker 2 leads orders-0 in epoch 1')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Partition orders/0' })).toContainText('leader epoch 1');
  await list.getByRole('button', { name: /Take out/ }).click();
  await expect(page.getByText('Broker 1 is killed')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page).filter({ hasText: 'Broker 1 is killed' })).toHaveCount(1);
});

test('a fault in the past plays what comes after it anew', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /acks=1/ }).click();
  await expect(page.getByText('Lost: x5, x6, x7, x8')).toBeVisible();
  await rows(page).filter({ hasText: 'Record x2 is appended' }).getByRole('button').click();
  await page.getByRole('button', { name: 'Crash: P1' }).click();
  await expect(rows(page).last()).toContainText('P1 #1 crashes');
  await expect(page.getByText('3 later actions were taken out')).toBeVisible();
  // Back to the moment that was looked at, and from there to the end as it was.
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'To the latest moment' }).click();
  await expect(page.getByText('Lost: x5, x6, x7, x8')).toBeVisible();
});

test('a link opens as a copy and leaves the run that was kept alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.getByRole('button', { name: /zombie/ }).click();
  await expect(rows(page).filter({ hasText: 'ERR__FENCED' })).toBeVisible();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(2000);
  await page.getByRole('button', { name: /^A consumer dies/ }).click();
  await expect(page.getByText('Processed again: x2, x4, x6.')).toBeVisible();
  // Kept: it is there after a reload.
  await page.waitForFunction(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('exactly-once');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('no database'));
    });
    const kept = await new Promise<string>((resolve) => {
      const request = database.transaction('playground').objectStore('playground').get('run');
      request.onsuccess = () => resolve(JSON.stringify(request.result));
    });
    database.close();
    return kept.includes('kill C2');
  });
  await page.reload();
  await expect(page.getByText('Processed again: x2, x4, x6.')).toBeVisible();

  await page.goto(link);
  await page.reload();
  await expect(page.getByText('It is a copy')).toBeVisible();
  await expect(rows(page).filter({ hasText: 'ERR__FENCED' })).toBeVisible();
  await page.getByRole('button', { name: 'Let one second pass' }).click();
  await page.getByRole('button', { name: 'Back to mine' }).click();
  await expect(page.getByText('Processed again: x2, x4, x6.')).toBeVisible();
  await expect(page).toHaveURL('/playground/');
});

test('a setup that cannot be says why, and what to do; a client that refuses is quoted', async ({ page }) => {
  await open(page);
  await page.locator('summary').filter({ hasText: 'Brokers' }).click();
  await page.getByLabel('Number of brokers').selectOption('1');
  await expect(page.getByRole('alert')).toContainText('replication.factor is 3, and there is 1 broker');
  await page.getByLabel('Number of brokers').selectOption('3');
  await expect(page.getByText('Nothing lost, nothing twice.')).toBeVisible();
  await page.locator('summary').filter({ hasText: 'Producer P1' }).click();
  await page.getByLabel('Producer P1: acks').selectOption('1');
  await page.getByLabel('Producer P1: idempotent').selectOption('true');
  await expect(page.getByRole('alert')).toContainText('P1 cannot connect: `acks` must be set to `all`');
  await page.getByLabel('Producer P1: Records to send').fill('999');
  await expect(page.getByText('A whole number from 0 to 60.')).toBeVisible();
});

test('the export is a scenario that the runner plays to the same end', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: /acks=1/ }).click();
  await page.locator('summary').filter({ hasText: 'As a scenario' }).click();
  const script = page.locator('pre[aria-busy=false]');
  await expect(script).toContainText('log orders/0\n----\n0:x1 1:x2 2:x3 3:x4');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download', exact: true }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toBe(await script.textContent());
  const outcome = await runScenario(parseScenario('playground/run', text), 'C', new ModelDriver());
  expect(outcome.status).toBe('passed');
});

test('offline it is there in both languages, and no other page loads it', async ({ page }) => {
  const { files } = JSON.parse(await readFile(path.join(BUILD, 'offline.json'), 'utf8')) as {
    readonly files: readonly { readonly url: string }[];
  };
  const urls = files.map(({ url }) => url);
  expect(urls).toEqual(expect.arrayContaining(['playground/', 'ru/playground/']));
  const loaded = async (address: string): Promise<string[]> => {
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    return page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.js') ? [name] : [])),
    );
  };
  const own = (await loaded('/playground/')).filter((name) => !name.includes('runtime'));
  const others = await loaded('/lessons/welcome/');
  const texts = await Promise.all(
    own
      .filter((name) => !others.includes(name))
      .map((name) => page.evaluate((url) => fetch(url).then((r) => r.text()), name)),
  );
  expect(texts.some((text) => text.includes('unclean.leader.election.enable'))).toBe(true);
});

for (const { prefix, preset, setup } of [
  { prefix: '', preset: /zombie/, setup: 'Producer P1' },
  { prefix: '/ru', preset: /зомби/, setup: 'Продюсер P1' },
])
  for (const scheme of ['light', 'dark'] as const)
    for (const width of [390, 1440])
      test(`axe finds nothing on ${prefix}/playground/ (${scheme}, ${width})`, async ({ page }) => {
        test.slow();
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        await open(page, `${prefix}/playground/`);
        await page.getByRole('button', { name: preset }).click();
        await expect(rows(page).filter({ hasText: 'ERR__FENCED' })).toBeVisible();
        if (width === 390) await page.locator('summary').first().click();
        await page.locator('summary').filter({ hasText: setup }).click();
        await expect(page.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        );
        expect(found).toEqual([]);
      });

test('in Russian it says the same', async ({ page }) => {
  await open(page, '/ru/playground/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Полигон');
  await page.getByRole('button', { name: /acks=1/ }).click();
  await expect(page.getByText('Потеряно: x5, x6, x7, x8')).toBeVisible();
  await page.getByRole('button', { name: 'Запустить снова: Брокер 1' }).click();
  await page.getByRole('button', { name: 'Следующее событие' }).click();
  await expect(rows(page).last()).toContainText('Брокер 1 снова запускается');
});
