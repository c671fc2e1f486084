/** `npm run grade` as it is called: output, messages and exit codes. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StormReport } from '../../../src/grader/storm/storm-report';
import type { Verdict } from '../../../src/grader/verdict';
import type { Recording } from '../../../src/simulation/trace';

const ROOT = path.resolve(__dirname, '../../..');
let folder: string;

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function grade(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const command = [path.join(ROOT, 'node_modules/tsx/dist/cli.mjs'), path.join(ROOT, 'src/cli/grade.ts'), ...args];
    // From another folder: files lie anywhere.
    const child = execFile(process.execPath, command, { cwd: folder, maxBuffer: 1e8 }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

function write(name: string, text: string | Buffer): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const lab = (file: string): string => path.join(ROOT, 'labs/first-run', file);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'grade-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file', () => {
  it('that passes ends with 0, one that fails with 1, one that proves nothing with 2', async () => {
    const outcomes = await Promise.all([
      grade(lab('solution.ts')),
      grade(lab('starter.ts')),
      grade(lab('attempts/empty-handler.ts')),
    ]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 1, 2]);
    expect(outcomes[1]!.out).toContain('Reading 2 was never stored');
  });

  it('that asks for what labs do not have ends with 2, one that does not compile with 1', async () => {
    const outcomes = await Promise.all([
      grade(write('axios.ts', "// lab: first-run\nimport axios from 'axios';\nawait axios.get('');\n"), '--json'),
      grade(write('typo.ts', '// lab: first-run\nconst a = (1;\n'), '--json'),
    ]);
    expect(outcomes.map(({ code, out }) => [code, (JSON.parse(out) as Verdict).status])).toEqual([
      [2, 'inconclusive'],
      [1, 'fail'],
    ]);
  });

  it('is told in Russian when asked', async () => {
    const { out } = await grade(lab('starter.ts'), '--lang', 'ru');
    expect(out).toContain('Показание 2 так и не сохранено');
  });

  it('as JSON is one verdict, the same each time but for the cost', async () => {
    const outcomes = await Promise.all([
      grade(lab('starter.ts'), '--json'),
      grade(lab('starter.ts'), '--json', '--naive'),
    ]);
    const [first, naive] = outcomes.map(({ out }) => JSON.parse(out) as Verdict);
    expect(first).toMatchObject({ schema: 1, lab: 'first-run', status: 'fail' });
    expect(naive!.anomalies.map(({ id }) => id)).toEqual(first!.anomalies.map(({ id }) => id));
    expect(first!.modelHash).toMatch(/^[0-9a-f]{12}$/);
  });

  it('names its lab by a comment, and --lab wins', async () => {
    const file = write('mine.ts', '// lab: first-run\nthrow new Error("mine");\n');
    const { code, out } = await grade(file);
    expect([code, out]).toEqual([1, expect.stringContaining('Error: mine') as string]);
    expect((await grade(file, '--lab', 'nowhere')).err).toContain('there is no lab "nowhere". Labs: ');
  });

  it('replays by its code, as text and as JSON', async () => {
    expect((await grade(lab('starter.ts'), '--replay', 'v0:-')).out).toContain('Reading 1 is stored');
    const recording = JSON.parse((await grade(lab('starter.ts'), '--replay', 'v0:-', '--json')).out) as Recording;
    expect(recording.executionCode).toBe('v0:-');
    expect(await grade(lab('starter.ts'), '--replay', 'v9:-')).toMatchObject({
      code: 3,
      err: expect.stringContaining('v9:-') as string,
    });
  });
});

describe('a storm', () => {
  const other = (file: string): string => path.join(ROOT, 'labs/evicted-consumer', file);
  const storm = (...args: string[]): Promise<Outcome> => grade(...args, '--storm', '25', '--seed', '9');

  it('that breaks nothing ends with 0, one that does with 1, one that shows nothing with 2', async () => {
    const outcomes = await Promise.all([
      storm(other('solution.ts')),
      storm(other('starter.ts')),
      storm(lab('attempts/empty-handler.ts')),
    ]);
    expect(outcomes.map(({ code }) => code)).toEqual([0, 1, 2]);
    expect(outcomes[0]!.out).toContain('storm, seed 9 · passed\nNothing broke in this storm');
    expect(outcomes[1]!.out).toMatch(/storm, seed 9 · duplicate effect · 1 fault\n/);
  });

  it('prints a code that replays to the trace it names', async () => {
    const { out } = await storm(other('starter.ts'));
    const [, code, hash] = /Replay: (\S+) \((\w+)\)/.exec(out)!;
    expect(code).toMatch(/^s\d+(r[\d,]+)?:\S+$/);
    expect((await grade(other('starter.ts'), '--replay', code!)).out).toContain(`${code} (${hash})`);
  });

  it('is the same for the same seed, and has another seed when none is given', async () => {
    const read = ({ out }: Outcome): StormReport => ({ ...(JSON.parse(out) as StormReport), cost: { elapsedMs: 0 } });
    const json = [other('starter.ts'), '--json'];
    const [first, second] = await Promise.all([storm(...json), storm(...json)]);
    expect(read(first!)).toEqual(read(second!));
    expect(read(first!)).toMatchObject({ kind: 'storm', seed: 9, status: 'fail', runs: { asked: 25, done: 25 } });
    const drawn = read(await grade(...json, '--storm', '1')).seed;
    expect(Number.isInteger(drawn) && drawn >= 0).toBe(true);
  });
});

describe('what cannot be graded ends with 3 and says why', () => {
  it.each([
    ['no such file', () => 'nowhere.ts', [], /nowhere\.ts: there is no such file or folder/],
    ['a wrong ending', () => write('notes.md', '# x'), [], /notes\.md: a program is a \.ts, \.mts, \.js file/],
    ['no lab', () => write('alone.ts', 'export {};'), [], /which lab is it for\? Say --lab .*Labs: .*first-run/],
    ['binary', () => write('binary.ts', Buffer.from([0, 1, 2])), ['--lab', 'first-run'], /not a text file/],
    ['no UTF-8', () => write('latin.ts', Buffer.from([0x2f, 0x2f, 0xe9])), ['--lab', 'first-run'], /not UTF-8/],
    [
      'too large',
      () => write('large.ts', `//${' '.repeat(300_000)}`),
      ['--lab', 'first-run'],
      /is the most that is graded/,
    ],
    [
      'an empty folder',
      () => path.dirname(write('empty/readme.txt', '')),
      [],
      /no \.ts, \.mts, \.js file in this folder/,
    ],
    ['a wrong budget', () => lab('starter.ts'), ['--faults', 'many'], /a number of faults from 0 to 9/],
    ['a storm of no runs', () => lab('starter.ts'), ['--storm', '0'], /a number of runs from 1 to/],
    ['a wrong seed', () => lab('starter.ts'), ['--storm', '1', '--seed', 'x'], /a whole number from 0 to/],
    ['a seed for nothing', () => lab('starter.ts'), ['--seed', '1'], /--seed is for --storm/],
    ['a naive storm', () => lab('starter.ts'), ['--storm', '1', '--naive'], /a storm does not search/],
    ['a replayed storm', () => lab('starter.ts'), ['--storm', '1', '--replay', 'v0:-'], /do not go together/],
    ['a record that is not there', () => lab('starter.ts'), ['--replay', 's1r77:-'], /there is no record 77/],
    ['a wrong language', () => lab('starter.ts'), ['--lang', 'fr'], /Allowed choices are en, ru/],
    ['an unknown option', () => lab('starter.ts'), ['--fault', '1'], /unknown option/],
  ])('%s', async (_name, target, args, message) => {
    const { code, err } = await grade(target(), ...args);
    expect(err).toMatch(message);
    expect(err).not.toContain('    at ');
    expect(code).toBe(3);
  });
});

describe('a folder', () => {
  it('gives all results, and the worst exit code: 3 before 1 before 2 before 0', async () => {
    write('class/a.ts', '// lab: first-run\nconsole.log("nothing");\n');
    write('class/deep/b.mts', '// lab: first-run\nconst x = ;\n');
    const failing = await grade(path.join(folder, 'class'), '--json');
    const { results } = JSON.parse(failing.out) as {
      results: { file: string; exitCode: number; verdict: Verdict | null }[];
    };
    expect(failing.code).toBe(1);
    expect(results.map(({ file, exitCode }) => [path.basename(file), exitCode])).toEqual([
      ['a.ts', 2],
      ['b.mts', 1],
    ]);
    expect(results[1]!.verdict!.diagnosis).toMatchObject({ kind: 'syntax-error', line: 2, column: 11 });
    write('class/c.js', 'nothing says the lab');
    const broken = await grade(path.join(folder, 'class'));
    expect(broken.code).toBe(3);
    expect(broken.out).toMatch(/inconclusive .*a\.ts\nerror .*c\.js\nfail .*b\.mts/);
  });
});
