/** The lab as a place to work: full screen, keys, settings, links, earlier runs. Nothing of the reader's gets lost. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';

const lesson = '/lessons/at-least-once/';

/** Its text gives way to its live part when it comes into view, which may be while it is being scrolled to. */
async function bringIntoView(lab: Locator): Promise<void> {
  await expect(() => lab.scrollIntoViewIfNeeded()).toPass();
  await expect(lab.getByRole('button', { name: /^(Run|Запустить)/ })).toBeVisible();
}

/** The lab of the page, live. */
async function openLab(page: Page, url = lesson): Promise<Locator> {
  await page.goto(url);
  const lab = page.locator('#lab-at-least-once-consumer');
  await bringIntoView(lab);
  return lab;
}

function headline(lab: Locator): Locator {
  return lab.getByRole('region', { name: /^(Result|Результат)/ }).getByRole('heading', { level: 3 });
}

/** The plain field, which takes text at once. */
async function editPlainly(page: Page, lab: Locator): Promise<Locator> {
  await lab.getByRole('button', { name: 'Keys and settings' }).click();
  await page.getByRole('checkbox', { name: 'Plain text field instead of the full editor' }).check();
  await page.getByRole('button', { name: 'Close' }).click();
  await lab.getByRole('button', { name: 'Edit' }).click();
  return lab.getByRole('textbox', { name: /^Program/ });
}

test('a keyboard alone is enough: full screen, edit, run, read, step, back', async ({ page }) => {
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Full screen' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#lab=at-least-once-consumer&view=full/);
  await expect(page.locator('nav.navbar')).toHaveAttribute('inert');
  const divider = lab.getByRole('separator', { name: 'Width of the task' });
  await divider.focus();
  const width = Number(await divider.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', String(width + 2));
  await lab.getByRole('button', { name: 'Edit' }).focus();
  await page.keyboard.press('Enter');
  const editor = lab.getByRole('textbox', { name: /^Program/ });
  await expect(editor).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press('Control+s');
  await expect(headline(lab)).toHaveText('Order 4 was never shipped', { timeout: 30_000 });
  await expect(editor).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
  await lab.locator('[aria-current=step]').last().focus();
  await page.keyboard.press('ArrowDown');
  await expect(lab.locator('ol [aria-current=step]').last()).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Save and run');
  await page.keyboard.press('Escape');
  await lab.getByRole('button', { name: 'Back to the lesson' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('nav.navbar')).not.toHaveAttribute('inert');
  await lab.getByRole('button', { name: 'Full screen' }).click();
  await expect(divider).toHaveAttribute('aria-valuenow', String(width + 2));
});

test('settings of the editor are kept', async ({ page }) => {
  let lab = await openLab(page);
  await editPlainly(page, lab);
  lab = await openLab(page);
  await lab.getByRole('button', { name: 'Keys and settings' }).click();
  await expect(page.getByRole('checkbox', { name: /^Plain text field/ })).toBeChecked();
  await page.getByRole('combobox').selectOption('18');
  await page.reload();
  await bringIntoView(lab);
  await lab.getByRole('button', { name: 'Keys and settings' }).click();
  await expect(page.getByRole('combobox')).toHaveValue('18');
});

test('what was typed in the last moment before leaving is there again', async ({ page }) => {
  let lab = await openLab(page);
  const field = await editPlainly(page, lab);
  await field.fill('// first');
  await expect(lab.getByText(/^Saved/)).toBeVisible();
  await field.fill('// the last word');
  await page.goto('about:blank');
  lab = await openLab(page);
  await expect(lab).toContainText('// the last word');
});

test('a link carries the program, opens as a copy, runs nothing and overwrites nothing', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  let lab = await openLab(page);
  const field = await editPlainly(page, lab);
  const starter = await field.inputValue();
  await field.fill(`${starter}// given away\n`);
  await lab.getByRole('button', { name: 'Copy a link to my code' }).click();
  await expect(lab.getByText('Link copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeLessThan(2000);
  await field.fill(`${starter}// my own\n`);
  await expect(lab.getByText(/^Saved/)).toBeVisible();

  await page.goto('about:blank');
  lab = await openLab(page, link);
  await expect(lab).toContainText('// given away');
  await expect(lab).toContainText('This program came with a link');
  await expect(headline(lab)).toHaveCount(0);
  await lab.getByRole('button', { name: 'Run' }).click();
  await expect(headline(lab)).toBeVisible({ timeout: 30_000 });
  await expect(lab.getByText(/^Your runs/)).toHaveCount(0);
  await lab.getByRole('button', { name: 'Back to mine' }).click();
  await expect(lab).toContainText('// my own');
  await expect(page).toHaveURL(/at-least-once\/$/);

  await page.goto('about:blank');
  lab = await openLab(page, link);
  await lab.getByRole('button', { name: 'Keep it as mine' }).click();
  await expect(lab).toContainText('// given away');
  await lab.getByRole('button', { name: 'Bring it back' }).click();
  await expect(lab).toContainText('// my own');
});

test('a link that was cut off says so and leaves the lab usable', async ({ page }) => {
  const lab = await openLab(page, `${lesson}#lab=at-least-once-consumer&code=1.aaaa.bbbb.cut`);
  await expect(lab).toContainText('another version of this lab');
  await lab.getByRole('button', { name: 'Close' }).click();
  await expect(lab.getByText('another version of this lab')).toHaveCount(0);
});

test('a link to a step replays the execution and shows the step', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  let lab = await openLab(page);
  await lab.getByRole('button', { name: 'Run' }).click();
  await expect(headline(lab)).toBeVisible({ timeout: 30_000 });
  await lab.locator('ol [aria-current=step]').last().focus();
  await page.keyboard.press('End');
  const last = await lab.getByRole('slider').getAttribute('aria-valuetext');
  await lab.getByRole('button', { name: 'Copy a link to this step' }).click();
  await expect(lab.getByRole('button', { name: 'Copied' })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  lab = await openLab(page, link);
  await lab.getByRole('button', { name: 'Replay it' }).click();
  await expect(lab.getByRole('slider')).toBeVisible({ timeout: 30_000 });
  // Without the verdict's story fewer rows may be shown; the event is the same.
  const sentence = (text: string | null): string => (text ?? '').replace(/^[^:]*: /, '');
  expect(sentence(await lab.getByRole('slider').getAttribute('aria-valuetext'))).toBe(sentence(last));
});

test('earlier runs are listed and can be taken again', async ({ page }) => {
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Run' }).click();
  await expect(headline(lab)).toBeVisible({ timeout: 30_000 });
  const field = await editPlainly(page, lab);
  await field.fill('const = 1;');
  await lab.getByText('Your runs (1)').click();
  await lab.getByRole('button', { name: 'Take this program' }).click();
  await expect(field).toHaveValue(/commitOffsets/);
  await lab.getByRole('button', { name: 'Bring it back' }).click();
  await expect(field).toHaveValue('const = 1;');
});

test('the timeline shows causes, hides lanes and stops at breakpoints', async ({ page }) => {
  test.slow();
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Run' }).click();
  await expect(headline(lab)).toBeVisible({ timeout: 30_000 });
  const rows = lab.getByRole('list', { name: 'Events of this execution, in order' }).getByRole('listitem');
  await lab.getByRole('checkbox', { name: 'Causes' }).check();
  await expect(rows.filter({ hasText: 'before the current step' }).first()).toBeVisible();
  const all = await rows.count();
  await lab.getByText('Lanes', { exact: true }).click();
  await lab.getByRole('checkbox', { name: 'consumer' }).uncheck();
  expect(await rows.count()).toBeLessThan(all);
  await lab.getByRole('checkbox', { name: 'consumer' }).check();
  await lab.getByRole('button', { name: 'Edit' }).click();
  await expect(lab.getByRole('textbox', { name: /^Program/ })).toBeFocused({ timeout: 30_000 });
  await lab.locator('.line-numbers', { hasText: /^25$/ }).click();
  await lab.getByRole('button', { name: 'To the next breakpoint' }).click();
  await expect(lab.locator('ol [aria-current=step]').last()).toContainText('line 25');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the full screen and its dialog are accessible (${colorScheme})`, async ({ page }) => {
    // The audit of a long page takes its time.
    test.slow();
    await page.emulateMedia({ colorScheme });
    const lab = await openLab(page, `${lesson}#lab=at-least-once-consumer&view=full`);
    await lab.getByRole('button', { name: 'Run' }).click();
    await expect(headline(lab)).toBeVisible({ timeout: 30_000 });
    await lab.getByRole('checkbox', { name: 'Causes' }).check();
    const full = await new AxeBuilder({ page }).analyze();
    expect(full.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    await lab.getByRole('button', { name: 'Keys and settings' }).click();
    const dialog = await new AxeBuilder({ page }).include('dialog').analyze();
    expect(dialog.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
}
