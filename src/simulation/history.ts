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
  /** Its key; null or absent for none: records without a key have no order among each other that anybody relies on. */
  readonly key?: string | null;
}

export interface Delivery {
  readonly group: string;
  readonly partition: PartitionName;
  readonly offset: number;
  readonly incarnation: number;
  /** The handler came back without an error. */
  isHandled?: true;
  /** Business id of the value; absent where the value has none. */
  readonly record?: string;
  /** The consumer's isolation level; absent means read_committed, the default of both JavaScript clients (FET-4). */
  readonly isolation?: 'read_uncommitted';
}

/** A consumer's position was set: on assignment, by reset policy, or by a seek. Deliveries go on from there. */
export interface Positioning {
  readonly group: string;
  readonly partition: PartitionName;
  readonly offset: number;
  readonly incarnation: number;
  readonly from: 'committed' | 'reset' | 'seek';
  /** Deliveries, stored commits and decided transactions before it. */
  readonly deliveries: number;
  readonly commits?: number;
  readonly decided?: number;
}

export interface Effect {
  /** Business id of the record that was applied. */
  readonly record: string;
  readonly service: string;
  readonly incarnation: number;
  /** The record had not been delivered to any incarnation of the program: the effect was made up. */
  readonly isFabricated: boolean;
  /** Ghost: its process had lost the partition to another member of its group. */
  readonly isZombie?: true | undefined;
  /** It does not stand in the sink any more: the row that it was is gone. */
  isUndone?: true;
}

/** What a sink holds at the end, by key, against what the input amounts to (exploration.md A11). */
export interface Fold {
  readonly expected: ReadonlyMap<string, string | number>;
  readonly actual: ReadonlyMap<string, string | number>;
}

export interface Commit {
  readonly group: string;
  readonly partition: PartitionName;
  readonly offset: number;
  readonly incarnation: number;
  /** Effects applied before it; absent where nobody knows at that moment (see `History.outputTopic`). */
  readonly effects?: number | undefined;
  /** The transaction that carried it; absent for a commit of the consumer. */
  readonly transaction?: Transaction | undefined;
  /** Ghost: its sender's generation had ended, and the coordinator took it all the same. */
  readonly isZombie?: true | undefined;
}

export interface Send {
  readonly record: string;
  readonly partition: PartitionName;
  outcome: SendOutcome;
  /** Life of the process that sent it. */
  readonly incarnation: number;
  /** What the producer was told; null while and where it was told nothing. */
  offset: number | null;
  readonly transaction: Transaction | null;
  /**
   * Ghost: appended under an epoch that a newer producer of the same transactional.id had ended, or by a process that had
   * lost the partition of the record that it is the output of.
   */
  isZombie?: true;
}

/** A transaction as its producer knows it, and what was decided. Offsets count as writes (exploration.md A19). */
export interface Transaction {
  readonly transactionalId: string;
  readonly incarnation: number;
  /** Ghost: id and epoch of its producer at its beginning, by which coordinators tell transactions apart. */
  readonly producerId?: number;
  readonly producerEpoch?: number;
  /** What the program asked for; null while it is open. */
  asked: 'commit' | 'abort' | null;
  /** What it was told of that: `info` may have happened. */
  outcome: SendOutcome;
  /** Ghost: what the coordinator has made durable, whoever wanted it; null while undecided. */
  decision: 'commit' | 'abort' | null;
  /** Ghost: the decision was asked for by another transaction of the same producer id and epoch (TXN-19). */
  isMisattributed?: true;
  /** Deliveries before the decision. */
  decidedAfter: number;
  /** Records that its process had in hand when it began, or was given while it was open. */
  readonly reads: { readonly record: string; readonly partition: PartitionName }[];
  readonly offsets: { readonly group: string; readonly partition: PartitionName; readonly offset: number }[];
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
  /** Commits stored, and transactions decided, before it. */
  readonly commits?: number;
  readonly decided?: number;
}

/** What the rows of a table announce, and where: every row is to have a message, and every message a row (A26). */
export interface Outbox {
  readonly topic: string;
  /** Business ids of the rows at the end. */
  readonly rows: ReadonlySet<string>;
}

/** A record of a final read. */
export interface FinalRecord {
  readonly offset: number;
  readonly record: string;
}

/** How much had happened when the last, idle restart began. */
export interface IdleRestart {
  readonly deliveries: number;
  readonly effects: number;
  readonly commits: number;
  /** Business ids of the input whose effect did not stand then; none where losing is allowed. */
  readonly unapplied: readonly string[];
}

export class History {
  /** The input of the workload, in the order of its appending. */
  readonly input: InputRecord[] = [];
  /** Business ids of what a job was given to send, in that order. */
  readonly toSend: string[] = [];
  /** Requests and answers that have got lost. */
  losses = 0;
  readonly deliveries: Delivery[] = [];
  readonly effects: Effect[] = [];
  /** Commits that the group coordinator has stored. */
  readonly commits: Commit[] = [];
  readonly sends: Send[] = [];
  readonly transactions: Transaction[] = [];
  /** Transactions in the order of their decisions. */
  readonly decided: Transaction[] = [];
  readonly positionings: Positioning[] = [];
  readonly ends: ProcessEnd[] = [];
  /** Commits that have changed what is stored. */
  changes = 0;
  /** Null before the last, idle restart. */
  idleRestart: IdleRestart | null = null;
  /** The program was in a handler that had not come back when the execution ended. */
  isHandlerPending = false;
  /** The program's top-level code was waiting for something that never came when the execution ended. */
  isStartPending = false;

  /** The final read_uncommitted read of a fresh reader by partition, in offset order. */
  readonly finalLog = new Map<PartitionName, readonly FinalRecord[]>();
  /** The same at read_committed; a partition that is absent reads the same at both levels. */
  readonly finalCommitted = new Map<PartitionName, readonly FinalRecord[]>();
  /** Business ids that no handler can process, and where such records belong; for labs that have them. */
  readonly poison = new Set<string>();
  /** For labs whose sink sums its input up; null for others, and while the execution runs. */
  fold: Fold | null = null;
  deadLetterTopic: string | null = null;
  /** Topic whose visible records are the effects: they are counted when it is read, not when they are sent. */
  outputTopic: string | null = null;
  /** For labs that announce what stands in a table; null for others, and while the execution runs. */
  outbox: Outbox | null = null;
  /** Deliveries name the ids of their values: where a log may change, or a transaction hide what it holds. */
  namesDeliveries = false;
  /** Ghost: epoch of the newest producer of each transactional.id. */
  readonly producerEpochs = new Map<string, number>();
  /** Ghost: processes that have got a partition, by `group/partition`, the present owner last. */
  private readonly owners = new Map<string, number[]>();
  /** Some partition has gone from one process to another. */
  private hasMoved = false;

  /** Ghost: the group has given a partition to a process. */
  own(group: string, partition: PartitionName, incarnation: number): void {
    const key = `${group}/${partition}`;
    const owners = this.owners.get(key);
    if (owners === undefined) this.owners.set(key, [incarnation]);
    else if (owners[owners.length - 1] !== incarnation) {
      owners.push(incarnation);
      this.hasMoved = true;
    }
  }

  /** Ghost: whether a process once had a partition, and another one has it now. */
  hasLost(group: string, partition: PartitionName, incarnation: number): boolean {
    if (!this.hasMoved) return false;
    const owners = this.owners.get(`${group}/${partition}`);
    return owners !== undefined && owners[owners.length - 1] !== incarnation && owners.includes(incarnation);
  }

  /** Ghost: whether a process that works on a record has lost the record's partition to another one of some group. */
  isReplaced(record: string, incarnation: number): boolean {
    if (!this.hasMoved) return false;
    const input = this.input.find(({ id }) => id === record);
    if (input === undefined) return false;
    for (const [key, owners] of this.owners) {
      if (!key.endsWith(`/${input.partition}`)) continue;
      if (owners[owners.length - 1] !== incarnation && owners.includes(incarnation)) return true;
    }
    return false;
  }

  /** What a fresh read_committed reader finds. */
  committedView(partition: PartitionName): readonly FinalRecord[] {
    return this.finalCommitted.get(partition) ?? this.finalLog.get(partition) ?? [];
  }

  /** Whether an incarnation of the program has ever been given the record. */
  wasDelivered(record: string): boolean {
    return this.input.some(
      ({ id, partition, offset }) =>
        id === record &&
        this.deliveries.some((delivery) => delivery.partition === partition && delivery.offset === offset),
    );
  }

  /** Notes the end of a process, and how much had happened by then. */
  end(how: Pick<ProcessEnd, 'incarnation' | 'how' | 'code' | 'origin' | 'error'>): void {
    this.ends.push({ ...how, commits: this.commits.length, decided: this.decided.length });
  }

  /**
   * Notes that the idle restart begins now.
   * @param isLosingForbidden every record has to have had its effect by now
   */
  markIdleRestart(isLosingForbidden = false): void {
    const applied = new Set<string>();
    for (const { record, isFabricated, isUndone } of this.effects)
      if (!isFabricated && isUndone !== true) applied.add(record);
    this.idleRestart = {
      deliveries: this.deliveries.length,
      effects: this.effects.length,
      commits: this.commits.length,
      unapplied: isLosingForbidden ? this.input.map(({ id }) => id).filter((id) => !applied.has(id)) : [],
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
