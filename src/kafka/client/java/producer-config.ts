/** Configuration of the Java producer, its defaults and its contradictions (kafka-semantics §1.2, CFG-1 … CFG-3). */
import { JavaException } from './errors';

export interface ProducerConfigInput {
  readonly acks?: 'all' | -1 | 0 | 1;
  readonly enableIdempotence?: boolean;
  readonly retries?: number;
  readonly maxInFlightRequestsPerConnection?: number;
  readonly lingerMs?: number;
  readonly deliveryTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
  readonly retryBackoffMs?: number;
  readonly retryBackoffMaxMs?: number;
  readonly maxBlockMs?: number;
  readonly transactionalId?: string;
  readonly transactionTimeoutMs?: number;
}

export interface ProducerConfig {
  readonly acks: -1 | 0 | 1;
  readonly isIdempotent: boolean;
  readonly retries: number;
  readonly maxInFlight: number;
  readonly lingerMs: number;
  readonly deliveryTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly maxBlockMs: number;
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
}

/** PID-11. */
const IDEMPOTENT_IN_FLIGHT_MAX = 5;

/** @throws JavaException ConfigException for settings that contradict each other */
export function readProducerConfig(given: ProducerConfigInput): ProducerConfig {
  const acks = given.acks === undefined || given.acks === 'all' ? -1 : given.acks;
  const retries = given.retries ?? 2_147_483_647;
  const maxInFlight = given.maxInFlightRequestsPerConnection ?? 5;
  const lingerMs = given.lingerMs ?? 5;
  const requestTimeoutMs = given.requestTimeoutMs ?? 30_000;
  return {
    acks,
    isIdempotent: readIdempotence(given, acks, retries, maxInFlight),
    retries,
    maxInFlight,
    lingerMs,
    deliveryTimeoutMs: readDeliveryTimeout(given.deliveryTimeoutMs, lingerMs + requestTimeoutMs),
    requestTimeoutMs,
    retryBackoffMs: given.retryBackoffMs ?? 100,
    retryBackoffMaxMs: given.retryBackoffMaxMs ?? 1000,
    maxBlockMs: given.maxBlockMs ?? 60_000,
    transactionalId: given.transactionalId ?? null,
    transactionTimeoutMs: given.transactionTimeoutMs ?? 60_000,
  };
}

/** CFG-1: off without a word when it was not asked for; CFG-2, CFG-3: refused when it was. */
function readIdempotence(given: ProducerConfigInput, acks: number, retries: number, maxInFlight: number): boolean {
  const isExplicit = given.enableIdempotence === true;
  const isPossible = acks === -1 && retries > 0;
  if (isExplicit && acks !== -1) throw contradiction('Must set acks to all in order to use the idempotent producer.');
  if (isExplicit && retries === 0)
    throw contradiction('Must set retries to non-zero when using the idempotent producer.');
  const isIdempotent = (given.enableIdempotence ?? true) && isPossible;
  if (isIdempotent && maxInFlight > IDEMPOTENT_IN_FLIGHT_MAX)
    throw contradiction('Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.');
  if (given.transactionalId !== undefined && !isIdempotent)
    throw contradiction('Cannot set a transactional.id without also enabling idempotence.');
  return isIdempotent;
}

/** RTY-3: the time of a record covers at least one attempt. */
function readDeliveryTimeout(given: number | undefined, least: number): number {
  if (given !== undefined && given < least)
    throw contradiction('delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms');
  return given ?? Math.max(120_000, least);
}

function contradiction(text: string): JavaException {
  return new JavaException('ConfigException', text);
}
