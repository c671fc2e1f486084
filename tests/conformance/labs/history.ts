/**
 * The history of an execution on a real cluster, made of what it has left: the second implementation of the observables, so
 * that the checkers of the model judge real executions too (exploration.md a.1).
 *
 * Seen from outside less is known. What was delivered is concluded from what was applied or written; which parts of a
 * transaction belong together over partitions is not known, so each partition's part stands for itself; positions and ghosts
 * are not there, and the checkers that ask for them find nothing.
 */
import type { LabOutput, LabRecord } from '../../../src/grader/lab';
import { recordId } from '../../../src/kafka/record-id';
import { History, type PartitionName, type Transaction } from '../../../src/simulation/history';
import type { Mark, OffsetStep, RealEvidence, StoredRecord } from './evidence';

/** Group of deliveries: those who applied something do not say for which group. */
const SOME_GROUP = '';

/**
 * @param records all records of the workload
 * @param output for a lab whose effect is a record in a topic
 */
export function historyOf(evidence: RealEvidence, records: readonly LabRecord[], output?: LabOutput): History {
  return new Reconstruction(evidence, records, output ?? null).build();
}

class Reconstruction {
  private readonly history = new History();
  private readonly seen: Record<PartitionName, number> = {};
  private readonly steps: number[] = [];
  private applied = 0;
  private incarnation = 1;
  /** Offsets inside transactions without a marker yet, by producer. */
  private readonly pending = new Map<number, { group: string; partition: PartitionName; offset: number }[]>();
  /** Open part of a transaction, by partition and producer. */
  private readonly open = new Map<string, Transaction>();

  constructor(
    private readonly evidence: RealEvidence,
    private readonly records: readonly LabRecord[],
    private readonly output: LabOutput | null,
  ) {}

  build(): History {
    const { history, evidence } = this;
    history.input.push(...evidence.input);
    history.toSend.push(...evidence.toSend);
    history.losses = evidence.faults;
    history.outputTopic = this.output?.topic ?? null;
    for (const mark of evidence.marks) this.mark(mark);
    this.catchUp(null);
    this.readOutput();
    this.readLogs();
    return history;
  }

  private mark(mark: Mark): void {
    this.catchUp(mark);
    const { history } = this;
    const { what, incarnation, how = 'stop', code = -1 } = mark;
    if (what === 'start') this.incarnation = incarnation;
    if (what === 'end') history.end({ incarnation, how, code, origin: null, error: null });
    if (what !== 'idle') return;
    this.readOutput();
    history.markIdleRestart();
  }

  /** Takes in what has happened up to a mark; to the very end for null. */
  private catchUp(until: Mark | null): void {
    const { applied, logs, offsets } = this.evidence;
    for (const effect of applied.slice(this.applied, until?.applied))
      this.apply(effect.record, effect.service, effect.incarnation);
    this.applied = until?.applied ?? applied.length;
    for (const [partition, log] of Object.entries(logs)) {
      const end = until === null ? Infinity : (until.ends[partition] ?? 0);
      const from = this.seen[partition] ?? 0;
      for (const record of log) if (record.offset >= from && record.offset < end) this.store(partition, record);
      this.seen[partition] = end;
    }
    offsets.forEach((steps, index) => {
      const end = until?.offsets[index] ?? (until === null ? steps.length : 0);
      for (const step of steps.slice(this.steps[index] ?? 0, end)) this.commit(step);
      this.steps[index] = end;
    });
  }

  private apply(record: string, service: string, incarnation: number): void {
    this.deliver(record, incarnation);
    this.history.effects.push({ record, service, incarnation, isFabricated: false });
  }

  /** Whoever has applied a record, or written its output, had been given it. */
  private deliver(record: string, incarnation: number): void {
    const input = this.history.input.find(({ id }) => id === record);
    if (input === undefined) return;
    const { partition, offset } = input;
    this.history.deliveries.push({ group: SOME_GROUP, partition, offset, incarnation, isHandled: true });
  }

  private store(partition: PartitionName, { offset, value, producerId, isTransactional, marker }: StoredRecord): void {
    const { history, incarnation } = this;
    const key = `${partition}/${producerId}`;
    if (marker !== null) {
      const transaction = this.open.get(key);
      this.open.delete(key);
      if (transaction !== undefined) this.decide(transaction, marker);
      return;
    }
    const record = recordId(value) ?? '';
    if (history.input.some((input) => input.partition === partition && input.offset === offset)) return;
    const transaction = isTransactional ? this.transactionOf(key, producerId) : null;
    history.sends.push({ record, partition, outcome: 'ok', incarnation, offset, transaction });
    this.deliver(record, incarnation);
  }

  private transactionOf(key: string, producerId: number): Transaction {
    const known = this.open.get(key);
    if (known !== undefined) return known;
    const made: Transaction = {
      transactionalId: `producer ${producerId}`,
      incarnation: this.incarnation,
      producerId,
      asked: null,
      outcome: 'info',
      decision: null,
      decidedAfter: this.history.deliveries.length,
      reads: [],
      offsets: [],
    };
    this.open.set(key, made);
    this.history.transactions.push(made);
    return made;
  }

  private decide(transaction: Transaction, decision: 'commit' | 'abort'): void {
    transaction.decision = decision;
    transaction.decidedAfter = this.history.deliveries.length;
    this.history.decided.push(transaction);
  }

  private commit(step: OffsetStep): void {
    if ('marker' in step) {
      const offsets = this.pending.get(step.producerId) ?? [];
      this.pending.delete(step.producerId);
      if (step.marker === 'commit') for (const offset of offsets) this.noteCommit(offset);
      return;
    }
    const { producerId, group, partition, offset } = step;
    if (producerId === null) this.noteCommit({ group, partition, offset });
    else this.pending.set(producerId, [...(this.pending.get(producerId) ?? []), { group, partition, offset }]);
  }

  private noteCommit(commit: { group: string; partition: PartitionName; offset: number }): void {
    this.history.commits.push({ ...commit, incarnation: this.incarnation });
  }

  /** What a reader at read_committed finds by now are the effects (FET-4, FET-5). */
  private readOutput(): void {
    const { output, history } = this;
    if (output === null) return;
    const visible = new Map<string, number>();
    for (const [partition, log] of Object.entries(this.evidence.logs)) {
      if (partition.slice(0, partition.lastIndexOf('-')) !== output.topic) continue;
      for (const { value } of readable(log, this.seen[partition] ?? Infinity)) {
        const record = this.outputOf(value, output);
        visible.set(record, (visible.get(record) ?? 0) + 1);
      }
    }
    for (const effect of history.effects) {
      const left = visible.get(effect.record) ?? 0;
      if (left === 0) effect.isUndone = true;
      else visible.set(effect.record, left - 1);
    }
    for (const [record, count] of visible)
      for (let i = 0; i < count; i += 1)
        history.effects.push({ record, service: output.topic, incarnation: this.incarnation, isFabricated: false });
  }

  private outputOf(value: string | null, { isRight }: LabOutput): string {
    const id = recordId(value);
    const input = this.records.find((record) => record.id === id);
    if (id === null || input === undefined) return '';
    return isRight === undefined || isRight(value!, input) ? id : '';
  }

  private readLogs(): void {
    for (const [partition, log] of Object.entries(this.evidence.logs)) {
      const all = log.filter(({ marker }) => marker === null);
      this.history.finalLog.set(partition, all.map(finalRecord));
      this.history.finalCommitted.set(partition, readable(log, Infinity).map(finalRecord));
    }
  }
}

function finalRecord({ offset, value }: StoredRecord): { offset: number; record: string } {
  return { offset, record: recordId(value) ?? '' };
}

/** Records below the last stable offset that were not aborted, of the part of a log before `end`. */
function readable(log: readonly StoredRecord[], end: number): readonly StoredRecord[] {
  const part = log.filter(({ offset }) => offset < end);
  const decisionOf = ({ offset, producerId }: StoredRecord): StoredRecord['marker'] =>
    part.find((other) => other.marker !== null && other.producerId === producerId && other.offset > offset)?.marker ??
    null;
  const isOpen = (record: StoredRecord): boolean =>
    record.isTransactional && record.marker === null && decisionOf(record) === null;
  const stable = part.find(isOpen)?.offset ?? Infinity;
  return part.filter(
    (record) =>
      record.marker === null && record.offset < stable && (!record.isTransactional || decisionOf(record) === 'commit'),
  );
}
