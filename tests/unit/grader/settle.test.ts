/**
 * When a program with timers counts as having come to rest: waiting is no mistake, in however many steps, and a program that
 * gets nowhere is told all the same.
 */
import { describe, expect, it } from 'vitest';
import consumerLab from '../../../labs/at-least-once-consumer/lab';
import producerLab from '../../../labs/at-least-once-producer/lab';
import commitLab from '../../../labs/commit-the-next-offset/lab';
import type { Lab } from '../../../src/grader/lab';
import { gradeInProcess } from '../../fixtures/grade-in-process';

const KAFKA = `
  import { KafkaJS } from '@confluentinc/kafka-javascript';
  const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: process.env.KAFKA_BROKERS.split(',') } });
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const put = async (url, body) => {
    const response = await fetch(url, { method: 'POST', body });
    if (!response.ok) throw new Error('refused');
  };
`;

/** A consumer whose handler is `handle`; `more` runs beside it. */
function consumer(topic: string, handle: string, more = ''): string {
  return `${KAFKA}
    const consumer = kafka.consumer({ kafkaJS: { groupId: 'g', fromBeginning: true, autoCommit: false } });
    await consumer.connect();
    await consumer.subscribe({ topics: ['${topic}'] });
    await consumer.run({ eachMessage: async ({ topic, partition, message }) => {
      const ship = () => put(process.env.SHIPPING_URL + '/shipments', JSON.stringify({ order: JSON.parse(String(message.value)).id }));
      const commit = () => consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
      ${handle}
    } });
    ${more}`;
}

/** A job that sends order after order, and does \`between\` after each. */
function job(between: string): string {
  return `${KAFKA}
    import { orders } from './orders';
    const producer = kafka.producer({ kafkaJS: { acks: -1, retry: { retries: 100 } } });
    const admin = kafka.admin();
    await Promise.all([producer.connect(), admin.connect()]);
    for (const order of orders) {
      await producer.send({ topic: 'orders', messages: [{ key: order.id, value: JSON.stringify(order) }] });
      ${between}
    }
    await Promise.all([producer.disconnect(), admin.disconnect()]);`;
}

/** The status, what failed, and why the program is said to be stuck. */
function verdictOf(lab: Lab, source: string, faults = 0): readonly unknown[] {
  const { verdict } = gradeInProcess(lab, source, { faults });
  const failing = verdict.anomalies.filter(({ failing: isFailing }) => isFailing).map(({ id }) => id);
  return [verdict.status, ...failing, ...verdict.why.flatMap(({ params }) => params['reason'] ?? [])];
}

describe('a program that waits is not at rest', () => {
  it.each([
    ['for half an hour in steps of ten seconds, in a job', 'for (let i = 0; i < 180; i += 1) await sleep(10_000);'],
    [
      'and asks the cluster meanwhile',
      "for (let i = 0; i < 15; i += 1) { await sleep(2000); await admin.fetchTopicOffsets('orders'); }",
    ],
    [
      'and looks at a timer that ticks',
      'let n = 0; const t = setInterval(() => (n += 1), 1000); while (n < 300) await sleep(50); clearInterval(t);',
    ],
  ])('%s', (_, between) => {
    expect(verdictOf(producerLab, job(between))).toEqual(['pass']);
  });

  it.each([
    [
      'in a handler, in small steps',
      'for (let i = 0; i < 1400; i += 1) await sleep(200); await ship(); await commit();',
    ],
    [
      'outside a handler that has come back',
      'void (async () => { for (let i = 0; i < 250; i += 1) await sleep(2000); await ship(); await commit(); })();',
    ],
    [
      'for minutes, and once more for a moment',
      'void (async () => { await sleep(900_000); await sleep(1000); await ship(); await commit(); })();',
    ],
  ])('%s', (_, handle) => {
    expect(verdictOf(consumerLab, consumer('orders', handle))).toEqual(['pass']);
  });

  it('though it has failed meanwhile and the client is about to deliver again', () => {
    const handle = 'await sleep(240_000); await ship(); await commit();';
    expect(verdictOf(consumerLab, consumer('orders', handle), 1)).toEqual(['pass']);
  });
});

describe('a program that has nothing left to do comes to rest', () => {
  it.each([
    ['whose timer ticks every second', 'setInterval(() => undefined, 1000);'],
    ['that looks every 20 ms whether there is something to do', 'for (;;) await sleep(20);'],
    ['whose timer is for tomorrow', 'setTimeout(() => undefined, 86_400_000);'],
    ['whose timer sets itself anew every hour', 'for (;;) await sleep(3_600_000);'],
  ])('%s', (_, more) => {
    expect(verdictOf(consumerLab, consumer('orders', 'await ship(); await commit();', more))).toEqual(['pass']);
  });

  it('and a fault that strikes later is still tried', () => {
    const source = consumer(
      'readings',
      'queue.push(message.value); await commit();',
      "for (;;) { if (queue.length === 0) await sleep(20); else await put(process.env.STORE_URL + '/readings', String(queue.shift())); }",
    ).replace('const consumer', 'const queue = []; const consumer');
    expect(verdictOf(commitLab, source, 1)).toEqual(['pass']);
  });
});

describe('a program that never finishes is told so', () => {
  it.each([
    [
      'a handler that does not come back, beside a timer',
      'deadlock',
      'await new Promise(() => undefined);',
      'setInterval(() => undefined, 1000);',
    ],
    [
      'the same beside a loop of short waits',
      'deadlock',
      'await new Promise(() => undefined);',
      'for (;;) await sleep(20);',
    ],
    ['a handler that waits for ever in small steps', 'deadlock', 'for (;;) await sleep(1000);', ''],
    ['a handler that asks for ever', 'budget', 'for (;;) await consumer.committed([{ topic, partition }]);', ''],
  ])('L1: %s', (_, reason, handle, more) => {
    expect(verdictOf(consumerLab, consumer('orders', handle, more))).toEqual(['fail', 'L1', reason]);
  });

  it.each([
    ['a job that waits for ever in small steps', 'deadlock', 'for (;;) await sleep(1000);'],
    [
      'a job that sends the same for ever',
      'budget',
      "for (;;) await producer.send({ topic: 'orders', messages: [{ value: JSON.stringify(order) }] });",
    ],
  ])('L1: %s', (_, reason, between) => {
    expect(verdictOf(producerLab, job(between))).toEqual(['fail', 'L1', reason]);
  });
});
