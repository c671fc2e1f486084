/** What a consumer with `mode=work into=…` writes of each record, in a transaction with its offset where there is one. */
import type { TopicPartition } from '../language/words';
import type { ModelProcess } from './model-process';
import type { PlayedConsumer, PlayedProducer } from './player';
import type { Pending } from './virtual-clock';

export interface ResultsTo {
  readonly producer: PlayedProducer;
  /** Of the producer: nothing is written before it is there. */
  readonly connection: Pending;
  readonly topic: string;
  readonly partitions: number;
  /** The producer has a transactional id: results and offsets are committed together (TXN-1). */
  readonly isTransactional: boolean;
}

export class ResultWriter {
  constructor(
    private readonly process: ModelProcess,
    private readonly to: ResultsTo,
    private readonly consumer: PlayedConsumer,
  ) {}

  /** The program leaves commits of offsets to this. */
  get commitsOffsets(): boolean {
    return this.to.isTransactional;
  }

  /** Writes the result of the record at `offset`, and then goes on. What fails ends the program: the next one takes over. */
  write(of: TopicPartition, offset: number, value: string, then: () => void): void {
    const { producer, connection, topic, partitions, isTransactional } = this.to;
    const command = { command: 'send', producer: '', to: { topic, partition: of.partition % partitions } } as const;
    const send = (): Pending => producer.send({ ...command, values: [value] });
    const steps = isTransactional
      ? [
          () => producer.begin(),
          send,
          () => producer.sendOffsets(this.consumer, of, offset + 1),
          () => producer.commit(),
        ]
      : [send];
    this.await(connection, 'connect', () => this.take(steps, value, then));
  }

  private take([step, ...others]: readonly (() => Pending)[], value: string, then: () => void): void {
    if (step === undefined) then();
    else this.await(step(), value, () => this.take(others, value, then));
  }

  private await(pending: Pending, what: string, then: () => void): void {
    pending.whenSettled((line) => {
      if (!line.startsWith('error')) then();
      else this.fail(`${what}: ${line.replace(/^error /, '')}`);
    });
  }

  private fail(text: string): void {
    const { process } = this;
    process.print(text);
    const exit = (): void => process.incarnation.exit(1, null);
    if (this.to.isTransactional && !text.startsWith('connect')) this.to.producer.abort().whenSettled(exit);
    else exit();
  }
}
