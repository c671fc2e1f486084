/** What is really there: asked with requests by hand, never with a client under test. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERRORS } from '../../../../src/kafka/errors';
import { FetchV11, ListOffsetsV5, OffsetFetchV7 } from '../../wire/messages';
import { readBatches, type LogRecord } from '../../wire/record-batch';
import { BrokerError, type Brokers } from './brokers';

const LATEST = -1;
const EARLIEST = -2;
const FETCH_BYTES = 10_000_000;

export type Isolation = 'ru' | 'rc';

export async function offsetOf(
  brokers: Brokers,
  topic: string,
  partition: number,
  isolation: Isolation,
  timestamp = LATEST,
): Promise<number> {
  const asked = { partition, currentLeaderEpoch: -1, timestamp };
  const answer = await brokers.askUntilReady(
    () => brokers.leader(topic, partition),
    ListOffsetsV5,
    {
      replicaId: -1,
      isolationLevel: isolation === 'rc' ? 1 : 0,
      topics: [{ name: topic, partitions: [asked] }],
    },
    ({ topics }) => topics[0]!.partitions[0]!.error,
  );
  return answer.topics[0]!.partitions[0]!.offset;
}

interface Fetched {
  readonly records: readonly LogRecord[];
  readonly aborted: readonly { readonly producerId: number; readonly firstOffset: number }[];
  readonly end: number;
}

/** Everything that a consumer of that isolation level may see, control records included. */
async function fetchAll(
  brokers: Brokers,
  topic: string,
  partition: number,
  isolation: Isolation,
  encoding: BufferEncoding = 'utf8',
): Promise<Fetched> {
  const end = await offsetOf(brokers, topic, partition, isolation);
  const start = await offsetOf(brokers, topic, partition, isolation, EARLIEST);
  const records: LogRecord[] = [];
  const aborted: { producerId: number; firstOffset: number }[] = [];
  for (let offset = start; offset < end; offset = records.at(-1)!.offset + 1) {
    const answer = await fetchFrom(brokers, topic, partition, isolation, offset);
    const batches = readBatches(answer.records ?? Buffer.alloc(0), encoding).filter(
      (record) => record.offset >= offset,
    );
    aborted.push(...answer.aborted);
    if (batches.length === 0) break;
    records.push(...batches);
  }
  return { records: records.filter(({ offset }) => offset < end), aborted, end };
}

async function fetchFrom(brokers: Brokers, topic: string, partition: number, isolation: Isolation, offset: number) {
  const asked = { partition, currentLeaderEpoch: -1, fetchOffset: offset, logStartOffset: -1, maxBytes: FETCH_BYTES };
  const answer = await brokers.askUntilReady(
    () => brokers.leader(topic, partition),
    FetchV11,
    {
      replicaId: -1,
      maxWaitMs: 100,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      isolationLevel: isolation === 'rc' ? 1 : 0,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ name: topic, partitions: [asked] }],
      forgotten: [],
      rackId: '',
    },
    ({ topics }) => topics[0]?.partitions[0]?.error ?? ERRORS.NOT_LEADER_OR_FOLLOWER,
  );
  return answer.topics[0]!.partitions[0]!;
}

/** The log below the high watermark, with its control records. */
export async function logOf(
  brokers: Brokers,
  topic: string,
  partition: number,
  encoding?: BufferEncoding,
): Promise<readonly LogRecord[]> {
  return (await fetchAll(brokers, topic, partition, 'ru', encoding)).records;
}

/**
 * What a correct reader gets, and the offset at which it stands then (FET-4). The list of aborted transactions comes in the
 * order of their markers; only transactional records of that producer are dropped, up to its abort marker.
 */
export async function readableOf(
  brokers: Brokers,
  topic: string,
  partition: number,
  isolation: Isolation,
): Promise<{ readonly records: readonly LogRecord[]; readonly end: number }> {
  const { records, aborted, end } = await fetchAll(brokers, topic, partition, isolation);
  const waiting = isolation === 'rc' ? [...aborted].sort((a, b) => a.firstOffset - b.firstOffset) : [];
  const dropped = new Set<number>();
  const readable = records.filter((record) => {
    while (waiting.length > 0 && waiting[0]!.firstOffset <= record.offset) dropped.add(waiting.shift()!.producerId);
    if (record.marker !== null) {
      if (record.marker === 'abort') dropped.delete(record.producerId);
      return false;
    }
    return !(record.isTransactional && dropped.has(record.producerId));
  });
  return { records: readable, end };
}

/** The log on the disk of a broker whose data lie in `dataDir`, above the high watermark too. */
export function replicaOf(dataDir: string, topic: string, partition: number): readonly LogRecord[] {
  const dir = path.join(dataDir, `${topic}-${partition}`);
  const segments = readdirSync(dir).filter((name) => name.endsWith('.log'));
  return segments.sort().flatMap((name) => readBatches(readFileSync(path.join(dir, name))));
}

/** The committed offset, null for none. @throws BrokerError UNSTABLE_OFFSET_COMMIT with `isStable` */
export async function committedOf(
  brokers: Brokers,
  group: string,
  topic: string,
  partition: number,
  isStable: boolean,
): Promise<number | null> {
  const answer = await brokers.askUntilReady(
    () => brokers.coordinator('group', group),
    OffsetFetchV7,
    { group, topics: [{ name: topic, partitions: [partition] }], requireStable: isStable },
    ({ error }) => error,
  );
  const found = answer.topics[0]!.partitions[0]!;
  if (found.error !== 0) throw new BrokerError(found.error);
  return found.offset === -1 ? null : found.offset;
}

/** `0:a 1:•commit`, or `nothing`; padding of large values is left out. */
export function showRecords(
  records: readonly { readonly offset: number; readonly value: string | null; readonly marker?: LogRecord['marker'] }[],
): string {
  const shown = records.map(({ offset, value, marker = null }) =>
    marker === null ? `${offset}:${showValue(value)}` : `${offset}:•${marker}`,
  );
  return shown.length === 0 ? 'nothing' : shown.join(' ');
}

export function showValue(value: string | null): string {
  return (value ?? 'null').replace(/\.+$/, '');
}
