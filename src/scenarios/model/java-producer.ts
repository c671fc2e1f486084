/** A producer of the `java` profile. */
import { JavaProducer, type ProducerConfigInput, type RecordMetadata } from '../../kafka/client/java';
import type { KafkaEndpoint } from '../../kafka/protocol/messages';
import { SimPromise } from '../../simulation/sim-promise';
import type { CommandNamed } from '../language/commands';
import { ScenarioError } from '../language/scenario-error';
import type { TopicPartition } from '../language/words';
import { JavaPlayedConsumer } from './java-consumer';
import { javaErrorName } from './java-errors';
import { made, NOTHING, OK, type ModelProcess } from './model-process';
import type { PlayedConsumer, PlayedProducer } from './player';
import type { Pending } from './virtual-clock';

const ACKS = { '0': 0, '1': 1, all: 'all' } as const;

export class JavaPlayedProducer implements PlayedProducer {
  private readonly producer: JavaProducer;

  constructor(
    readonly process: ModelProcess,
    endpoint: KafkaEndpoint,
    private readonly command: CommandNamed<'producer'>,
  ) {
    const ports = { incarnation: process.incarnation, endpoint };
    this.producer = made(process, () => new JavaProducer(ports, configOf(command)));
  }

  connect(): Pending {
    const { tid } = this.command;
    return this.process.connect(
      () => (tid === undefined ? undefined : this.producer.initTransactions()),
      javaErrorName,
    );
  }

  begin(): Pending {
    return this.call(() => this.producer.beginTransaction(), NOTHING);
  }

  /** One record a value; each leaves at once. */
  send({ to, values, size }: CommandNamed<'send'>): Pending {
    const records = values.map((value) => ({
      topic: to.topic,
      partition: to.partition,
      key: null,
      value: value.padEnd(size ?? 0, '.'),
    }));
    const sendAll = (): SimPromise<unknown> => SimPromise.all(records.map((record) => this.producer.send(record)));
    return this.call<readonly RecordMetadata[]>(sendAll, ([first]) => [
      first === undefined || first.offset < 0 ? 'ok' : `ok offset=${first.offset}`,
    ]);
  }

  commit(): Pending {
    return this.call(() => this.producer.commitTransaction(), OK);
  }

  abort(): Pending {
    return this.call(() => this.producer.abortTransaction(), OK);
  }

  sendOffsets(played: PlayedConsumer, { topic, partition }: TopicPartition, offset: number): Pending {
    if (!(played instanceof JavaPlayedConsumer)) throw new ScenarioError('offsets need a consumer of the same client');
    const offsets = [{ topic, index: partition, offset, metadata: null }];
    return this.call(() => this.producer.sendOffsetsToTransaction(offsets, played.groupMetadata()), OK);
  }

  close(): Pending {
    return this.call(() => this.producer.close(CLOSE_MS), NOTHING);
  }

  private call<T>(body: () => unknown, printed: (value: T) => readonly string[]): Pending {
    return this.process.call<T>(body as () => T, printed, javaErrorName);
  }
}

const CLOSE_MS = 5000;

function configOf(command: CommandNamed<'producer'>): ProducerConfigInput {
  const { tid, acks, idempotent, plain, retries, txnTimeout, requestTimeout, ackTimeout, deliveryTimeout } = command;
  const request = requestTimeout ?? ackTimeout;
  return {
    // As the driver of the real client: every send goes out at once.
    lingerMs: command.linger ?? 0,
    ...(command.inFlight === undefined ? {} : { maxInFlightRequestsPerConnection: command.inFlight }),
    ...(command.retryBackoff === undefined ? {} : { retryBackoffMs: command.retryBackoff }),
    ...(command.retryBackoffMax === undefined ? {} : { retryBackoffMaxMs: command.retryBackoffMax }),
    ...(tid === undefined ? {} : { transactionalId: tid }),
    ...(acks === undefined ? {} : { acks: ACKS[acks] }),
    ...(idempotent ? { enableIdempotence: true } : {}),
    ...(plain ? { enableIdempotence: false } : {}),
    ...(retries === undefined ? {} : { retries: Math.min(retries, 2_147_483_647) }),
    ...(txnTimeout === undefined ? {} : { transactionTimeoutMs: txnTimeout }),
    ...(request === undefined ? {} : { requestTimeoutMs: request }),
    ...(deliveryTimeout === undefined ? {} : { deliveryTimeoutMs: deliveryTimeout }),
  };
}
