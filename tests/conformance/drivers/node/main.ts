/** The process of a JavaScript client: `node driver.cjs K|C`. Ends when its standard input does. */
import { createInterface } from 'node:readline';
import type { Answer, Ask, Event } from '../protocol';
import type { Client } from './client';
import { DrivenConsumer } from './consumers';
import { DrivenProducer } from './producers';
import { readPartition } from './reading';

// Only the one that is asked for is loaded.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const client: Client = process.argv[2] === 'K' ? require('./kafkajs').kafkajs : require('./confluent').confluent;

const producers = new Map<string, DrivenProducer>();
const consumers = new Map<string, DrivenConsumer>();

function tell(line: Answer | Event): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function named<T>(map: ReadonlyMap<string, T>, name: string): T {
  const found = map.get(name);
  if (found === undefined) throw new Error(`This process has no client ${name}.`);
  return found;
}

async function carryOut(ask: Ask): Promise<unknown> {
  switch (ask.cmd) {
    case 'producer':
      producers.set(ask.spec.name, await DrivenProducer.connect(client, ask.spec));
      return null;
    case 'begin':
      return named(producers, ask.name).begin();
    case 'commit':
      return named(producers, ask.name).commit();
    case 'abort':
      return named(producers, ask.name).abort();
    case 'send':
      return named(producers, ask.name).send(ask);
    case 'send-each':
      return named(producers, ask.name).sendEach(ask);
    case 'send-offsets':
      return named(producers, ask.name).sendOffsets(ask, consumers.get(ask.consumer)?.consumer);
    case 'close':
      return (producers.get(ask.name) ?? named(consumers, ask.name)).close();
    case 'consumer':
      consumers.set(ask.spec.name, await DrivenConsumer.run(client, ask.spec, tell));
      return null;
    case 'admin-committed':
      return adminCommitted(ask);
    case 'read':
      return readPartition(client, ask);
    default:
      return withConsumer(ask);
  }
}

type ConsumerAsk = Extract<
  Ask,
  {
    readonly cmd:
      'done' | 'throw' | 'resolve' | 'commit-offset' | 'own-committed' | 'seek' | 'assigned' | 'assignments';
  }
>;

function withConsumer(ask: ConsumerAsk): unknown {
  const consumer = named(consumers, ask.name);
  switch (ask.cmd) {
    case 'done':
      return consumer.done();
    case 'throw':
      return consumer.throw(ask.error);
    case 'resolve':
      return consumer.resolve(ask.offset);
    case 'commit-offset':
      return consumer.commit(ask);
    case 'own-committed':
      return consumer.committed(ask);
    case 'seek':
      return consumer.seek(ask);
    case 'assigned':
      return consumer.assigned();
    case 'assignments':
      return consumer.assignments();
  }
}

async function adminCommitted(ask: Extract<Ask, { readonly cmd: 'admin-committed' }>): Promise<number | null> {
  const admin = client.makeAdmin(ask.bootstrap, ask.brokers);
  await admin.connect();
  try {
    const [topic] = await admin.fetchOffsets({
      groupId: ask.group,
      topics: [client.fetchOffsetsTopic(ask)],
      ...(ask.isStable && { requireStableOffsets: true }),
    });
    const found = topic?.partitions.find(({ partition }) => partition === ask.partition);
    if (found?.error !== undefined && found.error !== null) throw found.error;
    return found === undefined || Number(found.offset) < 0 ? null : Number(found.offset);
  } finally {
    await admin.disconnect();
  }
}

process.on('unhandledRejection', (error) => tell({ event: 'unhandled', err: client.errorOf(error) }));

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { n, ...ask } = JSON.parse(line) as Ask & { readonly n: number };
    // In the same tick: the order of the lines is the order of the calls.
    const outcome = (async () => carryOut(ask as Ask))();
    outcome.then(
      (ok) => tell({ n, ok: ok ?? null }),
      (error: unknown) => tell({ n, err: client.errorOf(error) }),
    );
  })
  .on('close', () => process.exit(0));
