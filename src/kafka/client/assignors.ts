/**
 * How a group's leader divides partitions among the members (GRP-9, GRP-10; librdkafka `rdkafka_range_assignor.c`,
 * `rdkafka_roundrobin_assignor.c`; Kafka `RangeAssignor`, `RoundRobinAssignor`). Pure functions; both are eager: they
 * know nothing of who had what.
 *
 *     range([{ memberId: 'a', topics: ['t'] }, { memberId: 'b', topics: ['t'] }], new Map([['t', 3]]))
 *     // a: t-0 t-1, b: t-2
 */
import type { AssignedTopic } from '../protocol/messages';

export interface SubscribedMember {
  readonly memberId: string;
  readonly groupInstanceId?: string | null;
  readonly topics: readonly string[];
}

export interface MemberAssignment {
  readonly memberId: string;
  readonly assignment: readonly AssignedTopic[];
}

/** Number of partitions by topic; a topic that does not exist is missing. */
export type PartitionCounts = ReadonlyMap<string, number>;

export type Assignor = (members: readonly SubscribedMember[], partitions: PartitionCounts) => MemberAssignment[];

/** Topic by topic: consecutive partitions for each subscriber, the first ones get one more. */
export const range: Assignor = (members, partitions) => {
  if (members.length === 1) return [everything(members[0]!, partitions)];
  const given = new Assignments(members);
  for (const topic of topicsOf(members)) {
    const count = partitions.get(topic) ?? 0;
    const subscribers = inOrder(members).filter((member) => member.topics.includes(topic));
    const share = Math.floor(count / subscribers.length);
    const larger = count % subscribers.length;
    let next = 0;
    subscribers.forEach((member, index) => {
      const end = next + share + (index < larger ? 1 : 0);
      for (; next < end; next += 1) given.give(member.memberId, topic, next);
    });
  }
  return given.toList();
};

/** All partitions of all topics in order, dealt out in turn to whoever is subscribed to the topic. */
export const roundRobin: Assignor = (members, partitions) => {
  if (members.length === 1) return [everything(members[0]!, partitions)];
  const given = new Assignments(members);
  const ordered = inOrder(members);
  let next = -1;
  for (const topic of topicsOf(members)) {
    const count = partitions.get(topic) ?? 0;
    for (let partition = 0; partition < count; partition += 1) {
      do next = (next + 1) % ordered.length;
      while (!ordered[next]!.topics.includes(topic));
      given.give(ordered[next]!.memberId, topic, partition);
    }
  }
  return given.toList();
};

/** By the names on the wire (GRP-16). */
export const ASSIGNORS: Readonly<Record<string, Assignor>> = { range, roundrobin: roundRobin };

/** A group of one: the common case, and the same under every assignor. */
function everything({ memberId, topics }: SubscribedMember, partitions: PartitionCounts): MemberAssignment {
  const assignment: AssignedTopic[] = [];
  for (const name of topics.length > 1 ? [...new Set(topics)].sort() : topics) {
    const indexes: number[] = [];
    for (let index = 0; index < (partitions.get(name) ?? 0); index += 1) indexes.push(index);
    if (indexes.length > 0) assignment.push({ name, partitions: indexes });
  }
  return { memberId, assignment };
}

function topicsOf(members: readonly SubscribedMember[]): string[] {
  return [...new Set(members.flatMap((member) => member.topics))].sort();
}

/** Static members by instance id, the others by member id. */
function inOrder(members: readonly SubscribedMember[]): SubscribedMember[] {
  const keyOf = (member: SubscribedMember): string => member.groupInstanceId ?? member.memberId;
  return [...members].sort((a, b) => compareNames(keyOf(a), keyOf(b)));
}

/** Byte order; numbers within names count as numbers, so that `member-10` comes after `member-9`. */
function compareNames(a: string, b: string): number {
  if (a.length !== b.length && a.replace(/\d+$/, '') === b.replace(/\d+$/, '')) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

class Assignments {
  private readonly byMember = new Map<string, Map<string, number[]>>();

  constructor(members: readonly SubscribedMember[]) {
    for (const { memberId } of members) this.byMember.set(memberId, new Map());
  }

  give(memberId: string, topic: string, partition: number): void {
    const topics = this.byMember.get(memberId)!;
    const list = topics.get(topic);
    if (list === undefined) topics.set(topic, [partition]);
    else list.push(partition);
  }

  toList(): MemberAssignment[] {
    return [...this.byMember].map(([memberId, topics]) => ({
      memberId,
      assignment: [...topics].map(([name, partitions]) => ({ name, partitions })),
    }));
  }
}
