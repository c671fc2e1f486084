/** The grader in Node: the command line's own host, every lab, by bound; reduced against plain search. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Verdict } from '../../src/grader/verdict';
import { createNodeHost } from '../../src/runner/node/host';
import { format, median } from './median';

const RUNS = 3;

interface Measured {
  readonly verdict: Verdict;
  /** From the request to the answer, start of the child process included. */
  readonly wallMs: number;
  readonly elapsedMs: number;
}

export async function measureNode(root: string, toy: number): Promise<string> {
  const lines = ['## Node (`npm run grade`)', ''];
  lines.push(
    '| lab | program | faults | executions | search | executions/s | of the toy | run to verdict |',
    '|---|---|---|---|---|---|---|---|',
  );
  const labs = readdirSync(path.join(root, 'labs')).filter((name) =>
    statSync(path.join(root, 'labs', name)).isDirectory(),
  );
  for (const lab of labs) {
    for (const program of ['starter', 'solution']) {
      for (const faults of [1, 2, 3]) {
        const measured = await measure(root, lab, program, faults, false);
        lines.push(row(lab, program, faults, 'reduced', measured, toy));
        if (measured.verdict.bound.faults < faults) break;
      }
    }
  }
  lines.push('', 'Run to verdict includes the start of the sandboxed child process.', '');
  lines.push(await reduction(root), await childStart(root));
  return lines.join('\n');
}

function row(
  lab: string,
  program: string,
  faults: number,
  search: string,
  { verdict, wallMs, elapsedMs }: Measured,
  toy: number,
): string {
  const { executions } = verdict.explored;
  const rate = (executions * 1000) / elapsedMs;
  return `| ${lab} | ${program} | ${Math.min(faults, verdict.bound.faults)} | ${format(executions)} | ${search} | ${format(rate)} | ${(rate / toy).toFixed(2)} | ${format(wallMs)} ms |`;
}

async function measure(root: string, lab: string, program: string, faults: number, naive: boolean): Promise<Measured> {
  const source = readFileSync(path.join(root, 'labs', lab, `${program}.ts`), 'utf8');
  const host = createNodeHost();
  const runs: Measured[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const begin = performance.now();
    const { verdict } = await host.grade({ lab, source, faults, naive });
    runs.push({ verdict, wallMs: performance.now() - begin, elapsedMs: verdict.cost.elapsedMs });
  }
  return {
    verdict: runs[0]!.verdict,
    wallMs: median(runs.map(({ wallMs }) => wallMs)),
    elapsedMs: median(runs.map(({ elapsedMs }) => elapsedMs)),
  };
}

async function reduction(root: string): Promise<string> {
  const lines = [
    '### What the reductions save',
    '',
    '| lab | faults | plain search | reduced | ratio |',
    '|---|---|---|---|---|',
  ];
  for (const faults of [1, 2]) {
    const plain = await measure(root, 'at-least-once-consumer', 'solution', faults, true);
    const reduced = await measure(root, 'at-least-once-consumer', 'solution', faults, false);
    const ratio = plain.verdict.explored.executions / reduced.verdict.explored.executions;
    lines.push(
      `| at-least-once-consumer | ${faults} | ${format(plain.verdict.explored.executions)} executions, ${format(plain.elapsedMs)} ms | ` +
        `${format(reduced.verdict.explored.executions)} executions, ${format(reduced.elapsedMs)} ms | ${ratio.toFixed(1)} |`,
    );
  }
  lines.push('', 'Both searches give the same verdict: `tests/unit/grader/reduction.test.ts`.', '');
  return lines.join('\n');
}

/** Time and memory of the sandboxed child process. */
async function childStart(root: string): Promise<string> {
  const { wallMs, elapsedMs } = await measure(root, 'first-run', 'solution', 0, false);
  const peak = new PeakMemory();
  await measure(root, 'at-least-once-consumer', 'solution', 3, false);
  const memory = peak.stop();
  return [
    '### The sandbox',
    '',
    `From the request to the verdict of a lab without faults: ${format(wallMs)} ms, of which ${format(elapsedMs)} ms are grading; the rest is the start of a child process and the loading of the engine.`,
    '',
    memory === null
      ? 'Its memory was not measured: that needs /proc.'
      : `Largest resident memory of the child process while at-least-once-consumer is graded with three faults: ${format(memory)} MB, Node itself included.`,
    '',
  ].join('\n');
}

/** Looks at the resident memory of this process's children until it is stopped. */
class PeakMemory {
  private peakKb = 0;
  private readonly timer = setInterval(() => this.look(), 20);

  /** In MB; null where there is no /proc. */
  stop(): number | null {
    clearInterval(this.timer);
    return this.peakKb === 0 ? null : this.peakKb / 1024;
  }

  private look(): void {
    try {
      const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
      for (const child of children) {
        const match = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'));
        this.peakKb = Math.max(this.peakKb, Number(match?.[1] ?? 0));
      }
    } catch {
      // The child has ended between the two readings, or there is no /proc: the peak stays what it is.
    }
  }
}
