/**
 * The final drain (exploration.md a.1): what fresh readers find, at read_uncommitted and at read_committed. In a lab whose
 * effect is a record in a topic, what a reader at read_committed finds there are the effects.
 */
import { readCommitted } from '../kafka/client/read-committed';
import type { Cluster } from '../kafka/cluster';
import { recordsFrom } from '../kafka/broker/record-batch';
import type { Replica } from '../kafka/broker/replica';
import type { StoredRecord } from '../kafka/protocol/messages';
import { recordId } from '../kafka/record-id';
import type { FinalRecord, History } from '../simulation/history';
import type { LabOutput, LabRecord } from './lab';

/** Reads all logs from their beginning to their end, at both levels. */
export function readLogs(history: History, cluster: Cluster): void {
  for (const replica of cluster.partitions()) {
    const { log, highWatermark, lastStableOffset, name } = replica;
    const all = recordsFrom(log.read(log.logStartOffset, highWatermark), log.logStartOffset);
    history.finalLog.set(name, all.map(finalRecord));
    const isAlike = lastStableOffset === highWatermark && replica.abortedTransactions(log.logStartOffset).length === 0;
    if (!isAlike) history.finalCommitted.set(name, committedRecords(replica).map(finalRecord));
  }
}

/** FET-4, FET-5: below the last stable offset, and without what was aborted. */
function committedRecords(replica: Replica): readonly StoredRecord[] {
  const { log, lastStableOffset } = replica;
  const from = log.logStartOffset;
  return readCommitted(log.read(from, lastStableOffset), replica.abortedTransactions(from), from);
}

function finalRecord({ offset, value }: StoredRecord): FinalRecord {
  return { offset, record: recordId(value) ?? '' };
}

/** Where a record stands. */
interface Place {
  readonly partition: string;
  readonly offset: number;
}

/**
 * Counts the effects of a lab whose effect is a visible record. It may be read several times: what has come since the last
 * time is added, what has gone is undone.
 */
export class OutputReader {
  constructor(
    private readonly output: LabOutput,
    private readonly records: readonly LabRecord[],
  ) {}

  read(history: History, cluster: Cluster): void {
    const { topic } = this.output;
    const visible = new Map<string, Place[]>();
    for (const replica of cluster.partitions()) {
      if (replica.topic !== topic) continue;
      for (const { value, offset } of committedRecords(replica)) {
        const record = this.recordOf(value);
        const places = visible.get(record);
        if (places === undefined) visible.set(record, [{ partition: replica.name, offset }]);
        else places.push({ partition: replica.name, offset });
      }
    }
    for (const effect of history.effects)
      if (effect.service === topic && visible.get(effect.record)?.shift() === undefined) effect.isUndone = true;
    for (const [record, places] of visible) for (const place of places) this.note(history, record, place);
  }

  /** Business id of the input that an output is for; empty for one that is for none. */
  private recordOf(value: string | null): string {
    const id = recordId(value);
    const { isRight } = this.output;
    if (id === null || isRight === undefined) return id ?? '';
    const input = this.records.find((record) => record.id === id);
    return input !== undefined && isRight(value!, input) ? id : '';
  }

  private note(history: History, record: string, { partition, offset }: Place): void {
    const { topic } = this.output;
    // What its sender was never told of has no offset in the history; then the value tells who it was.
    const mine = history.sends.filter((sent) => sent.record === record && sent.partition === partition);
    const send = mine.find((sent) => sent.offset === offset) ?? mine.find((sent) => sent.offset === null);
    history.effects.push({
      record,
      service: topic,
      incarnation: send?.incarnation ?? 0,
      isFabricated: !history.wasDelivered(record),
      isZombie: send?.isZombie,
    });
  }
}
