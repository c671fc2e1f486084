/** A verdict as a screen reader has it: the whole tree, of each kind of verdict, in both languages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';

const LAB = 'at-least-once-consumer';
const solution = readFileSync(path.resolve(__dirname, `../../labs/${LAB}/solution.ts`), 'utf8');

for (const { name, program } of [
  { name: 'fail', program: null },
  { name: 'pass', program: solution },
  { name: 'inconclusive', program: "console.log('nothing to see');\n" },
]) {
  for (const { lang, prefix } of [
    { lang: 'en', prefix: '' },
    { lang: 'ru', prefix: '/ru' },
  ]) {
    test(`the tree of a verdict: ${name}, ${lang}`, async ({ page }) => {
      await page.addInitScript(() => localStorage.setItem('exactly-once:editor', JSON.stringify({ isPlain: true })));
      await page.goto(`${prefix}/lessons/at-least-once/#lab=${LAB}&view=full`);
      const lab = page.locator(`#lab-${LAB}`);
      if (program !== null) {
        await lab.getByRole('button', { name: /^(Edit|Править)$/ }).click();
        await lab.getByRole('textbox', { name: /^(Program|Программа)/ }).fill(program);
      }
      await lab.getByRole('button', { name: /^(Run|Запустить)/ }).click();
      const result = lab.getByRole('region', { name: /^(Result|Результат)/ });
      await expect(result.getByRole('heading', { level: 3 })).toBeVisible({ timeout: 30_000 });
      await expect(result.getByRole('progressbar')).toHaveCount(0, { timeout: 30_000 });
      await expect(result.getByRole('status').first()).not.toBeEmpty();
      await expect(result).toMatchAriaSnapshot({ name: `${name}.${lang}.aria.yml`, timeout: 20_000 });
    });
  }
}
