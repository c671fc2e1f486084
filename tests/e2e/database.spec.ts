/** A lab with a database in the page's sandbox: SQLite starts there, and verdicts are those of Node. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { buildDatabase } from '../../src/runner/database-bundle';
import { buildEngine } from '../../src/runner/engine-bundle';
import { createNodeHost } from '../../src/runner/node/host';
import type { GradeResult } from '../../src/grader/verdict';

const ROOT = path.resolve(__dirname, '../..');
let scripts: { readonly host: string; readonly engine: string; readonly database: string };

test.beforeAll(async () => {
  const contents =
    "import { createBrowserHost } from './src/runner/browser/host'; globalThis.createBrowserHost = createBrowserHost;";
  const bundle = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  const [engine, database] = await Promise.all([buildEngine(), buildDatabase()]);
  scripts = { host: bundle.outputFiles[0]!.text, engine: engine.code, database: database.code };
});

test.beforeEach(async ({ page }) => {
  await page.route('**/database-fixture', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>fixture</title>' }),
  );
  await page.goto('/database-fixture');
  await page.addScriptTag({ content: scripts.host });
});

type PageWindow = typeof globalThis & {
  createBrowserHost: typeof import('../../src/runner/browser/host').createBrowserHost;
};

function grade(page: Page, source: string, faults: number): Promise<GradeResult> {
  return page.evaluate(
    ({ engine, database, request }) => {
      const { createBrowserHost } = globalThis as PageWindow;
      return createBrowserHost(engine, undefined, () => Promise.resolve(database)).grade(request);
    },
    { ...scripts, request: { lab: 'create-order', source, faults } },
  );
}

for (const version of ['solution', 'attempts/select-then-insert']) {
  test(`the verdict on ${version} is that of the command line, bit for bit`, async ({ page }) => {
    const source = readFileSync(path.join(ROOT, 'labs/create-order', `${version}.ts`), 'utf8');
    const inPage = await grade(page, source, 1);
    const inNode = await createNodeHost().grade({ lab: 'create-order', source, faults: 1 });
    const withoutCost = ({ verdict, recording }: GradeResult): unknown => ({
      verdict: { ...verdict, cost: null },
      recording,
    });
    expect(inPage.verdict.diagnosis).toBeNull();
    expect(withoutCost(inPage)).toEqual(withoutCost(inNode));
  });
}

test('no program can make WebAssembly of its own', async ({ page }) => {
  const { verdict } = await grade(page, 'new WebAssembly.Module(new Uint8Array(8));', 0);
  expect(verdict.diagnosis?.message).toContain('WebAssembly is not available in labs');
});
