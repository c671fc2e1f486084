/**
 * A classic consumer group as its coordinator keeps it (GRP-1 … GRP-16; Kafka: `ClassicGroup`).
 *
 * States and the moves between them are the table below; who moves it is in `rebalance.ts`, `joining.ts`, `syncing.ts`.
 */
import type { SimEvent } from '../../../simulation/event-queue';
import type { Request } from '../../../simulation/network';
import type {
  AssignedTopic,
  JoinGroupAnswer,
  JoinGroupRequest,
  SyncGroupAnswer,
  SyncGroupRequest,
} from '../../protocol/messages';

export type GroupState = 'empty' | 'preparing-rebalance' | 'completing-rebalance' | 'stable' | 'dead';

/** GRP-1. The lesson's diagram of group states is drawn from this table. */
export const GROUP_TRANSITIONS: Readonly<Record<GroupState, readonly GroupState[]>> = {
  empty: ['preparing-rebalance', 'dead'],
  'preparing-rebalance': ['completing-rebalance', 'empty', 'dead'],
  'completing-rebalance': ['stable', 'preparing-rebalance', 'dead'],
  stable: ['preparing-rebalance', 'dead'],
  dead: [],
};

export type Protocols = JoinGroupRequest['protocols'];

export interface Member {
  /** Changes when a static member is replaced (GRP-12). */
  readonly id: string;
  readonly groupInstanceId: string | null;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: Protocols;
  /** The join that waits for the join phase to end; null while the member has not re-joined. */
  pendingJoin: Request<JoinGroupRequest, JoinGroupAnswer> | null;
  /** The sync that waits for the leader's assignment. */
  pendingSync: Request<SyncGroupRequest, SyncGroupAnswer> | null;
  assignment: readonly AssignedTopic[];
  /** Virtual time of the last sign of life: heartbeat, join, sync or commit. */
  lastHeardAt: number;
  /** Looks whether anything has been heard of the member within its session time-out (GRP-7). */
  sessionTimer: SimEvent | null;
  /** It has never been through a join phase. */
  isNew: boolean;
}

export class ClassicGroup {
  state: GroupState = 'empty';
  generationId = 0;
  /** Empty in a group that nobody has ever joined: it only holds offsets ("simple", OFS-5). */
  protocolType = '';
  protocolName: string | null = null;
  /** Member id of the leader; empty in an empty group. */
  leader = '';
  /** By member id, in the order of joining. */
  readonly members = new Map<string, Member>();
  /** Ids given out with MEMBER_ID_REQUIRED and not used yet (GRP-2). */
  readonly pendingMembers = new Map<string, SimEvent>();
  /** Members of the generation that have not synced yet (GRP-5). */
  readonly awaitedSyncs = new Set<string>();
  /** The join phase began in an empty group: it lasts the initial delay, whoever has joined (GRP-4). */
  isInitialJoin = false;
  /** Somebody has joined since the initial delay began, or was extended (GRP-4). */
  hasNewcomer = false;
  /** Ends the join phase (GRP-3, GRP-4). */
  joinTimer: SimEvent | null = null;
  /** Ends the sync phase (GRP-5). */
  syncTimer: SimEvent | null = null;
  /** When the last member left (OFS-10). */
  emptySince = 0;

  constructor(readonly id: string) {}

  /** @throws Error when the table has no such move: a bug of the model. */
  transitionTo(next: GroupState): void {
    if (!GROUP_TRANSITIONS[this.state].includes(next))
      throw new Error(`group ${this.id}: no move from ${this.state} to ${next}`);
    this.state = next;
  }

  /** Member id that holds a static instance id (GRP-12); undefined when nobody does. */
  staticMember(groupInstanceId: string): string | undefined {
    for (const member of this.members.values()) if (member.groupInstanceId === groupInstanceId) return member.id;
    return undefined;
  }

  /** Longest time that a member allows for a rebalance. */
  get rebalanceTimeoutMs(): number {
    let longest = 0;
    for (const { rebalanceTimeoutMs } of this.members.values()) longest = Math.max(longest, rebalanceTimeoutMs);
    return longest;
  }

  /** GRP-3: everybody who is known has (re-)joined, and nobody has been promised a place. */
  get haveAllJoined(): boolean {
    if (this.pendingMembers.size > 0) return false;
    for (const { pendingJoin } of this.members.values()) if (pendingJoin === null) return false;
    return true;
  }
}
