/**
 * Committed offsets of a coordinator: (group, topic, partition) → the offset to read next (OFS-1 … OFS-4). The value is
 * stored as it comes: backwards, beyond the log, negative (OFS-3); the last one by log position wins (OFS-9).
 */
import type { CommittedOffset } from './group-records';

export interface StoredOffset extends CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  /** Rank of its record in the log. */
  readonly position: number;
  readonly committedAt: number;
}

/** Name of a partition as histories and keys have it. */
export function placeOf(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

export class CommittedOffsets {
  private readonly byGroup = new Map<string, Map<string, StoredOffset>>();

  get(group: string, topic: string, partition: number): StoredOffset | undefined {
    return this.byGroup.get(group)?.get(placeOf(topic, partition));
  }

  at(group: string, place: string): StoredOffset | undefined {
    return this.byGroup.get(group)?.get(place);
  }

  /** Offsets of a group by `topic-partition`. */
  of(group: string): ReadonlyMap<string, StoredOffset> {
    return this.byGroup.get(group) ?? NONE;
  }

  groups(): readonly string[] {
    return [...this.byGroup.keys()];
  }

  /** Stores a value as if it had just been committed: set-up of a scenario. */
  set(group: string, topic: string, partition: number, { offset, metadata }: CommittedOffset): void {
    const value = { topic, partition, offset, metadata, position: -1, committedAt: 0 };
    this.store(group, placeOf(topic, partition), value);
  }

  store(group: string, place: string, value: StoredOffset): void {
    let offsets = this.byGroup.get(group);
    if (offsets === undefined) {
      offsets = new Map();
      this.byGroup.set(group, offsets);
    }
    offsets.set(place, value);
  }

  delete(group: string, place: string): void {
    const offsets = this.byGroup.get(group);
    if (offsets?.delete(place) && offsets.size === 0) this.byGroup.delete(group);
  }

  fingerprint(): string {
    const parts: string[] = [];
    for (const [group, offsets] of this.byGroup)
      for (const [place, { offset }] of offsets) parts.push(`${group}/${place}=${offset}`);
    return parts.sort().join();
  }
}

const NONE: ReadonlyMap<string, StoredOffset> = new Map();
