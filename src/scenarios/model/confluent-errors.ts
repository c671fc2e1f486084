/** Errors of the `confluent` profile as scenarios print them. */
import { ERROR_CODES } from '../../kafka/client/confluent/error-codes';
import { errorName as brokerErrorName } from '../../kafka/errors';

const LOCAL_NAMES = new Map<number, string>();
for (const [name, code] of Object.entries(ERROR_CODES)) if (code < 0) LOCAL_NAMES.set(code, name);

/** CLI-49: only `code` tells. Kafka's name for positive codes, librdkafka's for negative ones. */
export function errorName(error: unknown): string {
  const { code, name } = error as { readonly code?: unknown; readonly name?: string };
  if (typeof code !== 'number') return `${name ?? 'unknown'}: ${String(error)}`;
  return code < 0 ? (LOCAL_NAMES.get(code) ?? String(code)) : brokerErrorName(code);
}
