/** A producer of the `confluent` profile. */
import type { KafkaJS as Api } from '../../kafka/client/confluent/api';
import type { CommandNamed } from '../language/commands';
import type { TopicPartition } from '../language/words';
import type { ConfluentConsumer } from './confluent-consumer';
import { errorName } from './confluent-errors';
import { made, NOTHING, OK, type ModelProcess } from './model-process';
import type { PlayedConsumer, PlayedProducer } from './player';
import type { Pending } from './virtual-clock';

const ACKS = { '0': 0, '1': 1, all: -1 } as const;

export class ConfluentProducer implements PlayedProducer {
  private readonly producer: Api.Producer;

  constructor(
    readonly process: ModelProcess,
    kafka: Api.Kafka,
    command: CommandNamed<'producer'>,
  ) {
    this.producer = made(process, () => kafka.producer(optionsOf(command)));
  }

  connect(): Pending {
    return this.process.connect(() => this.producer.connect(), errorName);
  }

  begin(): Pending {
    return this.process.call(() => this.producer.transaction(), NOTHING, errorName);
  }

  send({ to, values, size }: CommandNamed<'send'>): Pending {
    const messages = values.map((value) => ({ value: value.padEnd(size ?? 0, '.'), partition: to.partition }));
    return this.process.call(() => this.producer.send({ topic: to.topic, messages }), printedOffset, errorName);
  }

  commit(): Pending {
    return this.process.call(() => this.producer.commit(), OK, errorName);
  }

  abort(): Pending {
    return this.process.call(() => this.producer.abort(), OK, errorName);
  }

  sendOffsets(played: PlayedConsumer, { topic, partition }: TopicPartition, offset: number): Pending {
    const { consumer } = played as ConfluentConsumer;
    const topics = [{ topic, partitions: [{ partition, offset: String(offset) }] }];
    return this.process.call(() => this.producer.sendOffsets({ consumer, topics }), OK, errorName);
  }

  close(): Pending {
    return this.process.call(() => this.producer.disconnect(), NOTHING, errorName);
  }
}

function printedOffset([first]: readonly Api.RecordMetadata[]): readonly string[] {
  const offset = Number(first?.baseOffset ?? -1);
  return [offset < 0 ? 'ok' : `ok offset=${offset}`];
}

function optionsOf(command: CommandNamed<'producer'>): Api.ProducerConstructorConfig {
  const { tid, acks, idempotent, plain, retries, txnTimeout, requestTimeout, ackTimeout, deliveryTimeout } = command;
  const { linger, inFlight, retryBackoff, retryBackoffMax } = command;
  const retry = {
    ...(retries === undefined ? {} : { retries: Math.min(retries, 2_147_483_647) }),
    ...(retryBackoff === undefined ? {} : { initialRetryTime: retryBackoff }),
    ...(retryBackoffMax === undefined ? {} : { maxRetryTime: retryBackoffMax }),
  };
  return {
    kafkaJS: {
      ...(tid === undefined ? {} : { transactionalId: tid }),
      ...(acks === undefined ? {} : { acks: ACKS[acks] }),
      ...(idempotent ? { idempotent: true } : {}),
      ...(plain ? { idempotent: false } : {}),
      ...(Object.keys(retry).length === 0 ? {} : { retry }),
      ...(inFlight === undefined ? {} : { maxInFlightRequests: inFlight }),
      ...(txnTimeout === undefined ? {} : { transactionTimeout: txnTimeout }),
      ...(requestTimeout === undefined ? {} : { requestTimeout }),
      ...(ackTimeout === undefined ? {} : { timeout: ackTimeout }),
    },
    ...(deliveryTimeout === undefined ? {} : { 'message.timeout.ms': deliveryTimeout }),
    ...(linger === undefined ? {} : { 'linger.ms': linger }),
  };
}
