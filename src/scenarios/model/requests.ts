/** Requests that the scenario itself sends: the oracles' and those of letter R. */
import { Request, type RequestKind } from '../../simulation/network';
import { Incarnation } from '../../simulation/process';
import { ERRORS, errorName } from '../../kafka/errors';
import type { AnswerOf, KafkaAnswer, KafkaEndpoint, KafkaReceiver, KafkaRequest } from '../../kafka/protocol/messages';
import { ScenarioError } from '../language/scenario-error';
import type { VirtualClock } from './virtual-clock';

/** Requests that clients send; those between brokers are none of a scenario's. */
const KINDS: Readonly<Partial<Record<KafkaRequest['api'], RequestKind>>> = {
  Produce: 'produce',
  Fetch: 'fetch',
  ListOffsets: 'list-offsets',
  Metadata: 'metadata',
  DeleteRecords: 'metadata',
  CreateTopics: 'create-topics',
  JoinGroup: 'join',
  SyncGroup: 'sync',
  Heartbeat: 'heartbeat',
  LeaveGroup: 'leave',
  OffsetCommit: 'commit',
  OffsetFetch: 'committed',
  InitProducerId: 'init-producer-id',
  AddPartitionsToTxn: 'add-partitions',
  AddOffsetsToTxn: 'add-offsets',
  TxnOffsetCommit: 'txn-offsets',
  EndTxn: 'end-txn',
};

/** Answers after which a utility asks again: leadership is on the move, or the coordinator is loading. */
export const PASSING: readonly number[] = [
  ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
  ERRORS.LEADER_NOT_AVAILABLE,
  ERRORS.NOT_LEADER_OR_FOLLOWER,
  ERRORS.COORDINATOR_LOAD_IN_PROGRESS,
  ERRORS.COORDINATOR_NOT_AVAILABLE,
  ERRORS.NOT_COORDINATOR,
  ERRORS.OFFSET_NOT_AVAILABLE,
];

const ATTEMPTS_MAX = 1200;
const PAUSE_MS = 50;
const REQUEST_TIMEOUT_MS = 2000;

export class Requests {
  private readonly sender: Incarnation;

  constructor(
    readonly endpoint: KafkaEndpoint,
    readonly clock: VirtualClock,
  ) {
    this.sender = new Incarnation(clock.world, 'scenario', 1, (error) => {
      throw error;
    });
    this.sender.handles += 1;
  }

  /** Sends a request and calls back with its answer, or with null when the connection broke. */
  send<R extends KafkaRequest>(message: R, to: KafkaReceiver, onAnswer: (answer: AnswerOf<R> | null) => void): void {
    const kind = KINDS[message.api];
    if (kind === undefined) throw new ScenarioError(`${message.api} is no request of a client`);
    const request = new Request<KafkaRequest, KafkaAnswer>(kind, false, this.sender, message, to, {
      onAnswer: (answer) => onAnswer(answer as AnswerOf<R>),
      onLost: () => onAnswer(null),
    });
    request.timeoutMs = REQUEST_TIMEOUT_MS;
    request.send();
  }

  /** Sends it and lets the world go on until the answer is there; null when the connection broke. */
  ask<R extends KafkaRequest>(message: R, to: KafkaReceiver): AnswerOf<R> | null {
    let heard: { readonly answer: AnswerOf<R> | null } | null = null;
    this.send(message, to, (answer) => {
      heard = { answer };
    });
    this.clock.until(() => heard !== null, `${message.api} has no answer`);
    return (heard as { readonly answer: AnswerOf<R> | null } | null)?.answer ?? null;
  }

  /** Asks until the answer is none that passes. `find` names whom to ask, null for nobody at present. */
  askUntilStable<R extends KafkaRequest>(
    message: R,
    find: () => KafkaReceiver | null,
    errorCodeOf: (answer: AnswerOf<R>) => number,
  ): AnswerOf<R> {
    let last = 'there was nobody to ask';
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const to = find();
      const answer = to === null ? null : this.ask(message, to);
      if (answer !== null) {
        const errorCode = errorCodeOf(answer);
        if (!PASSING.includes(errorCode)) return answer;
        last = errorName(errorCode);
      }
      this.clock.pass(PAUSE_MS);
    }
    throw new ScenarioError(`${message.api} gets no lasting answer; the last was ${last}`);
  }

  /** The broker that coordinates the group or transactional id, or null. */
  coordinator(keyType: 'group' | 'transaction', key: string): KafkaReceiver | null {
    const id = this.endpoint.findCoordinator(keyType, key);
    return id === -1 ? null : this.endpoint.broker(id);
  }
}
