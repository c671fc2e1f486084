/** Partitions that a consumer has, and where it is in them (CON-1, FET-9; Kafka: `SubscriptionState`). */
import type { StoredRecord } from '../../protocol/messages';

/** Records of one fetch that have not been returned yet. */
export interface CompletedFetch {
  readonly records: readonly StoredRecord[];
  next: number;
  /** Where the fetch goes on, markers and dropped records behind it (FET-9). */
  readonly endOffset: number;
}

export class AssignedPartition {
  /** `topic-partition`. */
  readonly name: string;
  /** Offset of the next record to be returned; -1 while it is not known. */
  position = -1;
  /** Changes with every new position: what was fetched before is out of date. */
  version = 0;
  isPaused = false;
  /** A reset of the position is under way. */
  isResetting = false;
  completed: CompletedFetch | null = null;

  constructor(
    readonly topic: string,
    readonly index: number,
  ) {
    this.name = `${topic}-${index}`;
  }

  moveTo(offset: number): void {
    this.version += 1;
    this.position = offset;
    this.isResetting = false;
    this.completed = null;
  }
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

export class SubscriptionState {
  topics: readonly string[] = [];
  assigned: readonly AssignedPartition[] = [];

  find({ topic, partition }: TopicPartition): AssignedPartition | undefined {
    return this.assigned.find((one) => one.index === partition && one.topic === topic);
  }

  /** CON-5, CON-7: what "everything consumed" means for a commit: the positions, read from or not. */
  allConsumed(): OffsetAndPartition[] {
    return this.assigned
      .filter(({ position }) => position >= 0)
      .map(({ topic, index, position }) => ({ topic, partition: index, offset: position }));
  }
}

export interface OffsetAndPartition extends TopicPartition {
  /** The next offset to read (OFS-2). */
  readonly offset: number;
}

/** Things by topic, as requests have them. */
export function byTopic<T extends { readonly topic: string }, U>(
  things: readonly T[],
  make: (thing: T) => U,
): { readonly name: string; readonly items: U[] }[] {
  const groups = new Map<string, U[]>();
  for (const thing of things) {
    const items = groups.get(thing.topic) ?? [];
    items.push(make(thing));
    groups.set(thing.topic, items);
  }
  return [...groups].map(([name, items]) => ({ name, items }));
}
