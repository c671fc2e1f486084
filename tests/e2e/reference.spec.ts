/** Reference pages that are made from the project itself: a row opens, a filter finds, a rule leads to its code. */
import { expect, test } from '@playwright/test';

test('a row on fidelity opens to what was expected, recorded and printed by the model', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 900 });
  await page.goto('/lessons/reference/fidelity/');
  await page.getByLabel('Find a row').fill('dif-27');
  await expect(page.getByRole('status')).toHaveText('1 row shown');
  await page.getByRole('button', { name: /DIF-27/ }).click();
  const printed = page.getByRole('row', { name: /ok offset=1/ }).last();
  await expect(printed.getByRole('cell')).toHaveText([/0:a 1:a/, 'K C J', 'K C J', 'C J']);
  await expect(page.getByText('npm run conformance -- dif-27-lost-ack-stores-twice')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
});

test('a link to a row opens it, and its rule leads to code, tests and back', async ({ page }) => {
  await page.goto('/ru/lessons/reference/fidelity/#dif-20-same-batch-twice');
  await page.getByRole('link', { name: 'PID-5', exact: true }).first().click();
  await expect(page).toHaveURL('/ru/lessons/reference/rules/#pid-5');
  const rule = page.locator('#pid-5');
  await expect(rule.getByText('src/kafka/broker/producer-state-entry.ts')).toBeVisible();
  await rule.getByRole('link', { name: 'dif-20-same-batch-twice' }).click();
  await expect(page.getByRole('button', { name: /DIF-20/ })).toHaveAttribute('aria-expanded', 'true');
});

test('a surprise of a client shows its recorded run', async ({ page }) => {
  await page.goto('/lessons/reference/what-the-clients-do/#kafkajs-reused-sequence');
  await page.getByText('The run: kafkajs acknowledges a record that is not stored').click();
  await expect(page.getByRole('row', { name: /0:A 1:C1 2:C2/ }).getByRole('cell')).toHaveText([
    /ok offset=0/,
    'K',
    'K',
    '–',
  ]);
});
