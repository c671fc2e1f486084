/** A progress bar for work that takes longer than a moment: on a terminal only, beside the output. */
import { SingleBar } from 'cli-progress';
import type { GradeProgress } from '../grader/verdict';

const MOMENT_MS = 400;

export class Progress {
  private readonly bar = new SingleBar({
    format: '{name} [{bar}] {value}/{total} {counted}, {faults} faults',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  private readonly startedAt = performance.now();
  private isShown = false;

  constructor(
    private readonly name: string,
    private readonly counted: 'executions' | 'runs',
  ) {}

  readonly report = ({ executions, planned, faults }: GradeProgress): void => {
    if (!process.stderr.isTTY || performance.now() - this.startedAt < MOMENT_MS) return;
    const words = { name: this.name, counted: this.counted, faults };
    if (!this.isShown) this.bar.start(planned, executions, words);
    this.isShown = true;
    this.bar.setTotal(planned);
    this.bar.update(executions, words);
  };

  end(): void {
    if (this.isShown) this.bar.stop();
  }
}
