/** A transaction coordinator with its clients, for tests that ask it as producers do. */
import { createTransactionShard } from '../../../../src/kafka/coordinator/transaction/index';
import type { TransactionShard } from '../../../../src/kafka/coordinator/coordinator-host';
import type { TransactionMetadata } from '../../../../src/kafka/coordinator/transaction/transaction-metadata';
import { errorName } from '../../../../src/kafka/errors';
import { clusterSettings, type ClusterSettings } from '../../../../src/kafka/settings';
import { CoordinatorClient, MemoryHost } from '../../../fixtures/coordinator-host';
import { newWorld } from '../../../fixtures/kernel';

/** Versions that speak protocol 1 with the newer error codes, protocol 1 as old clients, and protocol 2. */
export const VERSIONS = { tv1: 4, old: 1, tv2: 5 } as const;

export interface Epoch {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export class TransactionLab {
  readonly world = newWorld();
  host: MemoryHost;
  shard: TransactionShard;
  readonly client: CoordinatorClient;

  constructor(settings?: Partial<ClusterSettings>) {
    this.host = new MemoryHost(this.world, clusterSettings(settings));
    this.shard = createTransactionShard(this.host);
    this.shard.load([]);
    this.client = new CoordinatorClient(this.world, () => this.shard);
  }

  /** Another broker takes over with what the log holds. */
  failOver(): void {
    this.shard.unload();
    this.host.replicate(6);
    this.host = this.host.successor();
    this.shard = createTransactionShard(this.host);
    this.shard.load(this.host.log);
  }

  /** As if epochs had been given out up to this one, by a coordinator before this one. */
  useUpEpochs(producerEpoch: number): void {
    const last = this.host.log.at(-1)!.state![0]!.value as TransactionMetadata;
    this.host.append([{ key: 't', value: { ...last, producerEpoch } }], null, () => undefined);
    this.failOver();
  }

  init(
    options: { id?: string; version?: number; timeoutMs?: number; expected?: Epoch } = {},
  ): Epoch & { readonly error: string } {
    const { id = 't', version = VERSIONS.tv1, timeoutMs = 60_000, expected } = options;
    const { answer } = this.client.send({
      api: 'InitProducerId',
      apiVersion: version,
      transactionalId: id,
      transactionTimeoutMs: timeoutMs,
      producerId: expected?.producerId ?? -1,
      producerEpoch: expected?.producerEpoch ?? -1,
    });
    return { ...answer!, error: errorName(answer!.errorCode) };
  }

  add(by: Epoch, partitions: readonly number[], version: number = VERSIONS.tv1, id = 't'): string {
    const topics = [{ name: 'orders', partitions }];
    const { answer } = this.client.send({
      api: 'AddPartitionsToTxn',
      apiVersion: version,
      transactionalId: id,
      ...epochOf(by),
      topics,
    });
    return answer!.topics[0]!.partitions.map(({ errorCode }) => errorName(errorCode)).join();
  }

  addOffsets(by: Epoch, groupId = 'g', version: number = VERSIONS.tv1): string {
    const message = {
      api: 'AddOffsetsToTxn' as const,
      apiVersion: version,
      transactionalId: 't',
      ...epochOf(by),
      groupId,
    };
    return errorName(this.client.send(message).answer!.errorCode);
  }

  end(by: Epoch, committed: boolean, version: number = VERSIONS.tv1, id = 't'): Epoch & { readonly error: string } {
    const message = { api: 'EndTxn' as const, apiVersion: version, transactionalId: id, ...epochOf(by), committed };
    const answer = this.client.send(message).answer!;
    return { ...answer, error: errorName(answer.errorCode) };
  }

  verify(by: Epoch, partition: number, mode: 'verify' | 'add' = 'verify'): string {
    let told = 'nothing';
    this.shard.verifyPartition('t', epochOf(by), 'orders', partition, mode, (code) => (told = errorName(code)));
    return told;
  }

  /** Markers written so far, e.g. `orders-0 COMMIT 3`, the number being the epoch. */
  get markers(): string[] {
    return this.host.writtenMarkers.map(
      ({ topic, partition, marker }) => `${topic}-${partition} ${marker.result} ${marker.producerEpoch}`,
    );
  }

  /** State of the id, from the fingerprint: `id:state:pending:…`. */
  get state(): string {
    return this.shard.fingerprint().split(':')[1] ?? '';
  }
}

export function epochOf({ producerId, producerEpoch }: Epoch): Epoch {
  return { producerId, producerEpoch };
}
