/**
 * How the pages look, in states that matter, at three widths, in both languages and both schemes. The pictures are kept
 * under `snapshots/`; after a change that is meant: `npm run e2e -- look --update-snapshots`, and look at each.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';

const ROOT = path.resolve(__dirname, '../..');
const LAB = 'evicted-consumer';
const LAB_PAGE = `/lessons/practice/${LAB}/`;
const SIZES = [
  { width: 390, height: 720 },
  { width: 768, height: 760 },
  { width: 1440, height: 800 },
];
const solution = readFileSync(path.join(ROOT, 'labs', LAB, 'solution.ts'), 'utf8');

const STYLE = path.join(__dirname, 'look.css');

interface State {
  readonly name: string;
  /** Brings the page into the state. @returns what is brought to the upper edge; null for the top of the page */
  readonly enter: (page: Page, prefix: string) => Promise<Locator | null>;
}

async function runLab(page: Page, program: string | null): Promise<Locator> {
  const lab = page.locator(`#lab-${LAB}`);
  await expect(() => lab.scrollIntoViewIfNeeded()).toPass();
  const run = lab.getByRole('button', { name: /^(Run|Запустить)/ });
  await expect(run).toBeVisible();
  if (program !== null) {
    await lab.getByRole('button', { name: /^(Edit|Править)$/ }).click();
    await lab.getByRole('textbox', { name: /^(Program|Программа)/ }).fill(program);
  }
  await run.click();
  const result = lab.getByRole('region', { name: /^(Result|Результат)/ });
  await expect(result.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 30_000 });
  await expect(result.getByRole('progressbar')).toHaveCount(0, { timeout: 30_000 });
  return result;
}

function at(address: string, place?: (page: Page) => Locator): State['enter'] {
  return async (page, prefix) => {
    await page.goto(`${prefix}${address}`);
    return place?.(page) ?? null;
  };
}

/** Its settings are folded where the first screen is narrow, so it is entered on a narrow one. */
async function enterPlayground(page: Page, prefix: string): Promise<null> {
  await page.setViewportSize(SIZES[0]!);
  await page.goto(`${prefix}/playground/`);
  await expect(page.getByRole('slider').first()).toBeVisible();
  return null;
}

const STATES: readonly State[] = [
  { name: 'home', enter: at('/') },
  { name: 'course-map', enter: at('/progress/') },
  { name: 'lesson', enter: at('/lessons/log-and-offsets/') },
  { name: 'settings', enter: at('/lessons/reference/settings/') },
  {
    name: 'timeline',
    enter: at(LAB_PAGE, (page) => page.getByRole('list', { name: /^(Events of this|События этого)/ }).first()),
  },
  {
    name: 'lab-fail',
    enter: async (page, prefix) => {
      await page.goto(prefix + LAB_PAGE);
      return runLab(page, null);
    },
  },
  {
    name: 'lab-pass',
    enter: async (page, prefix) => {
      await page.goto(prefix + LAB_PAGE);
      return runLab(page, solution);
    },
  },
  {
    name: 'full-screen',
    enter: async (page, prefix) => {
      await page.goto(`${prefix}${LAB_PAGE}#lab=${LAB}&view=full`);
      await runLab(page, null);
      return null;
    },
  },
  ...(existsSync(path.join(ROOT, 'build/playground/index.html'))
    ? [{ name: 'playground', enter: enterPlayground }]
    : []),
];

/** Where the picture begins: a place of the page below the bar, or the top. */
async function bringUp(page: Page, place: Locator | null): Promise<void> {
  if (place === null) await page.evaluate(() => window.scrollTo(0, 0));
  else
    await place.evaluate((element) => {
      const bar = document.querySelector('nav.navbar')?.getBoundingClientRect().height ?? 0;
      window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - bar - 16);
    });
}

for (const { name, enter } of STATES) {
  for (const { lang, prefix } of [
    { lang: 'en', prefix: '' },
    { lang: 'ru', prefix: '/ru' },
  ]) {
    test(`${name} looks as it did (${lang})`, async ({ page }) => {
      test.slow();
      await page.addInitScript(() => localStorage.setItem('exactly-once:editor', JSON.stringify({ isPlain: true })));
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      const place = await enter(page, prefix);
      await expect(page.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
      for (const size of SIZES) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
          await page.evaluate(() => document.fonts.ready);
          await page.mouse.move(0, 0);
          await bringUp(page, place);
          await expect.soft(page).toHaveScreenshot(`${name}-${lang}-${size.width}-${colorScheme}.png`, {
            maxDiffPixelRatio: 0.01,
            stylePath: STYLE,
          });
        }
      }
    });
  }
}
