/** When an open transaction is aborted by its coordinator, and when an idle transactional id is forgotten (TXN-14, TXN-17). */
import type { TransactionMetadata } from './transaction-metadata';
import { isIdle } from './transaction-states';

/** TXN-14: the clock runs from the first added partition, and nothing sets it back. */
export function isTimedOut({ state, startedAt, timeoutMs }: TransactionMetadata, now: number): boolean {
  return state === 'ongoing' && startedAt + timeoutMs < now;
}

/**
 * When the scan takes place that finds a transaction timed out: scans are a fixed interval apart.
 * @param intervalMs `transaction.abort.timed.out.transaction.cleanup.interval.ms`
 * @param now a coordinator that takes over late finds it with its next scan
 */
export function timeoutScanAt({ startedAt, timeoutMs }: TransactionMetadata, intervalMs: number, now: number): number {
  const first = Math.floor((startedAt + timeoutMs) / intervalMs) + 1;
  return Math.max(first, Math.ceil(now / intervalMs)) * intervalMs;
}

/** `transaction.remove.expired.transaction.cleanup.interval.ms`. */
export const EXPIRY_SCAN_INTERVAL_MS = 3_600_000;

/**
 * TXN-17: whether the latest scan has dropped the id. Nothing else touches an idle id, so it is enough to look when it is
 * used again.
 */
export function isExpired(metadata: TransactionMetadata, now: number, expirationMs: number): boolean {
  const lastScan = Math.floor(now / EXPIRY_SCAN_INTERVAL_MS) * EXPIRY_SCAN_INTERVAL_MS;
  return isIdle(metadata.state) && metadata.updatedAt <= lastScan - expirationMs;
}
