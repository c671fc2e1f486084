/** Options of a consumer, read once, when it connects (CLI-40, CLI-45; defaults: kafka-semantics §1.2). */
import { numberOr, readClientOptions, type ClientOptions, type Options } from '../config';
import { argumentError, notImplemented, notModelled, stateError } from '../errors';
import type { ConfluentPorts } from '../ports';
import { ASSIGNORS } from './assignors';

export interface ConsumerOptions extends ClientOptions {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly fromBeginning: boolean;
  readonly autoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** `rebalanceTimeout`: the age at which fetched messages are dropped and fetched again. */
  readonly cacheExpiryMs: number;
  /** Twice that: longer between two polls, and the member leaves (CLI-45). Also the group's rebalance time-out. */
  readonly maxPollIntervalMs: number;
  readonly assignors: readonly string[];
  readonly isolationLevel: 0 | 1;
  readonly fetchWaitMs: number;
  /** -1 for no limit. */
  readonly batchSizeMax: number;
  readonly cacheSizePerWorkerMs: number;
}

export function readConsumerOptions(options: Options, ports: ConfluentPorts): ConsumerOptions {
  const client = readClientOptions('consumer', options, ports);
  const { block, outer, hasBlock } = client;
  if (Object.hasOwn(block, 'autoCommitThreshold')) throw notImplemented("The property 'autoCommitThreshold' is not supported by run.");
  if (Object.hasOwn(outer, 'enable.auto.offset.store')) {
    throw argumentError("Changing 'enable.auto.offset.store' is unsupported while using the promisified API.");
  }
  const protocol = outer['group.protocol'];
  if (protocol !== undefined && String(protocol).toLowerCase() !== 'classic') {
    throw notModelled("'group.protocol': 'consumer'", 'groups use the classic protocol');
  }
  const groupId = outer['group.id'] ?? block['groupId'];
  if (typeof groupId !== 'string' || groupId === '') throw stateError('"group.id" must be configured');
  const pollIntervalMs = numberOr(outer['max.poll.interval.ms'] ?? block['rebalanceTimeout'], 300_000);
  const sessionTimeoutMs = numberOr(outer['session.timeout.ms'] ?? block['sessionTimeout'], hasBlock ? 30_000 : 45_000);
  if (pollIntervalMs * 2 < sessionTimeoutMs) throw stateError('`max.poll.interval.ms` must be >= `session.timeout.ms`');
  return {
    ...client,
    groupId,
    groupInstanceId: (outer['group.instance.id'] as string | undefined) ?? null,
    fromBeginning: readReset(outer['auto.offset.reset'], block['fromBeginning']),
    autoCommit: readFlag(outer['enable.auto.commit'] ?? block['autoCommit'], true),
    autoCommitIntervalMs: numberOr(outer['auto.commit.interval.ms'] ?? block['autoCommitInterval'], 5000),
    sessionTimeoutMs,
    heartbeatIntervalMs: numberOr(outer['heartbeat.interval.ms'] ?? block['heartbeatInterval'], 3000),
    cacheExpiryMs: pollIntervalMs,
    maxPollIntervalMs: pollIntervalMs * 2,
    assignors: readAssignors(outer['partition.assignment.strategy'], block, hasBlock),
    isolationLevel: readIsolation(outer['isolation.level'], block['readUncommitted']),
    fetchWaitMs: numberOr(outer['fetch.wait.max.ms'] ?? block['maxWaitTimeInMs'], 500),
    batchSizeMax: readBatchSize(outer['js.consumer.max.batch.size']),
    cacheSizePerWorkerMs: numberOr(outer['js.consumer.max.cache.size.per.worker.ms'], 1500),
  };
}

function readFlag(value: unknown, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  return value === true || value === 'true';
}

function readReset(outer: unknown, fromBeginning: unknown): boolean {
  if (outer === undefined) return Boolean(fromBeginning);
  if (outer === 'earliest' || outer === 'smallest' || outer === 'beginning') return true;
  if (outer === 'latest' || outer === 'largest' || outer === 'end') return false;
  throw notModelled(`'auto.offset.reset': '${String(outer)}'`, 'a consumer begins at the oldest record or at the end');
}

function readAssignors(outer: unknown, block: Options, hasBlock: boolean): readonly string[] {
  const listed = block['partitionAssigners'] ?? block['partitionAssignors'];
  if (listed !== undefined && (!Array.isArray(listed) || listed.some((name) => typeof name !== 'string'))) {
    throw argumentError('partitionAssignors must be a list of strings from within `PartitionAssignors`.');
  }
  const names = typeof outer === 'string' ? outer.split(',').map((name) => name.trim())
    : ((listed as string[] | undefined) ?? (hasBlock ? ['roundrobin'] : ['range', 'roundrobin']));
  for (const name of names) {
    if (name === 'cooperative-sticky') throw notModelled('The assignor cooperative-sticky', 'rebalances are eager: range and roundrobin are there');
    if (!Object.hasOwn(ASSIGNORS, name)) throw argumentError(`Unsupported partition.assignment.strategy: ${name}`);
  }
  return names;
}

function readIsolation(outer: unknown, readUncommitted: unknown): 0 | 1 {
  if (outer !== undefined) return outer === 'read_uncommitted' ? 0 : 1;
  return readUncommitted === true ? 0 : 1;
}

function readBatchSize(value: unknown): number {
  const size = numberOr(value, 32);
  if (Number.isInteger(size) && (size > 0 || size === -1)) return size;
  throw argumentError("'js.consumer.max.batch.size' must be a positive integer or -1 for unlimited batch size.");
}
