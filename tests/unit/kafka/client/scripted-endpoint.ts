/**
 * A cluster whose answers a test writes: for what a real one does rarely, or only with faults. By default it gives out
 * producer ids, says yes to transactions, and stores batches without looking at them.
 *
 *     const cluster = new ScriptedEndpoint({ brokers: 2, topics: { orders: [1, 2] } });
 *     cluster.on('Produce', 1, (request) => produced(request, ERRORS.NOT_ENOUGH_REPLICAS));
 */
import type {
  AnswerOf,
  KafkaAnswer,
  KafkaEndpoint,
  KafkaReceiver,
  KafkaRequest,
  MetadataAnswer,
  ProduceRequest,
} from '../../../../src/kafka/protocol/messages';
import type { Request } from '../../../../src/simulation/network';

type Api = KafkaRequest['api'];
type RequestOf<A extends Api> = Extract<KafkaRequest, { readonly api: A }>;
/** An answer, 'lost' for a broken connection, or 'silence'. */
type Reaction = KafkaAnswer | 'lost' | 'silence';

export interface Received {
  readonly broker: number;
  readonly message: KafkaRequest;
}

export class ScriptedEndpoint implements KafkaEndpoint {
  /** Every request in the order of arrival; `broker` is 0 for the cluster itself. */
  readonly received: Received[] = [];
  /** Leader by topic and partition; -1 for none. */
  readonly leaders: Map<string, number[]>;
  coordinatorId = 1;
  private readonly scripts = new Map<string, (message: never, broker: number) => Reaction | undefined>();
  private readonly counts = new Map<Api, number>();
  private readonly ends = new Map<string, number>();
  private epoch = -1;

  constructor(private readonly setting: { readonly brokers: number; readonly topics: Record<string, number[]> }) {
    this.leaders = new Map(Object.entries(setting.topics));
  }

  /** What becomes of the nth request of an API, counted from 1; nth 0 for every one. Undefined: as by default. */
  on<A extends Api>(api: A, nth: number, react: (message: RequestOf<A>, broker: number) => Reaction | undefined): void {
    this.scripts.set(`${api}#${nth}`, react as never);
  }

  /** Messages of one API, in the order of arrival. */
  of<A extends Api>(api: A): RequestOf<A>[] {
    return this.received.filter(({ message }) => message.api === api).map(({ message }) => message as RequestOf<A>);
  }

  /** Names of the APIs asked for, in order. */
  get apis(): string[] {
    return this.received.map(({ message }) => message.api);
  }

  broker(id: number): KafkaReceiver {
    return { receive: (request) => this.take(request, id) };
  }

  findCoordinator(): number {
    return this.coordinatorId;
  }

  receive(request: Request<KafkaRequest, KafkaAnswer>): void {
    this.take(request, 0);
  }

  private take(request: Request<KafkaRequest, KafkaAnswer>, broker: number): void {
    const { message } = request;
    this.received.push({ broker, message });
    const nth = (this.counts.get(message.api) ?? 0) + 1;
    this.counts.set(message.api, nth);
    const react = this.scripts.get(`${message.api}#${nth}`) ?? this.scripts.get(`${message.api}#0`);
    const reaction = react?.(message as never, broker) ?? this.usual(message);
    if (reaction === 'silence') request.park();
    else if (reaction === 'lost') {
      request.losesAnswer = true;
      request.answer(this.usual(message));
    } else request.answer(reaction);
  }

  private usual(message: KafkaRequest): KafkaAnswer {
    switch (message.api) {
      case 'Metadata':
        return this.metadata(message.topics);
      case 'Produce':
        return produced(message, 0, (name, count) => {
          const end = this.ends.get(name) ?? 0;
          this.ends.set(name, end + count);
          return end;
        });
      case 'InitProducerId':
        this.epoch += 1;
        return { api: 'InitProducerId', errorCode: 0, producerId: 7, producerEpoch: this.epoch };
      case 'AddPartitionsToTxn':
        return {
          api: 'AddPartitionsToTxn',
          topics: message.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map((partitionIndex) => ({ partitionIndex, errorCode: 0 })),
          })),
        };
      case 'AddOffsetsToTxn':
        return { api: 'AddOffsetsToTxn', errorCode: 0 };
      case 'TxnOffsetCommit':
        return {
          api: 'TxnOffsetCommit',
          topics: message.topics.map(({ name, partitions }) => ({
            name,
            partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: 0 })),
          })),
        };
      case 'EndTxn':
        return { api: 'EndTxn', errorCode: 0, producerId: -1, producerEpoch: -1 };
      default:
        throw new Error(`the script says nothing about ${message.api}`);
    }
  }

  private metadata(topics: readonly string[] | null): MetadataAnswer {
    return {
      api: 'Metadata',
      brokers: Array.from({ length: this.setting.brokers }, (_, i) => ({ nodeId: i + 1 })),
      topics: (topics ?? [...this.leaders.keys()]).map((name) => ({
        name,
        errorCode: this.leaders.has(name) ? 0 : 3,
        partitions: (this.leaders.get(name) ?? []).map((leaderId, index) => ({
          index,
          errorCode: leaderId < 0 ? 5 : 0,
          leaderId,
          leaderEpoch: 0,
          replicaNodes: [leaderId],
          isrNodes: [leaderId],
        })),
      })),
    };
  }
}

/** The answer to a produce request, the same for all its partitions. */
export function produced(
  message: ProduceRequest,
  errorCode: number,
  store: (name: string, count: number) => number = () => -1,
): AnswerOf<ProduceRequest> {
  return {
    api: 'Produce',
    topics: message.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ index, batch }) => ({
        index,
        errorCode,
        baseOffset: errorCode === 0 ? store(`${name}-${index}`, batch.records.length) : -1,
        logStartOffset: 0,
      })),
    })),
  };
}

/** What was produced, as `p<partition>:<epoch>/<sequence>×<records>`. */
export function batchesOf(cluster: ScriptedEndpoint): string[] {
  return cluster
    .of('Produce')
    .flatMap(({ topics }) =>
      topics.flatMap(({ partitions }) =>
        partitions.map(
          ({ index, batch }) => `p${index}:${batch.producerEpoch}/${batch.baseSequence}×${batch.records.length}`,
        ),
      ),
    );
}
