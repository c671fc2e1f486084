/** What the reader has done: marked, taken along as a file, and readable without a network. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { weightOf } from '../../scripts/bench/page-weight';

const BUILD = path.resolve(__dirname, '../../build');

/** Runs the first lab's starter, so that there is something to be kept. */
async function runFirstLab(page: Page): Promise<void> {
  await page.goto('/lessons/welcome/#lab=first-run');
  const lab = page.locator('#lab-first-run');
  await lab.getByRole('button', { name: /^Run/ }).click();
  await expect(lab.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 30_000 });
  await expect(lab.getByText('Your runs (1)')).toBeVisible();
}

test('a lab that was begun is marked in the sidebar and on the map', async ({ page }) => {
  test.slow();
  await runFirstLab(page);
  const sidebar = page.getByRole('navigation', { name: 'Lessons', exact: true });
  await expect(sidebar.getByRole('link', { name: 'Welcome (begun)' })).toBeVisible();
  await page.goto('/progress/');
  await expect(page.getByRole('main')).toContainText('(begun)');
});

test('a progress file takes everything to another browser', async ({ page, browser }) => {
  test.slow();
  await runFirstLab(page);
  await page.goto('/progress/');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a progress file' }).click();
  const file = await (await saving).path();
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'exactly-once-progress', schema: 1 });

  const other = await browser.newContext({ serviceWorkers: 'block' });
  const there = await other.newPage();
  await there.goto('/progress/');
  await expect(there.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
  await there.locator('input[type=file]').setInputFiles(file);
  await expect(there.getByText('Read and merged.')).toBeVisible();
  await expect(there.getByRole('main')).toContainText('(begun)');
  await there.goto('/lessons/welcome/#lab=first-run');
  await expect(there.getByText('Your runs (1)')).toBeVisible();
  await there.goto('/progress/');
  await there.locator('input[type=file]').setInputFiles({
    name: 'other.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"something":"else"}'),
  });
  await expect(there.getByText('no progress file of this course')).toBeVisible();
  await other.close();
});

test('the downloaded course opens and grades without a network, in both languages', async ({ browser }) => {
  test.slow();
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  await page.goto('/progress/');
  await page.getByRole('button', { name: 'Download for offline use' }).click();
  await expect(page.getByText('opens without a network.')).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  await page.goto('/ru/lessons/welcome/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await runFirstLab(page);
  await page.locator('#lab-first-run').getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByRole('textbox', { name: /^Program/ })).toBeFocused({ timeout: 30_000 });
  await context.close();
});

test('a lesson weighs hardly more than a page without one', () => {
  const plain = weightOf(BUILD, '404.html').scripts;
  for (const page of [
    'lessons/welcome/index.html',
    'lessons/at-least-once/index.html',
    'ru/lessons/at-least-once/index.html',
    'lessons/practice/create-order/index.html',
    'ru/lessons/practice/exactly-once-pipeline/index.html',
    'lessons/reference/settings/index.html',
    'index.html',
  ]) {
    expect(weightOf(BUILD, page).scripts, page).toBeLessThanOrEqual(plain + 15);
  }
});

test('Russian search results show the words around the one that was found', async ({ page }) => {
  await page.goto(`/ru/search/?q=${encodeURIComponent('перезапуск')}`);
  const excerpt = page.getByRole('main').locator('article p:has(mark)').first();
  await expect(excerpt).toBeVisible({ timeout: 20_000 });
  expect((await excerpt.textContent())?.trim().split(/\s+/).length).toBeGreaterThan(3);
});

test('search engines and other readers find a map, a list and nothing unlisted', async ({ request }) => {
  const sitemap = await (await request.get('/sitemap.xml')).text();
  expect(sitemap).toContain('/lessons/welcome/');
  expect(sitemap).not.toContain('/gallery/');
  expect(await (await request.get('/llms.txt')).text()).toMatch(/\[Welcome\]\(.*\/lessons\/welcome\/\)/);
  const manifest = (await (await request.get('/manifest.webmanifest')).json()) as { icons: { src: string }[] };
  for (const { src } of manifest.icons) expect((await request.get(`/${src}`)).status()).toBe(200);
});
