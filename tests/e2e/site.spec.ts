/** The site around the lessons: pages, languages, schemes, the 404 page, and what an audit for accessibility says. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const PAGES = [
  '/',
  '/lessons/welcome/',
  '/lessons/log-and-offsets/',
  '/lessons/at-least-once/',
  '/lessons/practice/account-balance/',
  '/lessons/reference/fidelity/',
  '/lessons/reference/what-the-clients-do/',
  '/search/',
  '/gallery/',
];
const LANGUAGES = [
  { prefix: '', lang: 'en' },
  { prefix: '/ru', lang: 'ru' },
];

/** Errors on the console and requests to other hosts, collected from now on. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== '127.0.0.1') complaints.push(`foreign host: ${request.url()}`);
  });
  return complaints;
}

for (const { prefix, lang } of LANGUAGES) {
  test(`the first page says what the course is and leads into it (${lang})`, async ({ page }) => {
    const complaints = watch(page);
    await page.goto(`${prefix}/`);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.getByRole('main').locator(`a[href="${prefix}/lessons/welcome/"]`).first().click();
    await expect(page).toHaveURL(`${prefix}/lessons/welcome/`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test(`an address without a page answers 404 in the language of the address (${lang})`, async ({ page }) => {
    const response = await page.goto(`${prefix}/nowhere/`);
    expect(response?.status()).toBe(404);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    const title = lang === 'ru' ? 'По этому адресу ничего нет' : 'There is nothing at this address';
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await page.getByRole('main').locator(`a[href="${prefix}/lessons/welcome/"]`).click();
    await expect(page).toHaveURL(`${prefix}/lessons/welcome/`);
  });

  for (const scheme of ['light', 'dark'] as const) {
    for (const path of [...PAGES, '/nowhere/']) {
      test(`axe finds nothing on ${prefix}${path} (${scheme})`, async ({ page }) => {
        // The audit of a long page takes its time.
        test.slow();
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(prefix + path);
        await expect(page.locator('html')).toHaveAttribute('data-theme', scheme);
        await page.getByRole('main').waitFor();
        // While the page is being taken over, parts of it are there twice or not at all.
        await expect(page.locator('html')).toHaveAttribute('data-has-hydrated', 'true');
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
        );
        expect(found).toEqual([]);
      });
    }
  }

  test(`nothing sticks out of a narrow screen (${lang})`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const path of PAGES) {
      await page.goto(prefix + path);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overhang, path).toBeLessThanOrEqual(0);
    }
  });
}

test('the language switch leads to the same page, and back', async ({ page }) => {
  await page.goto('/lessons/welcome/');
  await page.getByRole('link', { name: 'Русский' }).click();
  await expect(page).toHaveURL('/ru/lessons/welcome/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL('/lessons/welcome/');
});

test('on a narrow screen the language switch is in the menu', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/');
  await page.locator('.navbar__toggle').click();
  await page.locator('.navbar-sidebar').getByRole('link', { name: 'Русский' }).click();
  await expect(page).toHaveURL('/ru/');
});

test('the reader chooses light or dark, and the choice stays', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const root = page.locator('html');
  const toggle = page
    .getByRole('banner')
    .or(page.locator('.navbar'))
    .getByRole('button', { name: /dark and light/i });
  for (let presses = 0; presses < 3 && (await root.getAttribute('data-theme')) !== 'dark'; presses += 1) {
    await toggle.click();
  }
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('link', { name: 'Русский' }).click();
  await expect(page).toHaveURL('/ru/');
  await expect(root).toHaveAttribute('data-theme', 'dark');
});

test('the first page offers to continue with the lesson that was read last', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('link', { name: /^Continue/ })).toHaveCount(0);
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Start/ })
    .click();
  await page.getByRole('link', { name: /^Next/ }).click();
  await expect(page).toHaveURL('/lessons/log-and-offsets/');
  await page.goto('/');
  await page.getByRole('link', { name: /^Continue/ }).click();
  await expect(page).toHaveURL('/lessons/log-and-offsets/');
});

for (const { prefix, word } of [
  { prefix: '', word: 'offset' },
  { prefix: '/ru', word: 'консьюмер' },
]) {
  test(`the search finds "${word}"`, async ({ page }) => {
    await page.goto(`${prefix}/search/?q=${encodeURIComponent(word)}`);
    await expect(page.getByRole('main').locator('article').first()).toBeVisible();
  });
}
