/** No request to a foreign host, ever: not by the search, a full-screen lab, a grading, or the course without a network. */
import { expect, test, type BrowserContext, type Page } from '@playwright/test';

/** Addresses outside of this host that a page or its service worker asks for, collected from now on. */
function foreignRequests(context: BrowserContext): string[] {
  const foreign: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.hostname !== '127.0.0.1') foreign.push(request.url());
  });
  context.on('page', (page) => page.on('websocket', (socket) => foreign.push(socket.url())));
  return foreign;
}

/** Edits, completes, runs and steps in the lab that fills the window. */
async function workInFullScreen(page: Page, prefix: string): Promise<void> {
  await page.goto(`${prefix}/lessons/at-least-once/#lab=at-least-once-consumer&view=full`);
  const lab = page.locator('#lab-at-least-once-consumer');
  await lab.getByRole('button', { name: /^(Edit|Править)$/ }).click();
  await expect(lab.getByRole('textbox', { name: /^(Program|Программа)/ })).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nconsumer.comm');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-widget')).toContainText('commitOffsets', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await expect(lab.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 30_000 });
  await lab.locator('ol [aria-current=step]').last().focus();
  await page.keyboard.press('ArrowDown');
}

async function search(page: Page, prefix: string, word: string): Promise<void> {
  await page.goto(`${prefix}/search/?q=${encodeURIComponent(word)}`);
  await expect(page.getByRole('main').locator('article').first()).toBeVisible({ timeout: 20_000 });
}

for (const { prefix, lang, word } of [
  { prefix: '', lang: 'en', word: 'offset' },
  { prefix: '/ru', lang: 'ru', word: 'консьюмер' },
]) {
  test(`search and full screen ask nobody else (${lang})`, async ({ page, context }) => {
    test.slow();
    const foreign = foreignRequests(context);
    page.on('websocket', (socket) => foreign.push(socket.url()));
    await search(page, prefix, word);
    await workInFullScreen(page, prefix);
    expect(foreign).toEqual([]);
  });
}

test('neither does the course without a network, nor try to', async ({ browser }) => {
  test.slow();
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  const foreign = foreignRequests(context);
  const page = await context.newPage();
  await page.goto('/progress/');
  await page.getByRole('button', { name: 'Download for offline use' }).click();
  await expect(page.getByText('opens without a network.')).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  await search(page, '/ru', 'консьюмер');
  await workInFullScreen(page, '');
  expect(foreign).toEqual([]);
  await context.close();
});
