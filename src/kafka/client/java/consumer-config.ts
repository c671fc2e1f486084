/** Configuration of the Java consumer and its defaults (kafka-semantics §1.2). */
import { ASSIGNORS } from '../assignors';
import { JavaException } from './errors';

export interface ConsumerConfigInput {
  readonly groupId: string;
  readonly groupInstanceId?: string;
  readonly autoOffsetReset?: 'earliest' | 'latest' | 'none';
  readonly enableAutoCommit?: boolean;
  readonly autoCommitIntervalMs?: number;
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
  readonly maxPollRecords?: number;
  readonly maxPollIntervalMs?: number;
  readonly sessionTimeoutMs?: number;
  readonly heartbeatIntervalMs?: number;
  readonly fetchMaxWaitMs?: number;
  readonly requestTimeoutMs?: number;
  readonly defaultApiTimeoutMs?: number;
  readonly retryBackoffMs?: number;
  readonly partitionAssignmentStrategy?: readonly string[];
}

export interface ConsumerConfig {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly autoOffsetReset: 'earliest' | 'latest' | 'none';
  readonly enableAutoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly isolationLevel: 0 | 1;
  readonly maxPollRecords: number;
  readonly maxPollIntervalMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly fetchMaxWaitMs: number;
  readonly requestTimeoutMs: number;
  readonly defaultApiTimeoutMs: number;
  readonly retryBackoffMs: number;
  readonly assignors: readonly string[];
}

/** GRP-10: listed beside range, it makes a rolling change possible; a group that all share range in runs eager. */
const COOPERATIVE = 'cooperative-sticky';

const DEFAULTS = {
  autoOffsetReset: 'latest',
  enableAutoCommit: true,
  autoCommitIntervalMs: 5000,
  maxPollRecords: 500,
  maxPollIntervalMs: 300_000,
  sessionTimeoutMs: 45_000,
  heartbeatIntervalMs: 3000,
  fetchMaxWaitMs: 500,
  requestTimeoutMs: 30_000,
  defaultApiTimeoutMs: 60_000,
  retryBackoffMs: 100,
} as const;

/** @throws JavaException ConfigException for what no consumer can do, or what the model has not got */
export function readConsumerConfig(given: ConsumerConfigInput): ConsumerConfig {
  const { groupInstanceId, isolationLevel, partitionAssignmentStrategy, ...rest } = given;
  if (given.groupId === '') throw new JavaException('ConfigException', 'group.id must not be empty');
  const assignors = partitionAssignmentStrategy ?? ['range', COOPERATIVE];
  const unknown = assignors.find((name) => name !== COOPERATIVE && !Object.hasOwn(ASSIGNORS, name));
  if (unknown !== undefined)
    throw new JavaException('ConfigException', `partition.assignment.strategy: there is no assignor ${unknown}`);
  if (assignors.every((name) => name === COOPERATIVE))
    throw new JavaException(
      'ConfigException',
      'the model has eager rebalances only: list range or roundrobin beside cooperative-sticky',
    );
  return {
    ...DEFAULTS,
    ...rest,
    groupInstanceId: groupInstanceId ?? null,
    isolationLevel: isolationLevel === 'read_committed' ? 1 : 0,
    assignors,
  };
}
