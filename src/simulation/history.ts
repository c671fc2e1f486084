/**
 * What an execution leaves for the checkers: the observables of exploration.md a.1 and nothing of the model's inside, so
 * that the same checkers can read the history of a run on a real cluster.
 *
 * Plain arrays in the order of happening. Partitions are written `topic-partition`.
 */

/** `topic-partition`, e.g. `orders-0`. */
export type PartitionName = string;

/** What a producer was told of a send: `info` may or may not have happened (exploration.md d7). */
export type SendOutcome = 'ok' | 'fail' | 'info';

export interface InputRecord {
  readonly id: string;
  readonly partition: PartitionName;
  readonly offset: number;
}

export interface Delivery {
  readonly group: string;
  readonly partition: PartitionName;
  readonly offset: number;
  readonly incarnation: number;
}

export interface Effect {
  /** Business id of the record that was applied. */
  readonly record: string;
  readonly service: string;
  readonly incarnation: number;
  /** The record had not been delivered to any incarnation of the program: the effect was made up. */
  readonly isFabricated: boolean;
}

export interface Commit {
  readonly group: string;
  readonly partition: PartitionName;
  readonly offset: number;
  readonly incarnation: number;
}

export interface Send {
  readonly record: string;
  readonly partition: PartitionName;
  outcome: SendOutcome;
}

export interface ProcessEnd {
  readonly incarnation: number;
  /** `crash` and `stop` come from outside, `exit` is the program's own doing. */
  readonly how: 'crash' | 'stop' | 'exit';
  readonly code: number;
  /** Where an error left the program: its top-level code, a rejection nobody handled, or a callback. */
  readonly origin: 'start' | 'rejection' | 'callback' | null;
  readonly error: {
    readonly name: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  } | null;
}

export class History {
  /** The input of the workload, in the order of its appending. */
  readonly input: InputRecord[] = [];
  readonly deliveries: Delivery[] = [];
  readonly effects: Effect[] = [];
  /** Commits that the group coordinator has stored. */
  readonly commits: Commit[] = [];
  readonly sends: Send[] = [];
  readonly ends: ProcessEnd[] = [];
  /** Commits that have changed what is stored. */
  changes = 0;
  /** How much had happened when the last, idle restart began; null before it. */
  idleRestart: { readonly deliveries: number; readonly effects: number; readonly commits: number } | null = null;
  /** The program was in a handler that had not come back when the execution ended. */
  isHandlerPending = false;
  /** The program's top-level code was waiting for something that never came when the execution ended. */
  isStartPending = false;

  /** Values of the final log by partition: what a fresh reader would find, in offset order. */
  readonly finalLog = new Map<PartitionName, readonly { readonly offset: number; readonly record: string }[]>();

  /** Notes that the idle restart begins now. */
  markIdleRestart(): void {
    this.idleRestart = {
      deliveries: this.deliveries.length,
      effects: this.effects.length,
      commits: this.commits.length,
    };
  }

  /**
   * The last stored commit of any group for a partition; the largest over the groups, or null.
   * @param until only the first so many commits
   */
  committed(partition: PartitionName, until = this.commits.length): number | null {
    const byGroup = new Map<string, number>();
    for (let i = 0; i < until; i += 1) {
      const commit = this.commits[i]!;
      if (commit.partition === partition) byGroup.set(commit.group, commit.offset);
    }
    let largest: number | null = null;
    for (const offset of byGroup.values()) if (largest === null || offset > largest) largest = offset;
    return largest;
  }
}
