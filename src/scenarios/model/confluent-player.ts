/** Client letter C on the model: the profile `confluent`. */
import { Buffer } from 'buffer';
import { createConfluentModule } from '../../kafka/client/confluent';
import type { KafkaJS as Api } from '../../kafka/client/confluent/api';
import type { KafkaEndpoint } from '../../kafka/protocol/messages';
import type { CommandNamed } from '../language/commands';
import type { TopicPartition } from '../language/words';
import { ConfluentConsumer } from './confluent-consumer';
import { errorName } from './confluent-errors';
import { ConfluentProducer } from './confluent-producer';
import { NOTHING, type ModelProcess } from './model-process';
import type { Pauses } from './pauses';
import type { ConsumerCommand, PlayedConsumer, PlayedProducer, Player } from './player';
import type { ResultsTo } from './result-writer';
import { Pending } from './virtual-clock';

const SERVERS = 'localhost:9092';

export class ConfluentPlayer implements Player {
  private readonly kafkas = new Map<ModelProcess, Api.Kafka>();

  constructor(
    private readonly endpoint: KafkaEndpoint,
    private readonly pauses: Pauses,
  ) {}

  producer(process: ModelProcess, command: CommandNamed<'producer'>): PlayedProducer {
    return new ConfluentProducer(process, this.kafka(process), command);
  }

  consumer(process: ModelProcess, command: ConsumerCommand, results: ResultsTo | null): PlayedConsumer {
    return new ConfluentConsumer(process, this.kafka(process), command, this.pauses, results);
  }

  adminCommitted(process: ModelProcess, groupId: string, of: TopicPartition, isStable: boolean): Pending {
    const admin = this.kafka(process).admin();
    const pending = new Pending(process.clock);
    const ask = (): Promise<void> =>
      admin
        .fetchOffsets({
          groupId,
          topics: [{ topic: of.topic, partitions: [of.partition] }],
          requireStableOffsets: isStable,
        })
        .then(([topic]) => pending.settle([printedOffset(topic?.partitions[0])]))
        .catch((error: unknown) => pending.settle([`error ${errorName(error)}`]));
    process.call(() => admin.connect().then(ask), NOTHING, errorName);
    return pending;
  }

  private kafka(process: ModelProcess): Api.Kafka {
    const known = this.kafkas.get(process);
    if (known !== undefined) return known;
    const { KafkaJS } = createConfluentModule({
      incarnation: process.incarnation,
      endpoint: this.endpoint,
      bootstrapServers: SERVERS,
      toBuffer: (text) => Buffer.from(text),
      fromBuffer: (value) => (Buffer.isBuffer(value) ? value.toString() : null),
      logger: () => undefined,
    });
    let kafka: Api.Kafka | null = null;
    process.incarnation.run(() => {
      kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: [SERVERS] } });
    });
    if (kafka === null) throw new Error(`the process ${process.name} is paused or gone, so it cannot make a client`);
    this.kafkas.set(process, kafka);
    return kafka;
  }
}

function printedOffset(partition: Api.FetchOffsetsPartition | undefined): string {
  if (partition === undefined) return 'none';
  if (partition.error !== null && partition.error !== undefined) return `error ${errorName(partition.error)}`;
  return Number(partition.offset) < 0 ? 'none' : String(partition.offset);
}
