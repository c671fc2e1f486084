/** Options of a consumer, read once, when it connects (CLI-40, CLI-45; defaults: kafka-semantics §1.2). */
import { numberOr, readClientOptions, type Options } from '../config';
import { argumentError, notImplemented, notModelled, stateError } from '../errors';
import type { ClientLogger } from '../logger';
import type { ConfluentPorts } from '../ports';
import { ASSIGNORS } from '../../assignors';

export class ConsumerOptions {
  readonly servers: readonly string[];
  readonly retryBackoffMs: number;
  readonly requestTimeoutMs: number;
  readonly logger: ClientLogger;
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

  /** @throws KafkaJSError for an option that the real client refuses, or that the model does not have */
  constructor(options: Options, ports: ConfluentPorts) {
    const { block, outer, hasBlock, servers, retryBackoffMs, requestTimeoutMs, logger } = readClientOptions(
      'consumer',
      options,
      ports,
    );
    refuse(block, outer);
    const pollIntervalMs = numberOr(outer['max.poll.interval.ms'] ?? block['rebalanceTimeout'], 300_000);
    this.servers = servers;
    this.retryBackoffMs = retryBackoffMs;
    this.requestTimeoutMs = requestTimeoutMs;
    this.logger = logger;
    this.groupId = readGroupId(outer['group.id'] ?? block['groupId']);
    this.groupInstanceId = (outer['group.instance.id'] as string | undefined) ?? null;
    this.fromBeginning = readReset(outer['auto.offset.reset'], block['fromBeginning']);
    this.autoCommit = readFlag(outer['enable.auto.commit'] ?? block['autoCommit'], true);
    this.autoCommitIntervalMs = numberOr(outer['auto.commit.interval.ms'] ?? block['autoCommitInterval'], 5000);
    this.sessionTimeoutMs = numberOr(
      outer['session.timeout.ms'] ?? block['sessionTimeout'],
      hasBlock ? 30_000 : 45_000,
    );
    this.heartbeatIntervalMs = numberOr(outer['heartbeat.interval.ms'] ?? block['heartbeatInterval'], 3000);
    this.cacheExpiryMs = pollIntervalMs;
    this.maxPollIntervalMs = pollIntervalMs * 2;
    this.assignors = readAssignors(outer['partition.assignment.strategy'], block, hasBlock);
    this.isolationLevel = readIsolation(outer['isolation.level'], block['readUncommitted']);
    this.fetchWaitMs = numberOr(outer['fetch.wait.max.ms'] ?? block['maxWaitTimeInMs'], 500);
    this.batchSizeMax = readBatchSize(outer['js.consumer.max.batch.size']);
    this.cacheSizePerWorkerMs = numberOr(outer['js.consumer.max.cache.size.per.worker.ms'], 1500);
    if (this.maxPollIntervalMs < this.sessionTimeoutMs)
      throw stateError('`max.poll.interval.ms` must be >= `session.timeout.ms`');
  }
}

function refuse(block: Options, outer: Options): void {
  if (Object.hasOwn(block, 'autoCommitThreshold'))
    throw notImplemented("The property 'autoCommitThreshold' is not supported by run.");
  if (Object.hasOwn(outer, 'enable.auto.offset.store')) {
    throw argumentError("Changing 'enable.auto.offset.store' is unsupported while using the promisified API.");
  }
  const protocol = outer['group.protocol'];
  if (protocol !== undefined && String(protocol).toLowerCase() !== 'classic') {
    throw notModelled("'group.protocol': 'consumer'", 'groups use the classic protocol');
  }
}

function readGroupId(groupId: unknown): string {
  if (typeof groupId !== 'string' || groupId === '') throw stateError('"group.id" must be configured');
  return groupId;
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

const DEFAULT_OF_BLOCK: readonly string[] = ['roundrobin'];
const DEFAULT_OF_LIBRDKAFKA: readonly string[] = ['range', 'roundrobin'];

function readAssignors(outer: unknown, block: Options, hasBlock: boolean): readonly string[] {
  const listed = block['partitionAssigners'] ?? block['partitionAssignors'];
  if (listed !== undefined && (!Array.isArray(listed) || listed.some((name) => typeof name !== 'string'))) {
    throw argumentError('partitionAssignors must be a list of strings from within `PartitionAssignors`.');
  }
  const names =
    typeof outer === 'string'
      ? outer.split(',').map((name) => name.trim())
      : ((listed as string[] | undefined) ?? (hasBlock ? DEFAULT_OF_BLOCK : DEFAULT_OF_LIBRDKAFKA));
  for (const name of names) {
    if (name === 'cooperative-sticky')
      throw notModelled('The assignor cooperative-sticky', 'rebalances are eager: range and roundrobin are there');
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
