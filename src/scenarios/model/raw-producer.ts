/** Letter R: produce requests and transactions by hand. */
import { ERRORS, errorName } from '../../kafka/errors';
import type { KafkaRequest } from '../../kafka/protocol/messages';
import type { CommandNamed } from '../language/commands';
import { ScenarioError } from '../language/scenario-error';
import type { Oracles } from './oracles';
import type { Requests } from './requests';
import { Pending } from './virtual-clock';

interface Identity {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly tid: string | null;
}

const ACKS = { '0': 0, '1': 1, all: -1 } as const;
const SEQUENCE_MAX = 2_147_483_647;
const NO_IDENTITY: Identity = { producerId: -1, producerEpoch: -1, tid: null };
/** Answers after which InitProducerId is sent again. */
const BUSY: readonly number[] = [ERRORS.COORDINATOR_LOAD_IN_PROGRESS, ERRORS.CONCURRENT_TRANSACTIONS];
const PAUSE_MS = 20;
const LOST = ['error NETWORK_EXCEPTION'];

export class RawProducer {
  private readonly identities = new Map<string, Identity>();

  constructor(
    private readonly requests: Requests,
    private readonly oracles: Oracles,
    /** Names of transactional ids and groups on the cluster. */
    private readonly realTid: (tid: string) => string,
    private readonly realGroup: (group: string) => string,
  ) {}

  initProducer({ identity, tid, timeout }: CommandNamed<'raw init-producer'>): readonly string[] {
    const transactionalId = tid === undefined ? null : this.realTid(tid);
    for (;;) {
      const answer = this.requests.askUntilStable(
        {
          api: 'InitProducerId',
          apiVersion: 1,
          transactionalId,
          transactionTimeoutMs: timeout ?? 60_000,
          producerId: -1,
          producerEpoch: -1,
        },
        () =>
          transactionalId === null ? this.requests.endpoint : this.requests.coordinator('transaction', transactionalId),
        ({ errorCode }) => errorCode,
      );
      if (BUSY.includes(answer.errorCode)) {
        this.requests.clock.pass(PAUSE_MS);
        continue;
      }
      if (answer.errorCode !== ERRORS.NONE) return [`error ${errorName(answer.errorCode)}`];
      const { producerId, producerEpoch } = answer;
      this.identities.set(identity, { producerId, producerEpoch, tid: transactionalId });
      return [`ok epoch=${producerEpoch}`];
    }
  }

  produce(command: CommandNamed<'raw produce'>): Pending {
    const { to, values, pid, epoch, seq, acks, timeout, transactional } = command;
    const identity = pid === undefined ? NO_IDENTITY : this.identity(pid);
    if (seq !== undefined && sequenceCount(seq.first, seq.last) !== values.length)
      throw new ScenarioError(`seq=${seq.first}..${seq.last} does not fit ${values.length} records`);
    const request: KafkaRequest = {
      api: 'Produce',
      apiVersion: 7,
      transactionalId: transactional ? identity.tid : null,
      acks: ACKS[acks ?? 'all'],
      timeoutMs: timeout ?? 30_000,
      topics: [
        {
          name: to.topic,
          partitions: [
            {
              index: to.partition,
              batch: {
                producerId: identity.producerId,
                producerEpoch: epoch ?? identity.producerEpoch,
                baseSequence: seq?.first ?? -1,
                isTransactional: transactional,
                records: values.map((value) => ({ key: null, value, headers: {}, timestamp: this.requests.clock.now })),
              },
            },
          ],
        },
      ],
    };
    const pending = new Pending(this.requests.clock);
    const { broker } = command;
    const leader = broker?.kind === 'broker' ? this.requests.endpoint.broker(broker.id) : this.oracles.leaderOf(to);
    if (leader === null) pending.settle(['error LEADER_NOT_AVAILABLE']);
    else
      this.requests.send(request, leader, (answer) =>
        pending.settle(answer === null ? LOST : printedProduce(answer.topics[0]!.partitions[0]!)),
      );
    return pending;
  }

  addPartitions({ identity, partitions }: CommandNamed<'raw add-partitions'>): readonly string[] {
    return this.transaction(identity, (common) => ({
      api: 'AddPartitionsToTxn',
      ...common,
      topics: partitions.map(({ topic, partition }) => ({ name: topic, partitions: [partition] })),
    }));
  }

  addOffsets({ identity, group }: CommandNamed<'raw add-offsets'>): readonly string[] {
    return this.transaction(identity, (common) => ({
      api: 'AddOffsetsToTxn',
      ...common,
      groupId: this.realGroup(group),
    }));
  }

  endTxn({ identity, result }: CommandNamed<'raw end-txn'>): readonly string[] {
    return this.transaction(identity, (common) => ({ api: 'EndTxn', ...common, committed: result === 'commit' }));
  }

  /** TxnOffsetCommit goes to the group's coordinator; `member` is null without one. */
  txnCommit(
    { identity, group, of, offset, generation }: CommandNamed<'raw txn-commit'>,
    member: { readonly id: string; readonly generation: number; readonly instanceId: string | null } | null,
  ): readonly string[] {
    const { producerId, producerEpoch, tid } = this.transactional(identity);
    const groupId = this.realGroup(group);
    const answer = this.requests.askUntilStable(
      {
        api: 'TxnOffsetCommit',
        apiVersion: 3,
        transactionalId: tid,
        groupId,
        producerId,
        producerEpoch,
        generationId: generation ?? member?.generation ?? -1,
        memberId: member?.id ?? '',
        groupInstanceId: member?.instanceId ?? null,
        topics: [
          {
            name: of.topic,
            partitions: [{ partitionIndex: of.partition, committedOffset: offset, committedMetadata: null }],
          },
        ],
      },
      () => this.requests.coordinator('group', groupId),
      ({ topics }) => topics[0]!.partitions[0]!.errorCode,
    );
    return printed(answer.topics[0]!.partitions[0]!.errorCode);
  }

  private transaction(
    name: string,
    requestOf: (common: {
      readonly apiVersion: number;
      readonly transactionalId: string;
      readonly producerId: number;
      readonly producerEpoch: number;
    }) => KafkaRequest & { readonly api: 'AddPartitionsToTxn' | 'AddOffsetsToTxn' | 'EndTxn' },
  ): readonly string[] {
    const { producerId, producerEpoch, tid } = this.transactional(name);
    const request = requestOf({ apiVersion: 1, transactionalId: tid, producerId, producerEpoch });
    const answer = this.requests.askUntilStable(
      request,
      () => this.requests.coordinator('transaction', tid),
      (heard) => ('topics' in heard ? heard.topics[0]!.partitions[0]!.errorCode : heard.errorCode),
    );
    return printed('topics' in answer ? answer.topics[0]!.partitions[0]!.errorCode : answer.errorCode);
  }

  private identity(name: string): Identity {
    const identity = this.identities.get(name);
    if (identity === undefined) throw new ScenarioError(`no identity ${name}. Put "raw init-producer ${name}" before.`);
    return identity;
  }

  private transactional(name: string): Identity & { readonly tid: string } {
    const { tid, ...identity } = this.identity(name);
    if (tid === null) throw new ScenarioError(`${name} has no transactional id. Make it with "tid=…".`);
    return { ...identity, tid };
  }
}

function printed(errorCode: number): readonly string[] {
  return [errorCode === ERRORS.NONE ? 'ok' : `error ${errorName(errorCode)}`];
}

function printedProduce({ errorCode, baseOffset }: { errorCode: number; baseOffset: number }): readonly string[] {
  if (errorCode === ERRORS.NONE) return [`ok offset=${baseOffset}`];
  return [`error ${errorName(errorCode)}${baseOffset < 0 ? '' : ` offset=${baseOffset}`}`];
}

/** Records in a range of sequence numbers, which may go over the wrap (PID-3). */
function sequenceCount(first: number, last: number): number {
  return last >= first ? last - first + 1 : SEQUENCE_MAX - first + 1 + last + 1;
}
