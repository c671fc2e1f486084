/** Time and memory of the sandboxed child process in Node. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createNodeHost } from '../../src/runner/node/host';
import { format } from './median';
import { repeated, type Setting } from './setting';

export async function measureSandbox({ root, isQuick }: Setting): Promise<string> {
  const host = createNodeHost();
  const grade = (lab: string, faults: number): Promise<{ wallMs: number; elapsedMs: number }> =>
    repeated(isQuick ? 1 : 5, async () => {
      const source = readFileSync(path.join(root, 'labs', lab, 'solution.ts'), 'utf8');
      const begin = performance.now();
      const { verdict } = await host.grade({ lab, source, faults });
      return { wallMs: performance.now() - begin, elapsedMs: verdict.cost.elapsedMs };
    });
  const { wallMs, elapsedMs } = await grade('first-run', 0);
  const peak = new PeakMemory();
  await grade('at-least-once-consumer', isQuick ? 1 : 3);
  const memory = peak.stop();
  return [
    `From the request to the verdict of a lab without faults: ${format(wallMs)} ms, of which ${format(elapsedMs)} ms are grading; the rest is the start of a child process and the loading of the engine.`,
    '',
    memory === null
      ? 'Its memory was not measured: that needs /proc.'
      : `Largest resident memory of the child process while at-least-once-consumer is graded with ${isQuick ? 'one fault' : 'three faults'}: ${format(memory)} MB, Node itself included.`,
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
