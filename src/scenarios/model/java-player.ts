/** Client letter J on the model: the profile `java`. */
import type { KafkaEndpoint } from '../../kafka/protocol/messages';
import type { CommandNamed } from '../language/commands';
import type { TopicPartition } from '../language/words';
import { JavaPlayedConsumer } from './java-consumer';
import { JavaPlayedProducer } from './java-producer';
import type { ModelProcess } from './model-process';
import { Oracles } from './oracles';
import type { Pauses } from './pauses';
import type { ConsumerCommand, PlayedConsumer, PlayedProducer, Player } from './player';
import type { Requests } from './requests';
import type { ResultsTo } from './result-writer';
import { Pending } from './virtual-clock';

export class JavaPlayer implements Player {
  constructor(
    private readonly endpoint: KafkaEndpoint,
    private readonly requests: Requests,
    private readonly pauses: Pauses,
  ) {}

  producer(process: ModelProcess, command: CommandNamed<'producer'>): PlayedProducer {
    return new JavaPlayedProducer(process, this.endpoint, command);
  }

  consumer(process: ModelProcess, command: ConsumerCommand, results: ResultsTo | null): PlayedConsumer {
    return new JavaPlayedConsumer(process, this.endpoint, command, this.pauses, results);
  }

  /** The profile has no admin. Java's asks the coordinator and leaves out a partition that has an error (OFS-9). */
  adminCommitted(process: ModelProcess, group: string, of: TopicPartition, isStable: boolean): Pending {
    const pending = new Pending(process.clock);
    const committed = new Oracles(this.requests).committed(group, of, isStable);
    pending.settle([committed.startsWith('error') ? 'none' : committed]);
    return pending;
  }
}
