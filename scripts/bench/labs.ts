/** Every lab in Node, through the command line's own host: plain search and reduced search, by number of faults. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GradeHost } from '../../src/runner/api';
import { labIds } from '../../src/runner/engine-bundle';
import { createNodeHost } from '../../src/runner/node/host';
import { format } from './median';
import { mostMs, repeated, type Setting } from './setting';

const RUNS = 3;
const MOST_FAULTS = 3;

/** A type and not an interface, to be a record of numbers. */
type Figures = {
  readonly executions: number;
  /** What was asked for, or nothing but 0 in a lab without faults. */
  readonly faults: number;
  readonly elapsedMs: number;
  /** From the request to the answer, start of the child process included. */
  readonly wallMs: number;
};

interface Search {
  readonly lab: string;
  readonly program: string;
  readonly faults: number;
  readonly naive: boolean;
}

export async function measureLabs(setting: Setting): Promise<string> {
  const host = createNodeHost();
  const lines = [
    `The toy is a world without a model (44 operations and 40 awaits an execution, driven by the same promises and event queue): **${format(setting.toy)} executions/s** in this run. Columns "of the toy" are against it. Run to verdict includes the start of the sandboxed child process. Searches that would take longer than ${mostMs(setting) / 1000} s are left out.`,
    '',
    '| lab | program | faults | plain search | executions/s | of the toy | reduced search | executions/s | of the toy | saved | run to verdict |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
  ];
  for (const lab of await labIds()) {
    for (const program of ['starter', 'solution']) lines.push(...(await rows(setting, host, lab, program)));
  }
  return `${lines.join('\n')}\n`;
}

async function rows(setting: Setting, host: GradeHost, lab: string, program: string): Promise<string[]> {
  const lines: string[] = [];
  // A starter is there to be caught, which takes one or two.
  const most = setting.isQuick ? 1 : program === 'starter' ? 2 : MOST_FAULTS;
  const plain = new Ladder(setting, host, { lab, program, naive: true });
  const reduced = new Ladder(setting, host, { lab, program, naive: false });
  for (let faults = 1; faults <= most; faults += 1) {
    const found = await reduced.measure(faults);
    // With three faults a plain search is out of the question but for the smallest labs.
    const naive = await plain.measure(faults);
    if (found === null) break;
    const saved = naive === null ? '–' : `${(naive.executions / found.executions).toFixed(1)} ×`;
    lines.push(
      `| ${lab} | ${program} | ${found.faults} | ${cells(naive, setting.toy)} | ${cells(found, setting.toy)} | ${saved} | ${format(found.wallMs)} ms |`,
    );
    if (found.faults < faults) break;
  }
  return lines;
}

function cells(figures: Figures | null, toy: number): string {
  if (figures === null) return '– | – | –';
  const rate = (figures.executions * 1000) / Math.max(1, figures.elapsedMs);
  return `${format(figures.executions)} in ${format(figures.elapsedMs)} ms | ${format(rate)} | ${(rate / toy).toFixed(2)}`;
}

/** Searches with more and more faults, up to the one that would take too long. */
class Ladder {
  private before: Figures | null = null;
  private last: Figures | null = null;

  constructor(
    private readonly setting: Setting,
    private readonly host: GradeHost,
    private readonly search: Omit<Search, 'faults'>,
  ) {}

  async measure(faults: number): Promise<Figures | null> {
    if (faults > 1 && (this.last === null || this.expectedMs() > mostMs(this.setting))) {
      this.last = null;
      return null;
    }
    this.before = this.last;
    this.last = await measure(this.setting, this.host, { ...this.search, faults });
    return this.last;
  }

  /** One fault more makes about as many times more executions as the last one did. */
  private expectedMs(): number {
    const { executions, elapsedMs } = this.last!;
    const growth = executions / (this.before?.executions ?? Math.max(1, executions / 20));
    return elapsedMs * growth;
  }
}

async function measure(
  { root, isQuick }: Setting,
  host: GradeHost,
  { lab, program, faults, naive }: Search,
): Promise<Figures> {
  const source = readFileSync(path.join(root, 'labs', lab, `${program}.ts`), 'utf8');
  return repeated(isQuick ? 1 : RUNS, async () => {
    const begin = performance.now();
    const { verdict } = await host.grade({ lab, source, faults, naive });
    return {
      executions: verdict.explored.executions,
      faults: verdict.bound.faults,
      elapsedMs: verdict.cost.elapsedMs,
      wallMs: performance.now() - begin,
    };
  });
}
