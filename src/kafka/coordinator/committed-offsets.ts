/**
 * Committed offsets of a coordinator: (group, topic, partition) → the offset to read next (OFS-1 … OFS-4). The value is
 * stored as it comes: backwards, beyond the log, negative (OFS-3); the last one wins.
 */
export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string | null;
}

export class CommittedOffsets {
  private readonly byGroup = new Map<string, Map<string, CommittedOffset>>();

  get(group: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.byGroup.get(group)?.get(`${topic}-${partition}`);
  }

  fingerprint(): string {
    const parts: string[] = [];
    for (const [group, offsets] of this.byGroup)
      for (const [place, { offset }] of offsets) parts.push(`${group}/${place}=${offset}`);
    return parts.sort().join();
  }

  set(group: string, topic: string, partition: number, value: CommittedOffset): void {
    let offsets = this.byGroup.get(group);
    if (offsets === undefined) {
      offsets = new Map();
      this.byGroup.set(group, offsets);
    }
    offsets.set(`${topic}-${partition}`, value);
  }
}
