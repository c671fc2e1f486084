/** The grader in Chromium: the page's own sandbox host in an empty page, and the lab as a learner meets it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { buildEngine } from '../../src/runner/engine-bundle';
import { ensureChromium } from '../chromium.mjs';
import { format, median } from './median';

const RUNS = 5;
const ORIGIN = 'http://bench.invalid';

type BenchWindow = typeof globalThis & {
  createBrowserHost: typeof import('../../src/runner/browser/host').createBrowserHost;
};

interface Timing {
  readonly wallMs: number;
  /** Until the first progress report, which is the start of frame, worker and engine. */
  readonly startMs: number;
  /** Until the failure could be shown; null for a pass. */
  readonly failingMs: number | null;
  readonly executions: number;
  readonly elapsedMs: number;
  readonly faults: number;
}

export async function measureBrowser(root: string): Promise<string> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage();
    await preparePage(page, root);
    const lines = [
      `## Chromium ${browser.version()}`,
      '',
      '| lab | program | faults | executions | executions/s | start of the sandbox | failure shown | run to verdict |',
      '|---|---|---|---|---|---|---|---|',
    ];
    for (const lab of ['first-run', 'commit-the-next-offset', 'at-least-once-consumer']) {
      for (const program of ['starter', 'solution']) lines.push(...(await rows(page, root, lab, program)));
    }
    lines.push(
      '',
      'A new frame, worker and engine for each run, as in the lab; times from the call to the answer.',
      '',
    );
    return lines.join('\n');
  } finally {
    await browser.close();
  }
}

async function preparePage(page: Page, root: string): Promise<void> {
  const host = await build({
    stdin: {
      contents:
        "import { createBrowserHost } from './src/runner/browser/host'; globalThis.createBrowserHost = createBrowserHost;",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  await page.route(`${ORIGIN}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' }),
  );
  await page.goto(`${ORIGIN}/`);
  // What runs TypeScript here wraps functions in calls of this helper, also those that are sent to the page.
  await page.evaluate('globalThis.__name = (target) => target');
  await page.addScriptTag({ content: host.outputFiles[0]!.text });
  const { code } = await buildEngine();
  await page.evaluate((engine) => {
    (globalThis as unknown as { engine: string }).engine = engine;
  }, code);
}

async function rows(page: Page, root: string, lab: string, program: string): Promise<string[]> {
  const source = readFileSync(path.join(root, 'labs', lab, `${program}.ts`), 'utf8');
  const lines: string[] = [];
  for (const faults of [1, 2, 3]) {
    const timings: Timing[] = [];
    for (let i = 0; i < RUNS; i += 1) timings.push(await measure(page, lab, source, faults));
    const middle = (of: (timing: Timing) => number): number => median(timings.map(of));
    const failing = timings[0]!.failingMs === null ? '–' : `${format(middle(({ failingMs }) => failingMs ?? 0))} ms`;
    const rate = (timings[0]!.executions * 1000) / middle(({ elapsedMs }) => elapsedMs);
    lines.push(
      `| ${lab} | ${program} | ${timings[0]!.faults} | ${format(timings[0]!.executions)} | ${format(rate)} | ` +
        `${format(middle(({ startMs }) => startMs))} ms | ${failing} | ${format(middle(({ wallMs }) => wallMs))} ms |`,
    );
    if (timings[0]!.faults < faults) break;
  }
  return lines;
}

function measure(page: Page, lab: string, source: string, faults: number): Promise<Timing> {
  return page.evaluate(
    async (request) => {
      const { engine, createBrowserHost } = globalThis as BenchWindow & { engine: string };
      const begin = performance.now();
      let startMs: number | null = null;
      let failingMs: number | null = null;
      const onProgress = (): void => {
        startMs ??= performance.now() - begin;
      };
      const onPreview = (): void => {
        failingMs ??= performance.now() - begin;
      };
      const { verdict } = await createBrowserHost(engine).grade(request, { onProgress, onPreview });
      const wallMs = performance.now() - begin;
      return {
        wallMs,
        startMs: startMs ?? wallMs,
        failingMs: failingMs ?? (verdict.status === 'fail' ? wallMs : null),
        executions: verdict.explored.executions,
        elapsedMs: verdict.cost.elapsedMs,
        faults: verdict.bound.faults,
      };
    },
    { lab, source, faults },
  );
}
