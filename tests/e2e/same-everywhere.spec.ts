/**
 * A verdict does not depend on where it is made: Node, Chromium and Firefox come to the same JSON and the same traces, bit for
 * bit, with any number of workers. A consumer, a pause, and a database, each with few faults.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type Browser } from 'puppeteer-core';
import { createNodeHost } from '../../src/runner/node/host';
import type { GradeResult } from '../../src/grader/verdict';
import { expressionFor, serveEnginePage, type EnginePage, type PageTask } from '../fixtures/engine-page';

const ROOT = path.resolve(__dirname, '../..');
const firefoxPath = process.env.FIREFOX_PATH ?? '';

interface Program {
  readonly lab: string;
  readonly version: string;
  readonly faults: number;
  /** Executions whose traces are compared; the last ones are of a storm. */
  readonly codes: readonly string[];
}

const PROGRAMS: readonly Program[] = [
  {
    lab: 'at-least-once-consumer',
    version: 'starter',
    faults: 1,
    codes: ['v1:-', 'v0:crash@effect#2.before', 's7r1,3,4:-'],
  },
  { lab: 'at-least-once-consumer', version: 'solution', faults: 2, codes: ['v0:crash@effect#2.after~commit#1'] },
  { lab: 'evicted-consumer', version: 'starter', faults: 1, codes: ['v0:pause@effect#2', 's3:pause@effect#4'] },
  { lab: 'create-order', version: 'solution', faults: 1, codes: ['v0:pause@query#2', 's5:crash@query#6.after'] },
  { lab: 'at-most-once-producer', version: 'starter', faults: 2, codes: ['v1:lost-answer@produce#2', 's9:-'] },
];
const DATABASE_LABS = ['create-order'];

const nodeHost = createNodeHost();
let enginePage: EnginePage;
let firefox: Browser | null = null;

// One engine, one Firefox: not in parallel.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  enginePage = await serveEnginePage();
});

test.afterAll(async () => {
  await firefox?.close();
  enginePage.close();
});

/** Evaluates in the engine's page of a browser. */
type Ask = (expression: string) => Promise<string>;

const sourceOf = ({ lab, version }: Program): string =>
  readFileSync(path.join(ROOT, 'labs', lab, `${version}.ts`), 'utf8');

/** What a place says of a program: its verdict with the shown execution, times apart, and its traces. */
interface Answer {
  readonly graded: unknown;
  readonly traces: readonly string[];
}

const withoutCost = ({ verdict, recording }: GradeResult): unknown => ({
  verdict: { ...verdict, cost: null },
  recording,
});

async function inNode(program: Program): Promise<Answer> {
  const { lab, faults, codes } = program;
  const source = sourceOf(program);
  const traces: string[] = [];
  for (const executionCode of codes) traces.push((await nodeHost.replay({ lab, source, executionCode })).traceHash);
  return { graded: withoutCost(await nodeHost.grade({ lab, source, faults })), traces };
}

type How = Pick<PageTask, 'workers' | 'warmUp'>;

async function inBrowser(ask: Ask, program: Program, how: How = {}): Promise<Answer> {
  const { lab, faults, codes } = program;
  const source = sourceOf(program);
  const perform = async <Result>(method: PageTask['method'], request: object): Promise<Result> => {
    const needsDatabase = DATABASE_LABS.includes(lab);
    const task = { method, needsDatabase, request: { lab, source, ...request }, ...how };
    return JSON.parse(await ask(expressionFor(task))) as Result;
  };
  const traces: string[] = [];
  for (const executionCode of codes)
    traces.push((await perform<{ traceHash: string }>('replay', { executionCode })).traceHash);
  return { graded: withoutCost(await perform<GradeResult>('grade', { faults })), traces };
}

const nodeAnswers = new Map<Program, Promise<Answer>>();

function expected(program: Program): Promise<Answer> {
  const known = nodeAnswers.get(program) ?? inNode(program);
  nodeAnswers.set(program, known);
  return known;
}

for (const program of PROGRAMS) {
  const name = `${program.lab} ${program.version}, ${program.faults} ${program.faults === 1 ? 'fault' : 'faults'}`;

  test(`Chromium says what Node says: ${name}`, async ({ page }) => {
    await page.goto(enginePage.url);
    const answer = await inBrowser((expression) => page.evaluate<string>(expression), program);
    expect(answer).toEqual(await expected(program));
    expect(answer.traces.every((hash) => /^[0-9a-f]{16}$/.test(hash))).toBe(true);
  });

  test(`Firefox says what Node says: ${name}`, async () => {
    test.skip(firefoxPath === '', 'There is no Firefox here: FIREFOX_PATH is not set.');
    firefox ??= await launch({ browser: 'firefox', executablePath: firefoxPath, headless: true });
    const page = await firefox.newPage();
    await page.goto(enginePage.url);
    const answer = await inBrowser((expression) => page.evaluate(expression) as Promise<string>, program);
    await page.close();
    expect(answer).toEqual(await expected(program));
  });
}

test('one worker, two and three come to one verdict', async ({ page }) => {
  await page.goto(enginePage.url);
  const program = PROGRAMS[1]!;
  for (const workers of [1, 2, 3]) {
    const answer = await inBrowser((expression) => page.evaluate<string>(expression), program, { workers });
    expect(answer, `${workers} workers`).toEqual(await expected(program));
  }
});

test('a sandbox that was made ready with another program comes to the verdict of a new one', async ({ page }) => {
  await page.goto(enginePage.url);
  for (const program of PROGRAMS.filter(({ lab }) => lab !== 'at-most-once-producer')) {
    const warmUp = sourceOf({ ...program, version: program.version === 'solution' ? 'starter' : 'solution' });
    const answer = await inBrowser((expression) => page.evaluate<string>(expression), program, { warmUp });
    expect(answer, program.lab).toEqual(await expected(program));
  }
});

test('a sandbox that fails while it is made ready is replaced by a new one', async ({ page }) => {
  await page.goto(enginePage.url);
  const program = PROGRAMS[4]!;
  const answer = await inBrowser((expression) => page.evaluate<string>(expression), program, { warmUp: 'const = ;' });
  expect(answer).toEqual(await expected(program));
});
