/** Strangers' programs in the page's sandbox: held, with the same verdicts as in Node, while the page stays alive. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { buildEngine } from '../../src/runner/engine-bundle';
import { createNodeHost } from '../../src/runner/node/host';
import type { GradeResult } from '../../src/grader/verdict';
import { consumerWith, ESCAPES, HOSTILE } from '../hostile/programs';
import { CRAWLER, SMUGGLERS } from '../hostile/smugglers';

const ROOT = path.resolve(__dirname, '../..');
/** Canary: a foreign server, and things in the page that no program may change. */
let server: Server;
let hits = 0;
let hostCode: string;
let engineCode: string;

test.beforeAll(async () => {
  engineCode = (await buildEngine()).code;
  const bundle = await build({
    stdin: {
      contents:
        "import { createBrowserHost } from './src/runner/browser/host'; globalThis.createBrowserHost = createBrowserHost;",
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  hostCode = bundle.outputFiles[0]!.text;
  server = createServer((_request, response) => {
    hits += 1;
    response.setHeader('access-control-allow-origin', '*').end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => void server.close());

test.beforeEach(async ({ page }) => {
  await page.route('**/hostile-fixture', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>canary</title><p>page</p>' }),
  );
  await page.goto('/hostile-fixture');
  await page.addScriptTag({ content: hostCode });
  await page.evaluate(() => localStorage.setItem('canary', 'alive'));
});

type PageWindow = typeof globalThis & {
  createBrowserHost: typeof import('../../src/runner/browser/host').createBrowserHost;
};

function grade(page: Page, source: string, lab = 'first-run', watchdogMs?: number): Promise<GradeResult> {
  return page.evaluate(
    async ({ engine, request, patienceMs }) => {
      const host = (globalThis as PageWindow).createBrowserHost(engine, patienceMs);
      return host.grade(request);
    },
    { engine: engineCode, request: { lab, source }, patienceMs: watchdogMs },
  );
}

test('verdicts are those of the command line, bit for bit', async ({ page }) => {
  const host = createNodeHost();
  for (const body of [
    '  await fetch(process.env.STORE_URL + "/readings", { method: "POST", body: String(message.value) });',
    '  console.log(message.offset);',
  ]) {
    const source = consumerWith(body);
    for (const lab of ['first-run', 'commit-the-next-offset']) {
      const [inPage, inNode] = await Promise.all([grade(page, source, lab), host.grade({ lab, source })]);
      const withoutCost = ({ verdict, recording }: GradeResult): unknown => ({
        verdict: { ...verdict, cost: null },
        recording,
      });
      expect(withoutCost(inPage)).toEqual(withoutCost(inNode));
    }
  }
});

for (const { name, source, kind, line, column, message, isSlow } of HOSTILE) {
  test(`a verdict says what is wrong with ${name}`, async ({ page }) => {
    const { verdict } = await grade(page, source, 'first-run', isSlow ? 3000 : undefined);
    // A browser has more memory than the command line allows itself: it runs out of patience, or the program of steps.
    const kinds = kind === 'out-of-memory' ? ['out-of-memory', 'not-responding', 'endless-loop'] : [kind];
    expect(kinds).toContain(verdict.diagnosis?.kind);
    if (line !== undefined) expect(verdict.diagnosis?.line).toBe(line);
    if (column !== undefined) expect(verdict.diagnosis?.column).toBe(column);
    if (message !== undefined) expect(verdict.diagnosis?.message).toMatch(message);
    expect(await page.evaluate(() => document.title + String(localStorage.getItem('canary')))).toBe('canaryalive');
    expect(await page.locator('iframe').count()).toBe(0);
  });
}

for (const [name, source] of Object.entries(ESCAPES)) {
  test(`nothing is reached by ${name}`, async ({ page }) => {
    const { port } = server.address() as AddressInfo;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const { verdict } = await grade(page, source.replaceAll('CANARY_PORT', String(port)));
    expect(verdict.diagnosis?.message).toBe('Error: held');
    expect(requests.filter((url) => !/^(?:blob:|about:)/.test(url))).toEqual([]);
    expect(hits).toBe(0);
  });
}

for (const [name, source] of Object.entries(SMUGGLERS)) {
  test(`nobody passes by way of ${name}`, async ({ page }) => {
    const { verdict } = await grade(page, source, 'at-least-once-consumer');
    expect(verdict.status).toBe('fail');
  });
}

test('one life of a program leaves no mark that the next one could find', async ({ page }) => {
  const texts = await page.evaluate(
    async ({ engine, request }) => {
      const { events } = await (globalThis as PageWindow).createBrowserHost(engine).replay(request);
      return events.flatMap((event) => (event.kind === 'console' ? [event.text.trim()] : []));
    },
    { engine: engineCode, request: { lab: 'at-least-once-consumer', source: CRAWLER, executionCode: 'v0:-' } },
  );
  expect(texts.filter((text) => text.startsWith('SHARED'))).toEqual(['SHARED 0', 'SHARED 0']);
});

test('the page stays alive while a program hangs, and can give up waiting', async ({ page }) => {
  const outcome = await page.evaluate(async (engine) => {
    const host = (globalThis as PageWindow).createBrowserHost(engine);
    const controller = new AbortController();
    const grading = host.grade(
      { lab: 'first-run', source: '/^(a+)+$/.test("a".repeat(60) + "b");' },
      { signal: controller.signal },
    );
    let frames = 0;
    const end = performance.now() + 700;
    while (performance.now() < end) {
      await new Promise(requestAnimationFrame);
      frames += 1;
    }
    controller.abort();
    const name = await grading.then(
      () => 'no error',
      (error: Error) => error.name,
    );
    return { frames, name, left: document.querySelectorAll('iframe').length };
  }, engineCode);
  expect(outcome.name).toBe('AbortError');
  expect(outcome.left).toBe(0);
  expect(outcome.frames).toBeGreaterThan(10);
});
