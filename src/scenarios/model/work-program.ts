/** What a consumer with `mode=work` does with records: it takes its time over each, and commits before or after. */
import { awaitValue, fulfil, SimPromise } from '../../simulation/sim-promise';
import type { TopicPartition } from '../language/words';
import type { ModelProcess } from './model-process';
import type { ConsumerCommand } from './player';
import type { Pauses } from './pauses';
import type { ResultWriter } from './result-writer';

export type SeenRecord = readonly [offset: string, value: string];

/** `commitOffsets`, or `commitSync`, for one partition. */
type Commit = (of: TopicPartition, offset: number) => unknown;

export class WorkProgram {
  constructor(
    private readonly process: ModelProcess,
    private readonly command: ConsumerCommand,
    private readonly commit: Commit,
    private readonly errorName: (error: unknown) => string,
    private readonly pauses: Pauses,
    /** Values in the order in which they were processed. */
    readonly processed: string[],
    private readonly results: ResultWriter | null,
  ) {}

  /** Deals with records of one partition, in a turn of the process. @returns a promise for its end */
  handle(of: TopicPartition, records: readonly SeenRecord[]): SimPromise<void> {
    const isOver = SimPromise.pending<void>();
    const end = (): void => fulfil(isOver, undefined);
    const next = Number(records.at(-1)?.[0] ?? -1) + 1;
    const { commits } = this.command;
    const isOwn = this.results?.commitsOffsets !== true;
    const then = isOwn && commits === 'after' ? (): void => this.store(of, next, end) : end;
    const workOff = (): void => this.workOff(of, records, 0, then);
    if (isOwn && commits === 'before') this.store(of, next, workOff);
    else workOff();
    return isOver;
  }

  private workOff(of: TopicPartition, records: readonly SeenRecord[], index: number, then: () => void): void {
    const record = records[index];
    if (record === undefined) return then();
    this.process.incarnation.setTimer(this.pauses.about(this.command.work ?? 0), () => {
      const [offset, value] = record;
      this.note(value);
      const next = (): void => this.workOff(of, records, index + 1, then);
      if (this.results === null) next();
      else this.results.write(of, Number(offset), value, next);
    });
  }

  private note(value: string): void {
    const { processed } = this;
    processed.push(value);
    this.process.record({
      kind: 'effect',
      request: '',
      service: this.process.name,
      label: value,
      record: value,
      count: processed.filter((other) => other === value).length,
      fabricated: false,
    });
  }

  /** A commit that fails is printed, and the program goes on: the record was dealt with, or will be. */
  private store(of: TopicPartition, offset: number, then: () => void): void {
    const failed = (error: unknown): void => {
      this.process.print(`${of.topic}-${of.partition} ${offset}: ${this.errorName(error)}`);
      then();
    };
    try {
      awaitValue(this.commit(of, offset), then, failed);
    } catch (error) {
      failed(error);
    }
  }
}
