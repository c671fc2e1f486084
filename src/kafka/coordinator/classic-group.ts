/**
 * A classic consumer group as its coordinator keeps it (GRP-1 … GRP-16; Kafka: `ClassicGroup`, `GroupMetadataManager`).
 *
 * States and the moves between them are the table below; who moves it is in `group-membership.ts`.
 */
import type { Request } from '../../simulation/network';
import type { SimEvent } from '../../simulation/event-queue';
import type {
  AssignedTopic,
  JoinGroupAnswer,
  JoinGroupRequest,
  SyncGroupAnswer,
  SyncGroupRequest,
} from '../protocol/messages';

export type GroupState = 'empty' | 'preparing-rebalance' | 'completing-rebalance' | 'stable' | 'dead';

/** GRP-1. The lesson's diagram of group states is drawn from this table. */
export const GROUP_TRANSITIONS: Readonly<Record<GroupState, readonly GroupState[]>> = {
  empty: ['preparing-rebalance', 'dead'],
  'preparing-rebalance': ['completing-rebalance', 'empty', 'dead'],
  'completing-rebalance': ['stable', 'preparing-rebalance', 'dead'],
  stable: ['preparing-rebalance', 'dead'],
  dead: [],
};

export interface Member {
  readonly id: string;
  readonly groupInstanceId: string | null;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: JoinGroupRequest['protocols'];
  /** The join that waits for the join phase to end; null while the member has not re-joined. */
  pendingJoin: Request<JoinGroupRequest, JoinGroupAnswer> | null;
  /** The sync that waits for the leader's assignment. */
  pendingSync: Request<SyncGroupRequest, SyncGroupAnswer> | null;
  assignment: readonly AssignedTopic[];
  /** Virtual time of the last sign of life: heartbeat, join, sync or commit. */
  lastHeardAt: number;
  /** Looks whether anything has been heard of the member within its session time-out (GRP-7). */
  sessionTimer: SimEvent | null;
}

export class ClassicGroup {
  state: GroupState = 'empty';
  generationId = 0;
  protocolName: string | null = null;
  /** Member id of the leader; empty in an empty group. */
  leader = '';
  /** By member id, in the order of joining. */
  readonly members = new Map<string, Member>();
  /** Ids given out with MEMBER_ID_REQUIRED and not used yet (GRP-2). */
  readonly pendingMembers = new Map<string, SimEvent>();
  /** The join phase began in an empty group: it lasts the initial delay, whoever has joined (GRP-4). */
  isInitialJoin = false;
  /** Ends the join phase (GRP-3, GRP-4). */
  joinTimer: SimEvent | null = null;
  /** Ends the sync phase (GRP-5). */
  syncTimer: SimEvent | null = null;

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

  /** First assignor of the leader's list that every member shares; null when there is none (GRP-16). */
  commonProtocol(): string | null {
    const members = [...this.members.values()];
    const first = this.members.get(this.leader) ?? members[0];
    if (first === undefined) return null;
    for (const { name } of first.protocols) {
      if (members.every((member) => member.protocols.some((protocol) => protocol.name === name))) return name;
    }
    return null;
  }

  /** Whether a newcomer with these assignors can be in the group with the present members (GRP-16). */
  accepts(protocols: JoinGroupRequest['protocols']): boolean {
    if (this.members.size === 0) return protocols.length > 0;
    const members = [...this.members.values()];
    return protocols.some(({ name }) =>
      members.every((member) => member.protocols.some((protocol) => protocol.name === name)),
    );
  }
}
