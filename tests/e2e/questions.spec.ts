/** Questions and experiments of lessons: by mouse, by keyboard, kept, and audited. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';

function question(page: Page, id: string): Locator {
  return page.locator(`#check-gallery-${id}`);
}

test('a wrong answer is explained, a right one explains all, and it is kept', async ({ page }) => {
  await page.goto('/gallery/');
  const single = question(page, 'single');
  await single.getByRole('radio', { name: 'Kafka lost the reading.' }).check();
  await single.getByRole('button', { name: 'Check' }).click();
  await expect(single.getByRole('status')).toHaveText('Not yet.');
  await expect(single.getByText('It is the effect that is missing.')).toBeVisible();
  await expect(single.getByText('Right. The shortest execution')).toBeHidden();
  await single.getByRole('button', { name: 'Explain every answer' }).click();
  await expect(single.getByText('Right. The shortest execution')).toBeVisible();
  await single.getByRole('radio', { name: /^The program loses/ }).check();
  await expect(single.getByRole('status')).toBeEmpty();
  await single.getByRole('button', { name: 'Check' }).click();
  await expect(single.getByRole('status')).toHaveText('Right.');
  await expect(single.getByText('what the world does to the program')).toBeVisible();
  await page.reload();
  await single.hover();
  await expect(single).toContainText('answered');
});

test('several answers have to be complete', async ({ page }) => {
  await page.goto('/gallery/');
  const multiple = question(page, 'multiple');
  await multiple.getByRole('checkbox', { name: 'The position.' }).check();
  await multiple.getByRole('button', { name: 'Check' }).click();
  await expect(multiple.getByRole('status')).toContainText('something is missing');
  await multiple.getByRole('checkbox', { name: /^A commit that is queued/ }).check();
  await multiple.getByRole('button', { name: 'Check' }).click();
  await expect(multiple.getByRole('status')).toHaveText('Right.');
});

test('lines are put in order by keyboard alone', async ({ page }) => {
  await page.goto('/gallery/');
  const order = question(page, 'order');
  const lines = [
    'It is given the record.',
    'It sends the request and waits for the answer.',
    'It commits the next offset.',
  ];
  for (const [place, line] of lines.entries()) {
    const item = order.getByRole('listitem').filter({ hasText: line });
    const up = item.getByRole('button', { name: / up$/ });
    const placeOf = (): Promise<number> =>
      order
        .getByRole('listitem')
        .evaluateAll((all, text) => all.findIndex((one) => one.textContent.includes(text)), line);
    while ((await placeOf()) > place) {
      await up.focus();
      await page.keyboard.press('Enter');
    }
  }
  await order.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  await expect(order.getByText('Right.', { exact: true })).toBeVisible();
  await expect(order.getByText('Whatever is committed before its effect')).toBeVisible();
});

test('a step is pointed at in a live run by keyboard', async ({ page }) => {
  await page.goto('/gallery/');
  const point = question(page, 'point');
  await point.getByRole('button', { name: 'Next step' }).click();
  await point.getByRole('button', { name: /^This is it/ }).click();
  await expect(point.getByText('At this step everything can still go well.')).toBeVisible();
  await point.locator('[aria-current=step]').focus();
  for (let step = 0; step < 40; step += 1) {
    if ((await point.locator('[aria-current=step]').textContent())?.includes('crashes') === true) break;
    await page.keyboard.press('ArrowDown');
  }
  await point.getByRole('button', { name: /^This is it/ }).click();
  await expect(point.getByText('Right.', { exact: true })).toBeVisible();
  await expect(point.getByText('the only process that knew of the order is gone')).toBeVisible();
});

test('an experiment says what comes of each switch, by arrow keys too', async ({ page }) => {
  await page.goto('/gallery/');
  const before = page.getByRole('radio', { name: 'before shipping' });
  await expect(page.getByText('Order 2 is never shipped:')).toBeVisible();
  await before.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'after shipping' })).toBeChecked();
  await expect(page.getByText('Order 2 is shipped twice:')).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'again' }).first()).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const url of ['/gallery/', '/ru/gallery/']) {
    test(`questions and experiments are accessible: ${url}, ${colorScheme}`, async ({ page }) => {
      // The audit of a long page takes its time.
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.goto(url);
      for (const id of ['single', 'multiple']) {
        await question(page, id)
          .getByRole(id === 'single' ? 'radio' : 'checkbox')
          .first()
          .check();
      }
      for (const button of await page.getByRole('button', { name: /^(Check|Проверить)$/ }).all()) await button.click();
      const { violations } = await new AxeBuilder({ page }).include('main').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    });
  }
}
