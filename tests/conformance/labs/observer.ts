/** Looks at a real cluster while an execution goes on, at moments when nothing of the program runs. */
import type { Workload } from '../../../src/grader/lab';
import { recordId } from '../../../src/kafka/record-id';
import type { InputRecord } from '../../../src/simulation/history';
import type { Brokers } from '../drivers/live/brokers';
import { logOf, offsetOf } from '../drivers/live/oracle';
import type { Mark, OffsetStep, RealEvidence, StoredRecord } from './evidence';
import { offsetStepsOf } from './offsets-log';

export class Observer {
  private readonly marks: Mark[] = [];
  private readonly input: InputRecord[] = [];

  private constructor(
    private readonly brokers: Brokers,
    private readonly workload: Workload,
    /** Steps that earlier executions have left, by partition. */
    private readonly before: readonly number[],
  ) {}

  static async of(brokers: Brokers, workload: Workload): Promise<Observer> {
    const steps = await offsetStepsOf(brokers);
    return new Observer(
      brokers,
      workload,
      steps.map(({ length }) => length),
    );
  }

  /** A batch of the workload has been written; each record stands where no other one with its id did. */
  async noteInput(batch: Workload['batches'][number]): Promise<void> {
    for (const { id, topic, partition, key } of batch) {
      const log = await logOf(this.brokers, topic, partition);
      const stored = log.filter(({ value }) => recordId(value) === id).at(-1);
      if (stored === undefined)
        throw new Error(`The record ${id} has been written to ${topic}-${partition} and is not there.`);
      this.input.push({ id, partition: `${topic}-${partition}`, offset: stored.offset, key });
    }
  }

  async mark(mark: Omit<Mark, 'ends' | 'offsets'>): Promise<void> {
    const ends: Record<string, number> = {};
    for (const [topic, partition] of this.partitions())
      ends[`${topic}-${partition}`] = await offsetOf(this.brokers, topic, partition, 'ru');
    this.marks.push({ ...mark, ends, offsets: (await this.steps()).map(({ length }) => length) });
  }

  async evidence(rest: Pick<RealEvidence, 'applied' | 'faults' | 'hasRested' | 'hasGivenUp'>): Promise<RealEvidence> {
    const logs: Record<string, readonly StoredRecord[]> = {};
    for (const [topic, partition] of this.partitions()) {
      const log = await logOf(this.brokers, topic, partition);
      logs[`${topic}-${partition}`] = log.map(({ offset, value, producerId, isTransactional, marker }) => {
        return { offset, value, producerId, isTransactional, marker };
      });
    }
    const toSend = this.workload.input?.values.map(({ id }) => id) ?? [];
    return { ...rest, input: this.input, toSend, logs, offsets: await this.steps(), marks: this.marks };
  }

  private async steps(): Promise<readonly (readonly OffsetStep[])[]> {
    const all = await offsetStepsOf(this.brokers);
    return all.map((steps, index) => steps.slice(this.before[index]));
  }

  private partitions(): (readonly [topic: string, partition: number])[] {
    return this.workload.topics.flatMap(({ name, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => [name, partition] as const),
    );
  }
}
