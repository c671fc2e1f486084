/**
 * Options of a producer, read when it connects (CLI-40, CLI-41; defaults: kafka-semantics §1.2). Contradictions come from
 * librdkafka (`rd_kafka_conf_finalize`) and are plain errors there.
 */
import { numberOr, readClientOptions, type ClientOptions, type Options } from '../config';
import type { ConfluentPorts } from '../ports';

export interface ProducerOptions extends ClientOptions {
  readonly acks: number;
  readonly retriesMax: number;
  readonly lingerMs: number;
  /** How long the broker may wait for the other copies. */
  readonly timeoutMs: number;
  readonly inFlightMax: number;
  readonly isIdempotent: boolean;
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  /** A record without an answer for so long is given up (`message.timeout.ms`). */
  readonly messageTimeoutMs: number;
}

/** Produce requests under way to one broker, and records under way in one partition (PID-11). */
export const IDEMPOTENT_IN_FLIGHT_MAX = 5;

/** `retries` of librdkafka itself. */
const UNLIMITED = 2_147_483_647;

/** @throws KafkaJSError for an option that the real client refuses; Error for options that contradict each other */
export function readProducerOptions(given: Options, ports: ConfluentPorts): ProducerOptions {
  const client = readClientOptions('producer', given, ports);
  const { block, outer, hasBlock } = client;
  const retry = (block['retry'] ?? {}) as Options;
  const transactionalId = (outer['transactional.id'] ?? block['transactionalId'] ?? null) as string | null;
  const isIdempotent = readIdempotence(block, outer, transactionalId);
  const acks = outer['request.required.acks'] ?? outer['acks'] ?? block['acks'];
  const retries = outer['message.send.max.retries'] ?? outer['retries'] ?? retry['retries'];
  const inFlight =
    outer['max.in.flight.requests.per.connection'] ?? outer['max.in.flight'] ?? block['maxInFlightRequests'];
  const transactionTimeoutMs = numberOr(outer['transaction.timeout.ms'] ?? block['transactionTimeout'], 60_000);
  const messageTimeout = outer['delivery.timeout.ms'] ?? outer['message.timeout.ms'];
  const options: ProducerOptions = {
    ...client,
    requestTimeoutMs: requestTimeoutOf(client, transactionalId, transactionTimeoutMs),
    acks: acks === 'all' ? -1 : numberOr(acks, -1),
    retriesMax: numberOr(retries, hasBlock ? 5 : UNLIMITED),
    lingerMs: numberOr(outer['linger.ms'], 5),
    timeoutMs: numberOr(outer['request.timeout.ms'] ?? block['timeout'], 30_000),
    inFlightMax: numberOr(inFlight, isIdempotent ? IDEMPOTENT_IN_FLIGHT_MAX : Number.MAX_SAFE_INTEGER),
    isIdempotent,
    transactionalId,
    transactionTimeoutMs,
    messageTimeoutMs: numberOr(messageTimeout, transactionalId === null ? 300_000 : transactionTimeoutMs),
  };
  if (isIdempotent) refuseContradictions(options);
  return options;
}

function readIdempotence(block: Options, outer: Options, transactionalId: string | null): boolean {
  const isGiven = Object.hasOwn(outer, 'enable.idempotence') || Object.hasOwn(block, 'idempotent');
  if (!isGiven) return transactionalId !== null;
  const value = outer['enable.idempotence'] ?? block['idempotent'];
  if (typeof value !== 'boolean' && value !== 'true' && value !== 'false')
    throw new Error(`Invalid value "${String(value)}" for configuration property "enable.idempotence"`);
  const isIdempotent = value === true || value === 'true';
  if (!isIdempotent && transactionalId !== null)
    throw new Error('`transactional.id` requires `enable.idempotence=true`');
  return isIdempotent;
}

/** The wrapper keeps the socket's time-out below the transaction's; librdkafka alone derives it. */
function requestTimeoutOf(
  { hasBlock, requestTimeoutMs, outer }: ClientOptions,
  transactionalId: string | null,
  transactionTimeoutMs: number,
): number {
  if (hasBlock) return Math.min(requestTimeoutMs, transactionTimeoutMs + 100);
  if (transactionalId === null || outer['socket.timeout.ms'] !== undefined) return requestTimeoutMs;
  return Math.max(transactionTimeoutMs - 100, 900);
}

function refuseContradictions(options: ProducerOptions): void {
  const { acks, inFlightMax, retriesMax, transactionalId, transactionTimeoutMs, messageTimeoutMs } = options;
  if (acks !== -1) throw new Error('`acks` must be set to `all` when `enable.idempotence` is true');
  if (inFlightMax > IDEMPOTENT_IN_FLIGHT_MAX)
    throw new Error('`max.in.flight` must be set <=5 when `enable.idempotence` is true');
  if (retriesMax < 1) throw new Error('`retries` must be set >= 1 when `enable.idempotence` is true');
  if (transactionalId === null) return;
  if (transactionTimeoutMs < 1000)
    throw new Error(
      `Configuration property "transaction.timeout.ms" value ${transactionTimeoutMs} is outside allowed range 1000..2147483647`,
    );
  if (messageTimeoutMs > transactionTimeoutMs)
    throw new Error('`message.timeout.ms` must be set <= `transaction.timeout.ms`');
}
