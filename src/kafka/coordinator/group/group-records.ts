/**
 * What a group coordinator writes into its partition of `__consumer_offsets`: one record a committed offset (OFS-1), one a
 * group for each generation that got an assignment (GRP-5, GRP-15).
 */
import type { AssignedTopic } from '../../protocol/messages';
import { ClassicGroup, type Member } from './classic-group';

export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string | null;
}

/** A record of a commit. */
export class OffsetRecord implements CommittedOffset {
  constructor(
    readonly group: string,
    readonly topic: string,
    readonly partition: number,
    readonly offset: number,
    readonly metadata: string | null,
    readonly committedAt: number,
    /** Name and life of the process that committed it, for history and trace. */
    readonly sender: string,
    readonly incarnation: number,
  ) {}
}

interface MemberRecord {
  readonly id: string;
  readonly groupInstanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly topics: readonly string[];
  readonly assignment: readonly AssignedTopic[];
}

/** A record of a generation. */
export class GroupRecord {
  constructor(
    readonly group: string,
    readonly generationId: number,
    readonly protocolType: string,
    readonly protocolName: string | null,
    readonly leader: string,
    readonly members: readonly MemberRecord[],
    readonly writtenAt: number,
  ) {}
}

export function groupKey(group: string): string {
  return `group/${group}`;
}

/** @param place `topic-partition` */
export function offsetKey(group: string, place: string): string {
  return `offset/${group}/${place}`;
}

/** The present generation, with the assignment that it has just got. */
export function groupRecord(
  group: ClassicGroup,
  assignmentOf: (member: Member) => readonly AssignedTopic[],
  now: number,
): GroupRecord {
  const members = [...group.members.values()].map((member) => ({
    id: member.id,
    groupInstanceId: member.groupInstanceId,
    sessionTimeoutMs: member.sessionTimeoutMs,
    rebalanceTimeoutMs: member.rebalanceTimeoutMs,
    topics: member.protocols.find(({ name }) => name === group.protocolName)?.topics ?? [],
    assignment: assignmentOf(member),
  }));
  const { id, generationId, protocolType, protocolName, leader } = group;
  return new GroupRecord(id, generationId, protocolType, protocolName, leader, members, now);
}

/** GRP-15: the group as its record has it; sessions begin with the loading. */
export function restoreGroup(record: GroupRecord, now: number): ClassicGroup {
  const group = new ClassicGroup(record.group);
  group.state = record.members.length === 0 ? 'empty' : 'stable';
  group.generationId = record.generationId;
  group.protocolType = record.protocolType;
  group.protocolName = record.protocolName;
  group.leader = record.leader;
  group.emptySince = record.writtenAt;
  for (const { topics, ...member } of record.members) {
    group.members.set(member.id, {
      ...member,
      protocols: record.protocolName === null ? [] : [{ name: record.protocolName, topics }],
      pendingJoin: null,
      pendingSync: null,
      lastHeardAt: now,
      sessionTimer: null,
      isNew: false,
    });
  }
  return group;
}
