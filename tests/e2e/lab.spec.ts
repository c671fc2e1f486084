/** The lab in a lesson, as a learner meets it: read, run, step, edit, come back. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';

const lesson = '/lessons/at-least-once/';
const lessonRu = '/ru/lessons/at-least-once/';

/** Its text gives way to its live part when it comes into view, which may be while it is being scrolled to. */
async function bringIntoView(lab: Locator): Promise<void> {
  await expect(() => lab.scrollIntoViewIfNeeded()).toPass();
  await expect(lab.getByRole('button', { name: /^(Run|Запустить)/ })).toBeVisible();
}

/** The lab of the page, with its code loaded. */
async function openLab(page: Page, url = lesson): Promise<Locator> {
  await page.goto(url);
  const lab = page.locator('#lab-at-least-once-consumer');
  await bringIntoView(lab);
  return lab;
}

async function runLab(lab: Locator): Promise<Locator> {
  await lab.getByRole('button', { name: /^(Run|Запустить)/ }).click();
  const result = lab.getByRole('region', { name: /^(Result|Результат)/ });
  await expect(result.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 30_000 });
  return result;
}

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('task, starter and recorded runs can be read', async ({ page }) => {
    await page.goto(lesson);
    const lab = page.locator('#lab-at-least-once-consumer');
    await expect(lab).toContainText("import { KafkaJS } from '@confluentinc/kafka-javascript'");
    await expect(lab).toContainText('What will happen to your program');
    await expect(page.getByRole('list', { name: 'Events of this execution, in order' }).first()).toBeVisible();
  });
});

test('the starter is run without opening the editor and fails with a story', async ({ page }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|blob:|data:|about:)/.test(request.url())) foreign.push(request.url());
  });
  const result = await runLab(await openLab(page));
  await expect(result).toContainText('lost-record · found with one fault');
  await expect(result).toContainText('What happened');
  await expect(result.getByRole('table').first()).toContainText('never');
  expect(foreign).toEqual([]);
});

test('a lab that is touched has an engine ready, which is given up with the page', async ({ page }) => {
  const lab = await openLab(page);
  const sandboxes = page.locator('iframe[sandbox]');
  await expect(sandboxes).toHaveCount(0);
  await lab.hover();
  await expect(sandboxes).toHaveCount(1);
  await runLab(lab);
  await lab.getByRole('button', { name: 'To the fault' }).press('Shift');
  await expect(sandboxes).toHaveCount(1);
  await page.getByRole('link', { name: 'The three guarantees' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('guarantees');
  await expect(sandboxes).toHaveCount(0);
});

test('the timeline is stepped by keyboard, and the program follows', async ({ page }) => {
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Run' }).click();
  const result = lab.getByRole('region', { name: 'Result' });
  const current = result
    .getByRole('list', { name: 'Events of this execution, in order' })
    .locator('[aria-current=step]');
  await current.focus();
  await page.keyboard.press('Home');
  await expect(current).toContainText('starts');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(current).toBeFocused();
  await expect(current).toContainText('is delivered');
  // The execution is shown before the others are counted, and stepped as soon as it is.
  await expect(result.getByRole('progressbar')).toHaveCount(0);
  await expect(lab.locator('.theme-code-block-highlighted-line').first()).toContainText('eachMessage');
  await page.keyboard.press('End');
  await expect(result.getByRole('slider')).toHaveAttribute('aria-valuetext', /^(\d+) \/ \1/);
  await result.getByRole('button', { name: 'To the fault' }).click();
  await expect(current).toContainText('crashes');
});

test('the editor completes the client and marks type errors', async ({ page }) => {
  test.slow();
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Edit' }).click();
  const editor = lab.getByRole('textbox', { name: /^Program/ });
  await expect(editor).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press('Control+End');
  await page.keyboard.type('const wrong: number = "text";\nconsumer.comm');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-widget')).toContainText('commitOffsets', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(lab.locator('.squiggly-error').first()).toBeVisible({ timeout: 30_000 });
});

test('the editor is left by Escape and Tab', async ({ page }) => {
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Edit' }).click();
  const editor = lab.getByRole('textbox', { name: /^Program/ });
  await expect(editor).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
});

test('a draft is kept, reset and brought back', async ({ page }) => {
  let lab = await openLab(page);
  await lab.getByRole('button', { name: 'Edit' }).click();
  await expect(lab.getByRole('textbox', { name: /^Program/ })).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// mine\n');
  await expect(lab.getByText(/^Saved/)).toBeVisible();
  lab = await openLab(page);
  await expect(lab).toContainText('// mine');
  await lab.getByRole('button', { name: 'Reset' }).click();
  await expect(lab).not.toContainText('// mine');
  await lab.getByRole('button', { name: 'Bring it back' }).click();
  await expect(lab).toContainText('// mine');
});

test('a program that cannot be read is told with its line', async ({ page }) => {
  const lab = await openLab(page);
  await lab.getByRole('button', { name: 'Edit' }).click();
  await expect(lab.getByRole('textbox', { name: /^Program/ })).toBeFocused({ timeout: 30_000 });
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('const const = 1;\n');
  await page.keyboard.press('Control+Enter');
  const result = lab.getByRole('region', { name: /^Result/ });
  await expect(result).toContainText('syntax-error', { timeout: 30_000 });
  await expect(result.getByRole('button', { name: 'Go to line 1', exact: true })).toBeVisible();
});

test('an engine that does not load says what to do', async ({ page }) => {
  const lab = await openLab(page);
  await page.route('**/assets/js/*.js', (route) => route.abort());
  await lab.getByRole('button', { name: /^Run/ }).click();
  await expect(lab.getByRole('alert')).toContainText('could not be loaded');
  await page.unroute('**/assets/js/*.js');
  await lab.getByRole('button', { name: 'Try again' }).click();
  await expect(lab.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 30_000 });
});

test('a recorded run comes to life at the first click', async ({ page }) => {
  await page.goto(lesson);
  const run = page.getByRole('group', { name: 'A recorded run' }).first();
  await run.getByRole('button', { name: 'Next step' }).click();
  const position = run.getByRole('slider');
  // The first click loads the run's code and is then carried out.
  await expect(position).toHaveValue('2');
  await run.getByRole('button', { name: 'Previous step' }).click();
  await expect(position).toHaveValue('1');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const url of [lesson, lessonRu]) {
    test(`lab and verdict are accessible: ${url}, ${colorScheme}`, async ({ page }) => {
      // The audit of a long page takes its time.
      test.slow();
      await page.emulateMedia({ colorScheme });
      const lab = await openLab(page, url);
      await runLab(lab);
      await lab.getByText(/^(All events as a table|Все события таблицей)$/).click();
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }
}

test('on a phone nothing is cut off and the plain editor works', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    serviceWorkers: 'block',
  });
  const page = await context.newPage();
  const lab = await openLab(page, lessonRu);
  await lab.getByRole('button', { name: 'Править' }).tap();
  await lab.getByRole('textbox', { name: /^Программа/ }).fill('const = 1;');
  await runLab(lab);
  await expect(lab).toContainText('syntax-error');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});
