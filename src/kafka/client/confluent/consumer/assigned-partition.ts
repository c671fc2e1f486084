/** A partition that the member has now, with every mark the client keeps of it (MOD-3 e). */
import type { StoredRecord } from '../../../protocol/messages';
import type { BatchState } from './batch';

export class AssignedPartition {
  /** `topic-partition`. */
  readonly name: string;
  /** Offset of the next fetch; -1 while it is not known. */
  position = -1;
  /** Offset behind the last record that went from the fetch buffer to the delivery. */
  handedOver = -1;
  /** Grows with every seek and pause: what was fetched before is out of date. */
  version = 0;
  isPaused = false;
  /** Marked as done, not necessarily committed; -1 for none. */
  stored = -1;
  /** Last committed offset that the client knows of; -1 for none. */
  committed = -1;
  highWatermark = -1;
  /** Offset of the last message that is done, to which a pause goes back; -1 for none since the last seek. */
  lastConsumed = -1;
  /** Records waiting for their handler, from `nextCached` on. */
  cached: StoredRecord[] = [];
  nextCached = 0;
  /** A worker has it. */
  isTaken = false;
  /** The batch in a handler now. */
  batch: BatchState | null = null;

  constructor(
    readonly topic: string,
    readonly index: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  get isCacheEmpty(): boolean {
    return this.nextCached >= this.cached.length;
  }

  /** Moves the position; what was fetched from the old one is void. */
  moveTo(offset: number): void {
    this.version += 1;
    this.position = offset;
    this.handedOver = offset;
  }

  dropCache(): void {
    this.cached = [];
    this.nextCached = 0;
  }
}

/** The present assignment; replaced as a whole (GRP-10, eager). */
export class Assignment {
  partitions: readonly AssignedPartition[] = [];

  find(topic: string, index: number): AssignedPartition | undefined {
    for (const partition of this.partitions)
      if (partition.index === index && partition.topic === topic) return partition;
    return undefined;
  }

  /** `topic` → partition indexes, as requests have them. */
  static byTopic<T>(
    partitions: readonly T[],
    topicOf: (item: T) => string,
  ): { readonly name: string; readonly items: T[] }[] {
    if (partitions.length === 1) return [{ name: topicOf(partitions[0]!), items: [partitions[0]!] }];
    const groups: { name: string; items: T[] }[] = [];
    for (const item of partitions) {
      const name = topicOf(item);
      const group = groups.find((candidate) => candidate.name === name);
      if (group === undefined) groups.push({ name, items: [item] });
      else group.items.push(item);
    }
    return groups;
  }
}
