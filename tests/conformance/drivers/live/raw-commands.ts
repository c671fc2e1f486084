/** Requests made by hand (client R): one command, one request, and its answer as it came. */
import { ERRORS } from '../../../../src/kafka/errors';
import { pause } from '../../cluster/waiting';
import type { CommandNamed } from '../../../../src/scenarios/language/commands';
import { ScenarioError } from '../../../../src/scenarios/language/scenario-error';
import type { BrokerRef } from '../../../../src/scenarios/language/words';
import type { Api } from '../../wire/api';
import { Reader, Writer } from '../../wire/codec';
import { ConnectionLost } from '../../wire/connection';
import {
  AddOffsetsToTxnV1,
  AddPartitionsToTxnV1,
  EndTxnV1,
  HeartbeatV3,
  InitProducerIdV1,
  JoinGroupV5,
  LeaveGroupV1,
  OffsetCommitV7,
  ProduceV7,
  SyncGroupV3,
  TxnOffsetCommitV3,
} from '../../wire/messages';
import { writeBatch } from '../../wire/record-batch';
import { codeName } from './brokers';
import type { RunContext } from './run-context';

interface Identity {
  readonly tid: string | null;
  readonly producerId: number;
  readonly producerEpoch: number;
}

interface Member {
  memberId: string;
  generation: number;
  topics: readonly string[];
  instanceId: string | null;
}

type Lines = Promise<readonly string[]>;

const ACKS = { '0': 0, '1': 1, all: -1 } as const;
const DEFAULT_TIMEOUT_MS = 30_000;
const SESSION_MS = 10_000;
const TXN_TIMEOUT_MS = 60_000;
const PROTOCOL = 'range';
/** InitProducerId is repeated while one of these is the answer. */
const NOT_YET: ReadonlySet<number> = new Set([
  ERRORS.COORDINATOR_LOAD_IN_PROGRESS,
  ERRORS.COORDINATOR_NOT_AVAILABLE,
  ERRORS.NOT_COORDINATOR,
  ERRORS.CONCURRENT_TRANSACTIONS,
]);

function okOrError(code: number, ok = 'ok'): readonly string[] {
  return [code === 0 ? ok : `error ${codeName(code)}`];
}

export class RawClient {
  private readonly identities = new Map<string, Identity>();
  private readonly members = new Map<string, Member>();
  private readonly lanes: string;
  private produced = 0;

  constructor(
    private readonly run: RunContext,
    private readonly brokerOf: (ref: BrokerRef) => Promise<number>,
  ) {
    this.lanes = run.topic('');
  }

  async initProducer({ identity, tid, timeout }: CommandNamed<'raw init-producer'>): Lines {
    const transactionalId = tid === undefined ? null : this.run.named('tid', tid);
    const request = { transactionalId, transactionTimeoutMs: timeout ?? TXN_TIMEOUT_MS };
    const until = performance.now() + DEFAULT_TIMEOUT_MS;
    for (;;) {
      const answer =
        transactionalId === null
          ? await this.brokers.askAny(InitProducerIdV1, request)
          : await this.ask(identity, await this.coordinator(transactionalId), InitProducerIdV1, request, 10_000);
      const { error, producerId, producerEpoch } = answer;
      if (error === 0) {
        this.identities.set(identity, { tid: transactionalId, producerId, producerEpoch });
        return [`ok epoch=${producerEpoch}`];
      }
      if (!NOT_YET.has(error) || performance.now() > until) return okOrError(error);
      await pause(50);
    }
  }

  async produce(command: CommandNamed<'raw produce'>): Lines {
    const { topic, partition } = this.run.real(command.to);
    const broker =
      command.broker === undefined ? await this.brokers.leader(topic, partition) : await this.brokerOf(command.broker);
    const identity = command.pid === undefined ? null : this.identity(command.pid);
    const records = writeBatch({
      values: command.values,
      isTransactional: command.transactional,
      ...(identity !== null && {
        producerId: identity.producerId,
        producerEpoch: command.epoch ?? identity.producerEpoch,
        baseSequence: command.seq?.first ?? 0,
      }),
    });
    const acks = ACKS[command.acks ?? 'all'];
    const timeoutMs = command.timeout ?? DEFAULT_TIMEOUT_MS;
    const request = {
      transactionalId: command.transactional ? (identity?.tid ?? null) : null,
      acks,
      timeoutMs,
      topics: [{ name: topic, partitions: [{ index: partition, records }] }],
    };
    if (acks === 0) {
      (await this.brokers.to(broker)).tell(ProduceV7, request);
      return ['ok'];
    }
    const { topics } = await this.ask(
      command.pid ?? `plain ${(this.produced += 1)}`,
      broker,
      ProduceV7,
      request,
      timeoutMs + 10_000,
    );
    const { error, baseOffset } = topics[0]!.partitions[0]!;
    if (error === 0) return [`ok offset=${baseOffset}`];
    return [`error ${codeName(error)}${baseOffset < 0 ? '' : ` offset=${baseOffset}`}`];
  }

  async addPartitions({ identity, partitions }: CommandNamed<'raw add-partitions'>): Lines {
    const { tid, producerId, producerEpoch } = this.transactional(identity);
    const topics = [...new Set(partitions.map(({ topic }) => topic))].map((topic) => ({
      name: this.run.topic(topic),
      partitions: partitions.filter((other) => other.topic === topic).map(({ partition }) => partition),
    }));
    const request = { transactionalId: tid, producerId, producerEpoch, topics };
    const answer = await this.ask(identity, await this.coordinator(tid), AddPartitionsToTxnV1, request);
    const errors = answer.topics.flatMap((topic) => topic.partitions.map(({ error }) => error));
    return okOrError(errors.find((error) => error !== 0) ?? 0);
  }

  async addOffsets({ identity, group }: CommandNamed<'raw add-offsets'>): Lines {
    const { tid, producerId, producerEpoch } = this.transactional(identity);
    const request = { transactionalId: tid, producerId, producerEpoch, group: this.run.named('group', group) };
    const answer = await this.ask(identity, await this.coordinator(tid), AddOffsetsToTxnV1, request);
    return okOrError(answer.error);
  }

  async txnCommit(command: CommandNamed<'raw txn-commit'>): Lines {
    const { tid, producerId, producerEpoch } = this.transactional(command.identity);
    const group = this.run.named('group', command.group);
    const { topic, partition } = this.run.real(command.of);
    const offset = { index: partition, offset: command.offset, leaderEpoch: -1, metadata: '' };
    const member = command.member === undefined ? null : this.member(command.member);
    const answer = await this.ask(command.identity, await this.groupCoordinator(group), TxnOffsetCommitV3, {
      transactionalId: tid,
      group,
      producerId,
      producerEpoch,
      generation: command.generation ?? member?.generation ?? -1,
      memberId: member?.memberId ?? '',
      groupInstanceId: member?.instanceId ?? null,
      topics: [{ name: topic, partitions: [offset] }],
    });
    return okOrError(answer.topics[0]!.partitions[0]!.error);
  }

  async endTxn({ identity, result }: CommandNamed<'raw end-txn'>): Lines {
    const { tid, producerId, producerEpoch } = this.transactional(identity);
    const request = { transactionalId: tid, producerId, producerEpoch, committed: result === 'commit' };
    return okOrError((await this.ask(identity, await this.coordinator(tid), EndTxnV1, request, 60_000)).error);
  }

  async join(command: CommandNamed<'raw join'>): Lines {
    const group = this.run.named('group', command.group);
    const coordinator = await this.groupCoordinator(group);
    const known = this.members.get(command.member);
    const member = known ?? { memberId: '', generation: -1, topics: [], instanceId: null };
    if (command.topics !== undefined) member.topics = command.topics;
    if (command.static !== undefined) member.instanceId = this.run.named('group', command.static);
    this.members.set(command.member, member);
    const ask = () =>
      this.ask(
        command.member,
        coordinator,
        JoinGroupV5,
        {
          group,
          sessionTimeoutMs: command.session ?? SESSION_MS,
          rebalanceTimeoutMs: command.rebalance ?? DEFAULT_TIMEOUT_MS,
          memberId: member.memberId,
          groupInstanceId: member.instanceId,
          protocolType: 'consumer',
          protocols: [{ name: PROTOCOL, metadata: subscription(member.topics.map((topic) => this.run.topic(topic))) }],
        },
        60_000,
      );
    let answer = await ask();
    // A coordinator that has just taken over: nothing was done yet.
    while (answer.error === ERRORS.COORDINATOR_LOAD_IN_PROGRESS) {
      await pause(50);
      answer = await ask();
    }
    if (answer.error === ERRORS.MEMBER_ID_REQUIRED) {
      member.memberId = answer.memberId;
      answer = await ask();
    }
    if (answer.error !== 0) return okOrError(answer.error);
    member.memberId = answer.memberId;
    member.generation = answer.generation;
    return [`ok generation=${answer.generation}${answer.leader === answer.memberId ? ' leader' : ''}`];
  }

  async sync({ group: name, member: of, assign = [] }: CommandNamed<'raw sync'>): Lines {
    const group = this.run.named('group', name);
    const { memberId, generation, instanceId } = this.member(of);
    const members = [...new Set(assign.map(({ member }) => member))];
    const assignments = members.map((member) => ({
      memberId: this.member(member).memberId,
      assignment: assignment(
        assign.filter((one) => one.member === member).map(({ partition }) => this.run.real(partition)),
      ),
    }));
    const request = { group, generation, memberId, groupInstanceId: instanceId, assignments };
    const answer = await this.ask(of, await this.groupCoordinator(group), SyncGroupV3, request, 60_000);
    if (answer.error !== 0) return okOrError(answer.error);
    const own = readAssignment(answer.assignment).map(({ topic, partition }) => this.run.show(topic, partition));
    return [`ok ${own.length === 0 ? 'nothing' : own.sort().join(' ')}`];
  }

  async heartbeat(command: CommandNamed<'raw heartbeat'>): Lines {
    const group = this.run.named('group', command.group);
    const { memberId, generation, instanceId } = this.member(command.member);
    const request = { group, generation: command.generation ?? generation, memberId, groupInstanceId: instanceId };
    return okOrError((await this.ask(command.member, await this.groupCoordinator(group), HeartbeatV3, request)).error);
  }

  async commit(command: CommandNamed<'raw commit'>): Lines {
    const group = this.run.named('group', command.group);
    const { topic, partition } = this.run.real(command.of);
    const member = command.member === undefined ? null : this.member(command.member);
    const offset = { index: partition, offset: command.offset, leaderEpoch: -1, metadata: '' };
    const answer = await this.ask(command.member ?? '', await this.groupCoordinator(group), OffsetCommitV7, {
      group,
      generation: command.generation ?? member?.generation ?? -1,
      memberId: member?.memberId ?? '',
      groupInstanceId: member?.instanceId ?? null,
      topics: [{ name: topic, partitions: [offset] }],
    });
    return okOrError(answer.topics[0]!.partitions[0]!.error);
  }

  async leave(command: CommandNamed<'raw leave'>): Lines {
    const group = this.run.named('group', command.group);
    const { memberId } = this.member(command.member);
    return okOrError(
      (await this.ask(command.member, await this.groupCoordinator(group), LeaveGroupV1, { group, memberId })).error,
    );
  }

  /** With a lane for each name, as if each were a client of its own. */
  private ask<Q, A>(lane: string, broker: number, api: Api<Q, A>, request: Q, timeoutMs = 60_000): Promise<A> {
    return this.brokers.askOne(broker, api, request, timeoutMs, `${this.lanes} ${lane} ${api.name}`);
  }

  private get brokers(): RunContext['cluster']['brokers'] {
    return this.run.cluster.brokers;
  }

  private coordinator(tid: string): Promise<number> {
    return this.patiently(() => this.brokers.coordinator('transaction', tid));
  }

  private groupCoordinator(group: string): Promise<number> {
    return this.patiently(() => this.brokers.coordinator('group', group));
  }

  /** A coordinator is not known in the first moments of an internal topic. */
  private async patiently(find: () => Promise<number>): Promise<number> {
    const until = performance.now() + DEFAULT_TIMEOUT_MS;
    for (;;) {
      try {
        return await find();
      } catch (error) {
        if (error instanceof ConnectionLost || performance.now() > until) throw error;
        await pause(50);
      }
    }
  }

  private identity(name: string): Identity {
    const identity = this.identities.get(name);
    if (identity === undefined) throw new ScenarioError(`no "raw init-producer ${name}" before`);
    return identity;
  }

  private transactional(name: string): Identity & { readonly tid: string } {
    const { tid, ...identity } = this.identity(name);
    if (tid === null) throw new ScenarioError(`"${name}" was made without a tid`);
    return { ...identity, tid };
  }

  private member(name: string): Member {
    const member = this.members.get(name);
    if (member === undefined) throw new ScenarioError(`no "raw join … ${name}" before`);
    return member;
  }
}

/** The consumer protocol, version 0: topics, no user data. */
function subscription(topics: readonly string[]): Buffer {
  const to = new Writer();
  to.int(2, 0);
  to.int(4, topics.length);
  for (const topic of topics) writeString(to, topic);
  to.int(4, -1);
  return to.bytes();
}

function assignment(partitions: readonly { readonly topic: string; readonly partition: number }[]): Buffer {
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  const to = new Writer();
  to.int(2, 0);
  to.int(4, topics.length);
  for (const topic of topics) {
    const own = partitions.filter((one) => one.topic === topic);
    writeString(to, topic);
    to.int(4, own.length);
    for (const { partition } of own) to.int(4, partition);
  }
  to.int(4, -1);
  return to.bytes();
}

function readAssignment(bytes: Buffer): { topic: string; partition: number }[] {
  if (bytes.length === 0) return [];
  const from = new Reader(bytes);
  from.int(2);
  return Array.from({ length: from.int(4) }, () => {
    const topic = from.raw(from.int(2)).toString();
    return Array.from({ length: from.int(4) }, () => ({ topic, partition: from.int(4) }));
  }).flat();
}

function writeString(to: Writer, text: string): void {
  to.int(2, Buffer.byteLength(text));
  to.raw(Buffer.from(text));
}
