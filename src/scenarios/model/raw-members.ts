/** Letter R: members of a classic group by hand. */
import { ERRORS, errorName } from '../../kafka/errors';
import type { JoinGroupAnswer, JoinGroupRequest, KafkaReceiver } from '../../kafka/protocol/messages';
import type { CommandNamed } from '../language/commands';
import { ScenarioError } from '../language/scenario-error';
import type { Requests } from './requests';
import { Pending } from './virtual-clock';

interface Member {
  id: string;
  generation: number;
  readonly instanceId: string | null;
  readonly topics: readonly string[];
}

const SESSION_MS = 30_000;
const REBALANCE_MS = 60_000;
const LOST = ['error NETWORK_EXCEPTION'];

export class RawMembers {
  private readonly members = new Map<string, Member>();

  constructor(
    private readonly requests: Requests,
    private readonly realGroup: (group: string) => string,
  ) {}

  /** Null when no member is named. */
  named(name: string | undefined): Member | null {
    if (name === undefined) return null;
    const member = this.members.get(name);
    if (member === undefined) throw new ScenarioError(`no member ${name}. Put "raw join <group> ${name}" before.`);
    return member;
  }

  join(command: CommandNamed<'raw join'>): Pending {
    const { group, member: name, topics, session, rebalance } = command;
    const member: Member = this.members.get(name) ?? {
      id: '',
      generation: -1,
      instanceId: command.static ?? null,
      topics: topics ?? [],
    };
    this.members.set(name, member);
    const request = (): JoinGroupRequest => ({
      api: 'JoinGroup',
      groupId: this.realGroup(group),
      sessionTimeoutMs: session ?? SESSION_MS,
      rebalanceTimeoutMs: rebalance ?? REBALANCE_MS,
      memberId: member.id,
      groupInstanceId: member.instanceId,
      protocolType: 'consumer',
      protocols: [{ name: 'range', topics: member.topics }],
    });
    const pending = new Pending(this.requests.clock);
    const onAnswer = (answer: JoinGroupAnswer | null): void => {
      if (answer?.errorCode !== ERRORS.MEMBER_ID_REQUIRED) return this.joined(member, answer, pending);
      member.id = answer.memberId;
      this.requests.send(request(), this.coordinator(group), onAnswer);
    };
    this.requests.send(request(), this.coordinator(group), onAnswer);
    return pending;
  }

  private joined(member: Member, answer: JoinGroupAnswer | null, pending: Pending): void {
    if (answer === null) return pending.settle(LOST);
    if (answer.errorCode !== ERRORS.NONE) return pending.settle([`error ${errorName(answer.errorCode)}`]);
    member.id = answer.memberId;
    member.generation = answer.generationId;
    const isLeader = answer.leader === answer.memberId;
    pending.settle([`ok generation=${answer.generationId}${isLeader ? ' leader' : ''}`]);
  }

  sync({ group, member: name, assign }: CommandNamed<'raw sync'>): Pending {
    const member = this.known(name);
    const names = [...new Set((assign ?? []).map((part) => part.member))];
    const assignments = names.map((to) => ({
      memberId: this.known(to).id,
      assignment: (assign ?? [])
        .filter((part) => part.member === to)
        .map(({ partition }) => ({ name: partition.topic, partitions: [partition.partition] })),
    }));
    const pending = new Pending(this.requests.clock);
    this.requests.send(
      {
        api: 'SyncGroup',
        groupId: this.realGroup(group),
        generationId: member.generation,
        memberId: member.id,
        groupInstanceId: member.instanceId,
        assignments,
      },
      this.coordinator(group),
      (answer) => {
        if (answer === null) return pending.settle(LOST);
        if (answer.errorCode !== ERRORS.NONE) return pending.settle([`error ${errorName(answer.errorCode)}`]);
        const own = answer.assignment.flatMap((topic) => topic.partitions.map((index) => `${topic.name}/${index}`));
        pending.settle([`ok ${own.length === 0 ? 'nothing' : own.join(' ')}`]);
      },
    );
    return pending;
  }

  heartbeat({ group, member: name, generation }: CommandNamed<'raw heartbeat'>): readonly string[] {
    const member = this.known(name);
    const answer = this.requests.ask(
      {
        api: 'Heartbeat',
        groupId: this.realGroup(group),
        generationId: generation ?? member.generation,
        memberId: member.id,
        groupInstanceId: member.instanceId,
      },
      this.coordinator(group),
    );
    return answer === null ? LOST : printed(answer.errorCode);
  }

  commit({ group, of, offset, member: name, generation }: CommandNamed<'raw commit'>): readonly string[] {
    const member = this.named(name);
    const answer = this.requests.askUntilStable(
      {
        api: 'OffsetCommit',
        groupId: this.realGroup(group),
        generationIdOrMemberEpoch: generation ?? member?.generation ?? -1,
        memberId: member?.id ?? '',
        groupInstanceId: member?.instanceId ?? null,
        topics: [
          {
            name: of.topic,
            partitions: [{ partitionIndex: of.partition, committedOffset: offset, committedMetadata: null }],
          },
        ],
      },
      () => this.requests.coordinator('group', this.realGroup(group)),
      ({ topics }) => topics[0]!.partitions[0]!.errorCode,
    );
    return printed(answer.topics[0]!.partitions[0]!.errorCode);
  }

  leave({ group, member: name }: CommandNamed<'raw leave'>): readonly string[] {
    const answer = this.requests.ask(
      { api: 'LeaveGroup', groupId: this.realGroup(group), memberId: this.known(name).id },
      this.coordinator(group),
    );
    return answer === null ? LOST : printed(answer.errorCode);
  }

  private known(name: string): Member {
    const member = this.named(name);
    if (member === null) throw new ScenarioError('a member has to be named');
    return member;
  }

  private coordinator(group: string): KafkaReceiver {
    const coordinator = this.requests.coordinator('group', this.realGroup(group));
    if (coordinator === null) throw new ScenarioError(`${group} has no coordinator at present. Wait until it has one.`);
    return coordinator;
  }
}

function printed(errorCode: number): readonly string[] {
  return [errorCode === ERRORS.NONE ? 'ok' : `error ${errorName(errorCode)}`];
}
