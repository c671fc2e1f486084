/** The labs that have a page of their own: what the starter and the solution come to, in both languages. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import abortAndGoOn from '../../labs/abort-and-go-on/lab';
import accountBalance from '../../labs/account-balance/lab';
import createOrder from '../../labs/create-order/lab';
import evictedConsumer from '../../labs/evicted-consumer/lab';
import exactlyOncePipeline from '../../labs/exactly-once-pipeline/lab';

const ROOT = path.resolve(__dirname, '../..');
const LABS = [abortAndGoOn, accountBalance, createOrder, evictedConsumer, exactlyOncePipeline];

test('every page of a lab is tried', () => {
  const pages = readdirSync(path.join(ROOT, 'docs/practice')).map((file) => file.replace('.mdx', ''));
  expect(LABS.map(({ id }) => id)).toEqual(pages.sort());
});

async function openLab(page: Page, url: string, id: string): Promise<Locator> {
  await page.goto(url);
  const lab = page.locator(`#lab-${id}`);
  await expect(() => lab.scrollIntoViewIfNeeded()).toPass();
  await expect(lab.getByRole('button', { name: /^(Run|Запустить)/ })).toBeVisible();
  return lab;
}

async function run(lab: Locator): Promise<Locator> {
  await lab.getByRole('button', { name: /^(Run|Запустить)/ }).click();
  const result = lab.getByRole('region', { name: /^(Result|Результат)/ });
  await expect(result.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 60_000 });
  // While the search goes on there is a bar below what is known.
  await expect(result.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  return result;
}

/** The words of a headline with anything in its gaps. */
function pattern(template: string): RegExp {
  const [first = '', ...rest] = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${[first, ...rest].join('.+')}$`);
}

for (const { id, versions, words } of LABS) {
  for (const { locale, prefix } of [
    { locale: 'en', prefix: '' },
    { locale: 'ru', prefix: '/ru' },
  ] as const) {
    test(`${id}: the starter fails as declared, and the solution passes (${locale})`, async ({ page }) => {
      test.slow();
      const { headlines } = words[locale];
      const { anomaly } = versions['starter']!;
      await page.addInitScript(() => localStorage.setItem('exactly-once:editor', JSON.stringify({ isPlain: true })));
      const lab = await openLab(page, `${prefix}/lessons/practice/${id}/`, id);
      const failed = await run(lab);
      await expect(failed.getByRole('heading', { level: 3 })).toHaveText(pattern(headlines[anomaly!]!));

      await lab.getByRole('button', { name: /^(Edit|Править)$/ }).click();
      const solution = readFileSync(path.join(ROOT, 'labs', id, 'solution.ts'), 'utf8');
      await lab.getByRole('textbox', { name: /^(Program|Программа)/ }).fill(solution);
      const passed = await run(lab);
      await expect(passed.getByRole('heading', { level: 3 })).toHaveText(headlines.pass!);
      await expect(passed).toContainText(locale === 'en' ? 'What was looked for' : 'Что искали');
    });
  }
}
