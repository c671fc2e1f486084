/** The grader in Chromium: the page's own sandbox host in an empty page, and every lab as a learner meets it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { buildDatabase } from '../../src/runner/database-bundle';
import { buildEngine, labIds } from '../../src/runner/engine-bundle';
import { ensureChromium } from '../chromium.mjs';
import { format } from './median';
import { mostMs, repeated, type Setting } from './setting';

const ORIGIN = 'http://bench.invalid';

type BenchWindow = typeof globalThis & {
  createBrowserHost: typeof import('../../src/runner/browser/host').createBrowserHost;
  engine: string;
  database: string;
};

interface Request {
  readonly lab: string;
  readonly source: string;
  /** The lab's own bound when absent. */
  readonly faults?: number;
  readonly workers?: number;
  readonly needsDatabase: boolean;
  /** The lab's solution, by which the sandbox is made ready before the task; a new one when absent. */
  readonly warmUp?: string;
}

/** A type and not an interface, to be a record of numbers. */
type Timing = {
  readonly wallMs: number;
  /** Until the first progress report, which is the start of frame, worker and engine. */
  readonly startMs: number;
  /** Until the failure could be shown; 0 for a pass. */
  readonly failingMs: number;
  readonly executions: number;
  readonly elapsedMs: number;
  readonly faults: number;
};

export async function measureBrowser(setting: Setting): Promise<string> {
  return inPage(setting, async (page, browser) => {
    const lines = [
      `Chromium ${browser.version()}. Each run has a frame, workers and engines of its own; times from the call to the answer. A lab makes them ready as soon as it is pointed at, and lets them grade its solution for a second: "ready" is a run after that, "cold" one before.`,
      '',
      '| lab | program | faults | executions | cold: start of the sandbox | failure shown | run to verdict | ready: failure shown | run to verdict | executions/s |',
      '|---|---|---|---|---|---|---|---|---|---|',
    ];
    const labs = await labIds();
    for (const lab of setting.isQuick ? labs.slice(0, 2) : labs) {
      for (const program of ['starter', 'solution']) lines.push(...(await rows(setting, page, lab, program)));
    }
    return `${lines.join('\n')}\n`;
  });
}

/** What several workers bring. */
export async function measureWorkers(setting: Setting): Promise<string> {
  return inPage(setting, async (page, browser) => {
    const lines = [
      `Chromium ${browser.version()}, the lab's solution, sandbox ready. Workers share the executions of a level, and tell each other what they have seen at its end; the verdict is that of one. Run to verdict:`,
      '',
      '| lab | faults | executions | 1 worker | 2 workers | 3 workers | 2 against 1 |',
      '|---|---|---|---|---|---|---|',
    ];
    const searches: [string, number][] = [
      ['at-least-once-consumer', 2],
      ['at-least-once-consumer', 3],
      ['evicted-consumer', 2],
      ['create-order', 2],
      ['exactly-once-pipeline', 2],
    ];
    for (const [lab, faults] of setting.isQuick ? searches.slice(0, 1) : searches)
      lines.push(...(await workerRow(setting, page, lab, faults)));
    return `${lines.join('\n')}\n`;
  });
}

async function workerRow(setting: Setting, page: Page, lab: string, faults: number): Promise<string[]> {
  if (!existsSync(path.join(setting.root, 'labs', lab))) return [];
  const request = await requestFor(setting, lab, 'solution');
  const timings: Timing[] = [];
  for (const workers of [1, 2, 3])
    timings.push(await measure(setting, page, { ...request, faults, workers, warmUp: request.source }));
  const [one, two] = timings as [Timing, Timing];
  const cells = timings.map(({ wallMs }) => `${format(wallMs)} ms`).join(' | ');
  return [`| ${lab} | ${faults} | ${format(one.executions)} | ${cells} | ${(one.wallMs / two.wallMs).toFixed(2)} × |`];
}

interface Definition {
  readonly database?: unknown;
  readonly faults: { readonly kinds: readonly string[]; readonly max: number };
}

async function labDefinition(root: string, lab: string): Promise<Definition> {
  const module = (await import(path.join(root, 'labs', lab, 'lab.ts'))) as {
    default: Definition | { default: Definition };
  };
  return 'default' in module.default ? module.default.default : module.default;
}

async function requestFor({ root }: Setting, lab: string, program: string): Promise<Request> {
  const { database } = await labDefinition(root, lab);
  const source = readFileSync(path.join(root, 'labs', lab, `${program}.ts`), 'utf8');
  return { lab, source, needsDatabase: database !== undefined };
}

async function rows(setting: Setting, page: Page, lab: string, program: string): Promise<string[]> {
  const request = await requestFor(setting, lab, program);
  const { source: warmUp } = await requestFor(setting, lab, 'solution');
  const { faults } = await labDefinition(setting.root, lab);
  const lines: string[] = [];
  let last: Timing | null = null;
  // A pause brings a second process; labs of one process have a budget with three faults too.
  const most = faults.kinds.length === 0 ? 0 : faults.kinds.includes('pause') ? faults.max : 3;
  for (let bound = Math.min(faults.max, most); bound <= most; bound += 1) {
    if (last !== null && (setting.isQuick || last.elapsedMs * 20 > mostMs(setting))) break;
    const cold: Timing = await measure(setting, page, { ...request, faults: bound });
    const ready = await measure(setting, page, { ...request, faults: bound, warmUp });
    last = ready;
    const rate = (ready.executions * 1000) / Math.max(1, ready.elapsedMs);
    const begin = `| ${lab} | ${program} | ${cold.faults} | ${format(cold.executions)} | ${format(cold.startMs)} ms`;
    lines.push(`${begin} | ${times(cold)} | ${times(ready)} | ${format(rate)} |`);
  }
  return lines;
}

function times({ failingMs, wallMs }: Timing): string {
  return `${failingMs === 0 ? '–' : `${format(failingMs)} ms`} | ${format(wallMs)} ms`;
}

function measure({ isQuick }: Setting, page: Page, request: Request): Promise<Timing> {
  return repeated(isQuick ? 1 : 5, () => measureOnce(page, request));
}

function measureOnce(page: Page, request: Request): Promise<Timing> {
  return page.evaluate(async ({ workers, needsDatabase, warmUp, ...asked }) => {
    const { engine, database, createBrowserHost } = globalThis as BenchWindow;
    const load = (): Promise<string | null> => Promise.resolve(needsDatabase ? database : null);
    const host = createBrowserHost(engine, undefined, load, workers);
    if (warmUp !== undefined) await host.prepare(asked.lab, () => Promise.resolve(warmUp));
    const begin = performance.now();
    let startMs = 0;
    let failingMs = 0;
    const onProgress = (): void => {
      startMs ||= performance.now() - begin;
    };
    const onPreview = (): void => {
      failingMs ||= performance.now() - begin;
    };
    const { verdict } = await host.grade(asked, { onProgress, onPreview });
    const wallMs = performance.now() - begin;
    return {
      wallMs,
      startMs: startMs || wallMs,
      failingMs: failingMs || (verdict.status === 'fail' ? wallMs : 0),
      executions: verdict.explored.executions,
      elapsedMs: verdict.cost.elapsedMs,
      faults: verdict.bound.faults,
    };
  }, request);
}

async function inPage({ root }: Setting, work: (page: Page, browser: Browser) => Promise<string>): Promise<string> {
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
    return await work(page, browser);
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
  const [engine, database] = await Promise.all([buildEngine(), buildDatabase()]);
  await page.evaluate(
    (scripts) => {
      Object.assign(globalThis, scripts);
    },
    { engine: engine.code, database: database.code },
  );
}
