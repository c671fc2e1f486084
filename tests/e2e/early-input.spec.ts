/** A reader is faster than the page's code: what is clicked meanwhile is done all the same. */
import { expect, test, type Locator, type Page } from '@playwright/test';

const lesson = '/lessons/at-least-once/';

/** Holds back the page's code; the returned function lets it come. */
async function holdCode(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/js/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return () => release();
}

function firstRun(page: Page): Locator {
  return page.getByRole('group', { name: 'A recorded run' }).first();
}

test('a step is taken that was clicked before the page was live', async ({ page }) => {
  const release = await holdCode(page);
  await page.goto(lesson, { waitUntil: 'commit' });
  await firstRun(page).getByRole('button', { name: 'Next step' }).click();
  release();
  await expect(firstRun(page).getByRole('slider')).toHaveValue('2');
});

test('a slider that was moved before the page was live stays there', async ({ page }) => {
  const release = await holdCode(page);
  await page.goto(lesson, { waitUntil: 'commit' });
  await firstRun(page).getByRole('slider').fill('4');
  release();
  // The text's slider names the step that it came with, the live one the step that it is at.
  await expect(firstRun(page).getByRole('slider')).toHaveAttribute('aria-valuetext', /^4 \//);
});

test('a box that was ticked before the page was live stays ticked', async ({ page }) => {
  const release = await holdCode(page);
  await page.goto(lesson, { waitUntil: 'commit' });
  const box = firstRun(page).getByRole('checkbox', { name: 'All events' });
  const rows = firstRun(page).getByRole('listitem');
  const few = await rows.count();
  await box.check();
  release();
  await expect.poll(() => rows.count()).toBeGreaterThan(few);
  await expect(box).toBeChecked();
});

test('a press during which the code arrives is a click', async ({ page }) => {
  await page.goto(lesson);
  await expect(page.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
  const release = await holdCode(page);
  const button = firstRun(page).getByRole('button', { name: 'Next step' });
  await button.hover();
  await page.mouse.down();
  const loaded = page.waitForResponse('**/assets/js/*.js');
  release();
  await (await loaded).finished();
  await page.mouse.up();
  await expect(firstRun(page).getByRole('slider')).toHaveValue('2');
});

test('a choice on the first page made before it was live is kept and shown', async ({ page }) => {
  const release = await holdCode(page);
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByRole('radio', { name: 'after shipping' }).check();
  release();
  await expect(page.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
  await expect(page.getByRole('radio', { name: 'after shipping' })).toBeChecked();
  await expect(page.getByRole('main')).toContainText('is delivered again');
});

test('the menu opens that was asked for before the page was live', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const release = await holdCode(page);
  await page.goto('/', { waitUntil: 'commit' });
  await page.locator('.navbar__toggle').click();
  release();
  await expect(page.locator('.navbar-sidebar').getByRole('link', { name: 'Русский' })).toBeVisible();
});
