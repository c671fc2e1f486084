/**
 * Which leader epoch began at which offset of a replica's log (REP-3). Replicas compare these to find where their logs
 * part (EPO-1; Kafka: `LeaderEpochFileCache`).
 */

/** The largest epoch that is not above the one asked for, and the offset behind its last record. */
export interface EpochEnd {
  /** -1 when the log knows nothing that old. */
  readonly epoch: number;
  readonly endOffset: number;
}

export interface EpochStart {
  readonly epoch: number;
  readonly startOffset: number;
}

export class LeaderEpochCache {
  private readonly entries: EpochStart[] = [];

  /** Latest epoch that has begun; -1 before the first. */
  get latest(): number {
    return this.entries.length === 0 ? -1 : this.entries[this.entries.length - 1]!.epoch;
  }

  /** Notes that `epoch` begins at `startOffset`; an epoch that is known already keeps its start. */
  assign(epoch: number, startOffset: number): void {
    if (epoch <= this.latest) return;
    // Epochs that began at or behind this offset have no record: the log was cut, or nothing was written under them.
    while (this.entries.length > 0 && this.entries[this.entries.length - 1]!.startOffset >= startOffset)
      this.entries.pop();
    this.entries.push({ epoch, startOffset });
  }

  /** EPO-1: where the leader of `epoch` stopped writing, as far as this log knows. */
  endOf(epoch: number, logEndOffset: number): EpochEnd | null {
    const { entries } = this;
    if (epoch < 0 || entries.length === 0) return null;
    if (epoch === this.latest) return { epoch, endOffset: logEndOffset };
    if (epoch > this.latest) return null;
    let floor = -1;
    for (const [i, entry] of entries.entries()) if (entry.epoch <= epoch) floor = i;
    if (floor === -1) return { epoch, endOffset: entries[0]!.startOffset };
    return { epoch: entries[floor]!.epoch, endOffset: entries[floor + 1]!.startOffset };
  }

  /** The log has been cut at `endOffset`: epochs that begin there or later are gone. */
  truncateFromEnd(endOffset: number): void {
    while (this.entries.length > 0 && this.entries[this.entries.length - 1]!.startOffset >= endOffset)
      this.entries.pop();
  }

  clear(): void {
    this.entries.length = 0;
  }

  fingerprint(): string {
    return this.entries.map(({ epoch, startOffset }) => `${epoch}@${startOffset}`).join('.');
  }
}
