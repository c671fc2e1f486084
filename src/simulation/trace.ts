/**
 * The trace: what happened in one execution, in the order in which it happened, each event with its cause.
 *
 * A trace is data (plain JSON): the timeline draws it, the verdict's story is chosen from it, and its hash is part of
 * the verdict. Lines of the learner's file are annotations: they are shown, and left out of the hash.
 */

/** Milliseconds of virtual time since the world began. */
export type VirtualTimeMs = number;

/** A column of the timeline: `topic-partition` ("orders-0"), a process ("consumer") or a service ("shipping"). */
export type LaneId = string;

export interface Lane {
  readonly id: LaneId;
  readonly kind: 'broker' | 'partition' | 'process' | 'service';
}

/** The next free step number is the event's index in the trace; `cause` is the step of an earlier event. */
interface TraceEventBase {
  readonly step: number;
  readonly time: VirtualTimeMs;
  readonly cause: number | null;
  /** Lane where it happens. */
  readonly lane: LaneId;
  /** Lane of the other end, when the event is a message: the message goes from `lane` to `peer`. */
  readonly peer?: LaneId;
  /** Which life of the process (1, 2, …), for events of a process. */
  readonly incarnation?: number;
  /** Line of the learner's file that led to the event, 1-based. */
  readonly line?: number;
}

export interface TracePartition {
  readonly topic: string;
  readonly partition: number;
}

/** What an event says, by kind. Every offset is a number of the model (a learner sees offsets as strings). */
export type TraceDetail =
  | { readonly kind: 'phase'; readonly phase: 'start' | 'heal' | 'next-batch' | 'restart' | 'end' }
  | { readonly kind: 'process-start' }
  | { readonly kind: 'process-crash'; readonly phase: 'before' | 'after' | null; readonly request: string | null }
  | { readonly kind: 'process-stop' }
  /** The process freezes, right before the request leaves; it does not know. */
  | { readonly kind: 'process-pause'; readonly request: string }
  | { readonly kind: 'process-resume' }
  | { readonly kind: 'process-exit'; readonly code: number; readonly error?: TraceError }
  | (TracePartition & {
      readonly kind: 'append';
      readonly offset: number;
      readonly record: string | null;
      readonly value: string | null;
    })
  | {
      readonly kind: 'group-join';
      readonly group: string;
      readonly generation: number;
      readonly assignment: readonly TracePartition[];
    }
  | { readonly kind: 'group-leave'; readonly group: string; readonly reason: 'left' | 'session-expired' }
  | (TracePartition & {
      readonly kind: 'position';
      readonly group: string;
      readonly offset: number;
      readonly from: 'committed' | 'reset' | 'seek';
    })
  | (TracePartition & {
      readonly kind: 'deliver';
      readonly group: string;
      readonly generation: number;
      readonly offset: number;
      readonly record: string | null;
      readonly again: boolean;
    })
  | (TracePartition & {
      readonly kind: 'handled';
      readonly offset: number;
      readonly record: string | null;
      readonly error?: TraceError;
    })
  | (TracePartition & {
      readonly kind: 'commit-queued';
      readonly group: string;
      readonly offset: number;
      readonly automatic: boolean;
    })
  | (TracePartition & {
      readonly kind: 'commit';
      readonly group: string;
      readonly offset: number;
      readonly previous: number | null;
    })
  | (TracePartition & {
      readonly kind: 'commit-refused';
      readonly group: string;
      readonly offset: number;
      readonly error: string;
    })
  | {
      /** What a transactional producer asks for; the coordinator decides (TXN-11). */
      readonly kind: 'transaction-begin' | 'transaction-commit' | 'transaction-abort';
      readonly transactionalId: string;
    }
  /** Offsets are to become part of the open transaction (TXC-5). */
  | (TracePartition & { readonly kind: 'transaction-offsets'; readonly group: string; readonly offset: number })
  | { readonly kind: 'request'; readonly request: string; readonly api: string; readonly label: string }
  | {
      readonly kind: 'effect';
      readonly request: string;
      readonly service: string;
      readonly label: string;
      readonly record: string | null;
      readonly count: number;
      readonly fabricated: boolean;
      /** Something has taken the effect back: a row that is overwritten or deleted. `count` is what is left. */
      readonly undone?: true;
    }
  | {
      readonly kind: 'service-refused';
      readonly request: string;
      readonly service: string;
      readonly label: string;
      readonly status: number;
    }
  /** The database has carried out a query, or has refused it with a code. */
  | {
      readonly kind: 'statement';
      readonly request: string;
      readonly database: string;
      readonly label: string;
      /** `INSERT 1`, or the error's message. */
      readonly outcome: string;
      readonly code: string | null;
    }
  | {
      readonly kind: 'transaction-waits';
      readonly request: string;
      readonly database: string;
      readonly label: string;
      readonly holder: string;
    }
  /** The program asks a pool for a connection and has to wait: all of them are lent. */
  | { readonly kind: 'pool-exhausted'; readonly connections: number }
  /** A connection has ended within a transaction. */
  | { readonly kind: 'rolled-back'; readonly database: string; readonly owner: string }
  /** What a table holds from here on, as committed. */
  | {
      readonly kind: 'table';
      readonly database: string;
      readonly table: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number | null)[])[];
    }
  /** What has become of a broker; `fenced`: the controller counts it as gone (REP-7). */
  | { readonly kind: 'broker'; readonly broker: number; readonly state: BrokerEvent }
  /** Another leader, or none: null. `unclean`: records may have been lost (REP-5). */
  | (TracePartition & {
      readonly kind: 'leader';
      readonly leader: number | null;
      /** Where its log ends: whatever the last one had beyond that is gone. Null for no leader. */
      readonly end: number | null;
      readonly epoch: number;
      readonly unclean: boolean;
    })
  /** Another broker coordinates groups or transactions, or none: null (GRP-15, TXN-1). */
  | { readonly kind: 'coordinator'; readonly of: 'group' | 'transaction'; readonly broker: number | null }
  /** The in-sync replicas from here on. */
  | (TracePartition & { readonly kind: 'isr'; readonly isr: readonly number[] })
  /** A replica has cut off what lies between these offsets (EPO-2). */
  | (TracePartition & {
      readonly kind: 'truncated';
      readonly broker: number;
      readonly from: number;
      readonly to: number;
    })
  | { readonly kind: 'answer'; readonly request: string; readonly label: string; readonly status: number | string }
  | { readonly kind: 'request-lost'; readonly request: string; readonly label: string }
  | { readonly kind: 'answer-lost'; readonly request: string; readonly label: string }
  /** It is held up on its way: it arrives after what comes later. */
  | { readonly kind: 'request-late' | 'answer-late'; readonly request: string; readonly label: string }
  /** It arrives before those that were sent before it on other connections. */
  | { readonly kind: 'request-overtakes'; readonly request: string; readonly label: string }
  /** A record of the workload arrives with a value that cannot be parsed. */
  | (TracePartition & { readonly kind: 'poison'; readonly offset: number; readonly record: string })
  | { readonly kind: 'console'; readonly level: 'log' | 'info' | 'warn' | 'error' | 'debug'; readonly text: string }
  | { readonly kind: 'stuck'; readonly reason: StuckReason; readonly ticks?: number };

/** `hanging`: it lives and copies nothing from its leaders; `copying`: it does again (ISR-3). */
export type BrokerEvent = 'killed' | 'paused' | 'resumed' | 'started' | 'stopped' | 'fenced' | 'hanging' | 'copying';

/** Why an execution did not come to its goal (L1 subtypes of exploration.md a.2). */
export type StuckReason = 'deadlock' | 'livelock' | 'poison-loop' | 'idle' | 'budget' | 'endless-loop';

export interface TraceError {
  readonly name: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export type TraceEvent = TraceEventBase & TraceDetail;
export type TraceEventKind = TraceDetail['kind'];

/** One recorded execution: everything the timeline, the state view, the consoles and the ledger need. */
export interface Recording {
  /** Replays this very execution in the page, on the command line and in a test. */
  readonly executionCode: string;
  readonly traceHash: string;
  readonly lanes: readonly Lane[];
  readonly events: readonly TraceEvent[];
  readonly ledger: readonly LedgerRow[];
}

/** One input record against what became of it, at the end of the execution. */
export interface LedgerRow {
  readonly record: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number | null;
  readonly appended: number;
  readonly delivered: number;
  readonly effects: number;
  /** The group's committed offset is beyond the record. */
  readonly committed: boolean;
  /** Which cell contradicts the guarantee, if one does. */
  readonly bad: 'appended' | 'delivered' | 'effects' | 'committed' | null;
}
