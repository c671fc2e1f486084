/** What kafkajs and Confluent's client have in common, as far as the driver uses it. */

export interface TopicMessages {
  readonly topic: string;
  readonly messages: readonly { readonly value: string; readonly partition: number }[];
  readonly acks?: number;
  readonly timeout?: number;
}

export interface RecordMetadata {
  readonly baseOffset?: string;
}

export interface TopicOffsets {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly offset: string }[];
}

/** A transaction of kafkajs; of Confluent's client the producer itself. */
export interface Transaction {
  send(messages: TopicMessages): Promise<readonly RecordMetadata[]>;
  commit(): Promise<void>;
  abort(): Promise<void>;
  sendOffsets(offsets: {
    readonly consumerGroupId?: string;
    readonly consumer?: Consumer;
    readonly topics: readonly TopicOffsets[];
  }): Promise<void>;
}

export interface Producer {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  send(messages: TopicMessages): Promise<readonly RecordMetadata[]>;
  transaction(): Promise<Transaction>;
}

export interface Message {
  readonly offset: string;
  readonly value: Buffer | null;
}

export interface EachMessagePayload {
  readonly topic: string;
  readonly partition: number;
  readonly message: Message;
}

export interface EachBatchPayload {
  readonly batch: { readonly topic: string; readonly partition: number; readonly messages: readonly Message[] };
  resolveOffset(offset: string): void;
}

export interface RunOptions {
  readonly autoCommit?: boolean;
  readonly eachBatchAutoResolve?: boolean;
  readonly eachMessage?: (payload: EachMessagePayload) => Promise<void>;
  readonly eachBatch?: (payload: EachBatchPayload) => Promise<void>;
}

export interface TopicPartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export interface Consumer {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  subscribe(options: { readonly topics: readonly string[]; readonly fromBeginning?: boolean }): Promise<void>;
  run(options: RunOptions): Promise<void>;
  commitOffsets(offsets: readonly TopicPartitionOffset[]): Promise<void>;
  seek(to: TopicPartitionOffset): void;
}

export interface Admin {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  fetchOffsets(of: {
    readonly groupId: string;
    readonly topics: readonly (string | { readonly topic: string; readonly partitions: readonly number[] })[];
    readonly requireStableOffsets?: boolean;
  }): Promise<
    readonly {
      readonly partitions: readonly { readonly partition: number; readonly offset: string; readonly error?: unknown }[];
    }[]
  >;
}
