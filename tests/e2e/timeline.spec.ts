/** A timeline of hundreds of rows, of which only those around the current one are in the page; and the page on paper. */
import { expect, test, type Locator, type Page } from '@playwright/test';

/** Its starter delivers again and again, so that its execution is long. */
const lesson = '/lessons/practice/create-order/';

async function openLongTimeline(page: Page): Promise<{ lab: Locator; list: Locator; current: Locator }> {
  await page.goto(`${lesson}#lab=create-order&view=full`);
  const lab = page.locator('#lab-create-order');
  await lab.getByRole('button', { name: /^Run/ }).click();
  await lab.getByRole('checkbox', { name: 'All events' }).check({ timeout: 60_000 });
  const list = lab.getByRole('list', { name: 'Events of this execution, in order' });
  expect(Number(await lab.getByRole('slider').getAttribute('max'))).toBeGreaterThan(300);
  return { lab, list, current: list.locator('[aria-current=step]') };
}

test('the keyboard stays in a long timeline, however far it goes', async ({ page }) => {
  test.slow();
  const { lab, list, current } = await openLongTimeline(page);
  const count = Number(await lab.getByRole('slider').getAttribute('max'));
  const isAt = async (row: number): Promise<void> => {
    await expect(lab.getByRole('slider')).toHaveValue(String(row));
    await expect(current).toBeFocused();
    await expect(current).toBeInViewport();
    expect(await list.getByRole('listitem').count()).toBeLessThan(50);
  };
  await current.focus();
  await page.keyboard.press('End');
  await isAt(count);
  await page.keyboard.press('Home');
  await isAt(1);
  for (let row = 2; row <= 40; row += 1) await page.keyboard.press('ArrowDown');
  await isAt(40);
});

test('the list shows the step that the slider jumps to, and what is around it', async ({ page }) => {
  test.slow();
  const { lab, list, current } = await openLongTimeline(page);
  await lab.getByRole('slider').fill('200');
  // The list is scrolled, and nothing around it: who drags the slider may have only the lower end of the list before them.
  await list.evaluate((element) => element.parentElement!.scrollIntoView({ block: 'start' }));
  await expect(current).toBeInViewport();
  const rows = list.getByRole('listitem');
  for (const number of ['199', '201']) {
    await expect(rows.filter({ hasText: new RegExp(`^(\\D )?${number}(?!\\d)`) })).toBeInViewport();
  }
});

test('the program follows the pointer that moves over the list, and the keyboard while it rests there', async ({
  page,
}) => {
  test.slow();
  const { lab, list, current } = await openLongTimeline(page);
  const shownLine = (): Promise<number> =>
    lab
      .locator('.theme-code-block-highlighted-line')
      .first()
      .evaluate((line) => Array.from(line.parentElement!.querySelectorAll('.token-line')).indexOf(line) + 1);
  const lineOf = async (row: Locator): Promise<number> => Number(/\bline (\d+)/.exec(await row.innerText())?.[1]);
  const atLine = list.getByRole('listitem').filter({ hasText: /\bline \d/ });
  await current.focus();
  await page.keyboard.press('Home');
  await atLine.first().hover();
  await expect.poll(shownLine).toBe(await lineOf(atLine.first()));
  // Far enough that the list has to scroll under the pointer.
  let written = NaN;
  for (let row = 2; row <= 60; row += 1) {
    await page.keyboard.press('ArrowDown');
    const line = await lineOf(current);
    if (Number.isNaN(line)) continue;
    written = line;
    expect(await shownLine()).toBe(line);
  }
  expect(written).toBeGreaterThan(0);
});

test('back from full screen the button that leads there again is in view', async ({ page }) => {
  await page.goto(`${lesson}#lab=create-order&view=full`);
  const lab = page.locator('#lab-create-order');
  await lab.getByRole('button', { name: 'Back to the lesson' }).press('Enter');
  const button = lab.getByRole('button', { name: 'Full screen' });
  await expect(button).toBeFocused();
  const isCovered = await button.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return !element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  expect(isCovered).toBe(false);
});

test('paper is light, whatever the page is', async ({ page }) => {
  const ink = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).color);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(lesson);
  // Before that the page does not yet follow the system.
  await expect(page.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
  const light = await ink();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ink).not.toBe(light);
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await expect.poll(ink).toBe(light);
  await expect(page.locator('.theme-back-to-top-button')).toBeHidden();
});
