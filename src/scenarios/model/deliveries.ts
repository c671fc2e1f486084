/** What a consumer was given, and the handler that hangs until the scenario says how it ends. */
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import { partitionName } from '../language/scenario';
import { ScenarioError } from '../language/scenario-error';
import type { TopicPartition } from '../language/words';
import type { ModelProcess } from './model-process';
import type { ThrownKind } from './player';
import { Pending } from './virtual-clock';

interface Delivered {
  readonly partition: string;
  /** `0:a` */
  readonly record: string;
}

export class Deliveries {
  private readonly all: Delivered[] = [];
  /** Deliveries that hang and have not been taken yet. */
  private readonly untaken: string[] = [];
  private readonly waiting: Pending[] = [];
  private hanging: SimPromise<void> | null = null;

  constructor(
    private readonly process: ModelProcess,
    private readonly consumer: string,
  ) {}

  /** Notes records; each is `[offset, value]`. */
  note(of: TopicPartition, records: readonly (readonly [offset: string, value: string])[]): void {
    for (const [offset, value] of records)
      this.all.push({ partition: partitionName(of), record: `${offset}:${value}` });
  }

  /** The handler's promise for a delivery that the scenario will end. */
  hang(of: TopicPartition, records: readonly (readonly [offset: string, value: string])[]): SimPromise<void> {
    this.hanging = SimPromise.pending<void>();
    const printed = [partitionName(of), ...records.map(([offset, value]) => `${offset}:${value}`)].join(' ');
    const waiting = this.waiting.shift();
    if (waiting === undefined) this.untaken.push(printed);
    else waiting.settle([printed]);
    return this.hanging;
  }

  take(): Pending {
    const pending = new Pending(this.process.clock);
    const printed = this.untaken.shift();
    if (printed === undefined) this.waiting.push(pending);
    else pending.settle([printed]);
    return pending;
  }

  done(): void {
    const hanging = this.release();
    this.process.incarnation.run(() => fulfil(hanging, undefined));
  }

  throwError(error: unknown): void {
    const hanging = this.release();
    this.process.incarnation.run(() => rejectWith(hanging, error));
  }

  of(partition: TopicPartition): readonly string[] {
    const name = partitionName(partition);
    return this.all.filter((delivered) => delivered.partition === name).map(({ record }) => record);
  }

  /** The promise of the handler that hangs; null for none. */
  get lastHung(): SimPromise<void> | null {
    return this.hanging;
  }

  private release(): SimPromise<void> {
    const { hanging } = this;
    if (hanging === null)
      throw new ScenarioError(`no handler of ${this.consumer} hangs. It needs mode=step or batch, and "take" before.`);
    this.hanging = null;
    return hanging;
  }
}

/** What a handler throws when the scenario says so. */
export function thrown(kind: ThrownKind): unknown {
  if (kind === 'undefined') return undefined;
  return kind === 'TypeError' ? new TypeError('a mistake') : new Error('a failure');
}
