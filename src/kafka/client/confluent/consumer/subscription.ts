/** Topics a consumer has asked for, by name or by pattern. */
import { argumentError } from '../errors';
import { refuseOldPlace } from '../config';

export class Subscription {
  /** Names, and sources of patterns, which begin with `^`. */
  private entries: readonly string[] = [];
  version = 0;

  /** Reads the argument of `subscribe()`. @throws KafkaJSError as the real client does */
  add(argument: unknown): void {
    const subscription = argument as {
      readonly topic?: unknown;
      readonly topics?: unknown;
      readonly replace?: unknown;
      readonly fromBeginning?: unknown;
    };
    if (typeof subscription.fromBeginning === 'boolean')
      refuseOldPlace('consumer', 'subscribe', subscription, 'fromBeginning');
    const { topic, topics } = subscription;
    const list: readonly unknown[] | null = topic ? [topic] : Array.isArray(topics) ? topics : null;
    if (list === null) {
      throw argumentError(
        "The argument passed to subscribe must be an object, and must contain the 'topics' or the 'topic' property",
      );
    }
    const read = list.map(readEntry);
    this.entries = subscription.replace ? read : [...this.entries, ...read];
    this.version += 1;
  }

  get isPattern(): boolean {
    return this.entries.some((entry) => entry.startsWith('^'));
  }

  get names(): readonly string[] {
    return this.entries.filter((entry) => !entry.startsWith('^'));
  }

  /** Topics of the subscription that exist, sorted. */
  known(partitions: ReadonlyMap<string, number>): readonly string[] {
    if (this.entries.length === 1 && partitions.has(this.entries[0]!)) return this.entries;
    const patterns = this.entries.filter((entry) => entry.startsWith('^')).map((source) => new RegExp(source));
    const topics: string[] = [];
    for (const topic of partitions.keys()) {
      if (this.entries.includes(topic) || patterns.some((pattern) => pattern.test(topic))) topics.push(topic);
    }
    return topics.sort();
  }
}

function readEntry(topic: unknown): string {
  if (typeof topic === 'string') return topic;
  if (!(topic instanceof RegExp)) {
    throw argumentError(
      `Invalid topic ${String(topic)} (${typeof topic}), the topic name has to be a String or a RegExp`,
    );
  }
  if (topic.flags !== '')
    throw argumentError(
      'If subscribing to topic by RegExp, no flags are allowed. /^abcd/ is okay, but /^abcd/i is not.',
    );
  if (!topic.source.startsWith('^'))
    throw argumentError("If subscribing to topic by RegExp, the pattern must start with a '^'.");
  return topic.source;
}
