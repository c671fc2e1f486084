/** Reads a partition from its beginning with a fresh consumer, as `read ru` and `read rc` ask. */
import { pause } from '../../cluster/waiting';
import type { Ask, SeenRecord } from '../protocol';
import type { Client } from './client';
import { asSeen } from './consumers';

const READ_MS = 20_000;
/** How long records beyond the expected ones are waited for. */
const SURPLUS_MS = 250;
const LOOK_MS = 20;

export async function readPartition(
  client: Client,
  ask: Extract<Ask, { readonly cmd: 'read' }>,
): Promise<SeenRecord[]> {
  const { topic, partition, bootstrap, brokers, group, isolation, expected, end } = ask;
  const spec = {
    name: group,
    bootstrap,
    brokers,
    group,
    topics: [topic],
    mode: 'collect',
    from: 'earliest',
    isolation,
  } as const;
  const { consumer, assigned } = client.makeConsumer({ ...spec, autoCommit: false }, () => undefined);
  const seen: SeenRecord[] = [];
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], ...(client.takesAcksAtSend && { fromBeginning: true }) });
    await consumer.run({
      // Confluent's client has it in its configuration instead.
      ...(client.takesAcksAtSend && { autoCommit: false }),
      eachMessage: async (payload) => {
        if (payload.partition === partition) seen.push(asSeen(payload.message));
      },
    });
    const until = performance.now() + READ_MS;
    while (seen.length < expected && performance.now() < until) await pause(LOOK_MS);
    while (assigned().length === 0 && performance.now() < until) await pause(LOOK_MS);
    await pause(expected === 0 ? client.quietMs : SURPLUS_MS);
  } finally {
    await consumer.disconnect();
  }
  return seen.filter(({ offset }) => offset < end);
}
