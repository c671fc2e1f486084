/** Which events a verdict tells of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import balances from '../../../labs/account-balance/lab';
import shipping from '../../../labs/at-least-once-consumer/lab';
import lab from '../../../labs/at-least-once-producer/lab';
import display from '../../../labs/at-most-once-consumer/lab';
import next from '../../../labs/commit-the-next-offset/lab';
import pipeline from '../../../labs/exactly-once-pipeline/lab';
import type { Lab } from '../../../src/grader/lab';
import { storyOf as tell } from '../../../src/grader/story';
import { renderText } from '../../../src/grader/texts';
import type { Recording, TraceDetail } from '../../../src/simulation/trace';
import { WORLD_EPOCH_MS } from '../../../src/simulation/world';
import type { Violation } from '../../../src/grader/violation-event';
import { gradeInProcess, replayInProcess } from '../../fixtures/grade-in-process';

function storyOf(version: string): readonly string[] {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  const { verdict } = gradeInProcess(lab, source, { faults: 1 });
  return verdict.story.map(({ text }) => `${text.id} ${text.params['code'] ?? ''}`.trim());
}

describe('the story of a job', () => {
  it('that has left a record out ends with its exit: code 0 says that all is sent', () => {
    expect(storyOf('attempts/stop-quietly').at(-1)).toBe('event.process-exit 0');
  });

  it('that has sent everything does not tell of its good end', () => {
    expect(storyOf('solution')).not.toContain('event.process-exit 0');
  });
});

describe('the story of balances', () => {
  const storyAt = (version: string, execution: string, record: string): readonly string[] => {
    const source = readFileSync(path.join(__dirname, '../../../labs/account-balance', `${version}.ts`), 'utf8');
    const recording = replayInProcess(balances, source, execution);
    return tell(recording, { id: 'A9', record, params: {} }).map(({ text }) =>
      renderText(text, 'en', balances.words.en),
    );
  };

  it('tells of the queued commit that has died with its process (CLI-51)', () => {
    const story = storyAt('attempts/clean-the-inbox', 'v0:crash@query#10.after~commit#2', '2');
    const queued = story.findIndex((text) => /commit is queued in the client: 2$/.test(text));
    expect(story[queued + 1]).toMatch(/crashes/);
    expect(story[queued + 2]).toMatch(/goes on at the committed offset 1/);
  });

  it('tells that an effect has been overwritten', () => {
    const story = storyAt('attempts/read-add-write', 'v0:pause@query#2', '3');
    expect(story.join('\n')).toMatch(/payment 3 is in the balance\n[^]*payment 3 is undone by UPDATE accounts SET …/i);
  });
});

/** A consumer of the group `g`; what it does with a record is the test's. */
function consumer(topic: string, settings: string, handler: string, before = ''): string {
  return `
import { KafkaJS } from '@confluentinc/kafka-javascript';
const { KAFKA_BROKERS, SHIPPING_URL, DISPLAY_URL } = process.env;
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'g', fromBeginning: true, ${settings} } });
const show = (reading) => fetch(DISPLAY_URL + '/readings', { method: 'POST', body: String(reading) });
const ship = (value) => fetch(SHIPPING_URL + '/shipments', { method: 'POST', body: JSON.stringify({ order: JSON.parse(value).id }) });
${before}
await consumer.connect();
await consumer.subscribe({ topics: ['${topic}'] });
await consumer.run({ ${handler} });
`;
}

function storyAt(of: Lab, source: string, execution: string, violation: Violation, locale: 'en' | 'ru' = 'en'): string {
  const story = tell(replayInProcess(of, source, execution), violation);
  return story.map(({ text }) => renderText(text, locale, of.words[locale])).join('\n');
}

describe('a story whose violation comes only with the restart at the end', () => {
  const RESTART = 'all is quiet; the program is restarted without new input';

  it('tells of the restart, ends with the second effect, and leaves out what comes after (A9)', () => {
    const source = consumer(
      'readings',
      'autoCommit: false',
      'eachMessage: async ({ message }) => { await show(message.value); }',
    );
    const { verdict } = gradeInProcess(display, source, { faults: 0 });
    expect(verdict.headline.id).toBe('headline.A9');
    const story = verdict.story.map(({ text }) => renderText(text, 'en', display.words.en));
    expect(story.slice(2)).toEqual([
      RESTART,
      'consumer #2 starts',
      'there is no usable commit for readings-0; reading begins at 0',
      'reading 1 is delivered again',
      'reading 1 is shown again (2 times now)',
    ]);
  });

  it('does so where the effect is a record in a topic, and says which of two groups a commit is for (A9)', () => {
    const another = `
const other = kafka.consumer({ kafkaJS: { groupId: 'another', autoCommit: false } });
await other.connect();
await other.subscribe({ topics: ['orders'] });
const producer = kafka.producer({ kafkaJS: { transactionalId: 'receipts' } });
await producer.connect();`;
    const handler = `eachMessage: async ({ topic, partition, message }) => {
  const { id, price, quantity } = JSON.parse(String(message.value));
  const transaction = await producer.transaction();
  await transaction.send({ topic: 'receipts', messages: [{ key: message.key, value: JSON.stringify({ id, total: price * quantity }) }] });
  await transaction.sendOffsets({ consumer: other, topics: [{ topic, partitions: [{ partition, offset: String(Number(message.offset) + 1) }] }] });
  await transaction.commit();
}`;
    const source = consumer('orders', 'autoCommit: false', handler, another);
    const violation = { id: 'A9', record: '1', params: {} } as const;
    const told = storyAt(pipeline, source, 'v0:-', violation);
    expect(told).toContain('the committed offset of orders-0 in group another is now 1');
    expect(told).toMatch(new RegExp(`${RESTART}\\n[^]*order 1 is delivered again\\norder 1 is appended to receipts-0`));
    expect(storyAt(pipeline, source, 'v0:-', violation, 'ru')).toContain('группы another для orders-0 теперь 1');
  });

  it('names the delivery after that restart, not one before it (A15)', () => {
    const source = readFileSync(path.join(__dirname, '../../../labs', next.id, 'starter.ts'), 'utf8');
    const { verdict } = gradeInProcess(next, source, { faults: 0 });
    const ids = verdict.story.map(({ text }) => `${text.id} ${text.params['phase'] ?? ''}`.trim());
    expect(ids.slice(-3)).toEqual(['event.phase restart', 'event.position', 'event.deliver']);
  });

  it('tells of a program that fails only when it is started again, and of no restart where it never runs (L2)', () => {
    const ids = (source: string): readonly string[] => {
      const told = tell(replayInProcess(display, source, 'v0:-'), { id: 'L2', record: null, params: {} });
      return told.map(({ text }) => `${text.id} ${text.params['phase'] ?? text.params['code'] ?? ''}`.trim());
    };
    const handler = 'eachMessage: async ({ message }) => { await show(message.value); }';
    const late = consumer('readings', '', handler, `if (Date.now() > ${WORLD_EPOCH_MS + 1000}) process.exit(7);`);
    expect(ids(late)).toEqual(
      expect.arrayContaining(['event.phase restart', 'event.process-start', 'event.process-exit 7']),
    );
    expect(ids('process.exit(3);')).not.toContain('event.phase restart');
    expect(ids('process.exit(3);')).toContain('event.process-exit 3');
  });

  it('stops before that restart where the guarantee is broken earlier', () => {
    const source = readFileSync(path.join(__dirname, '../../../labs', display.id, 'attempts/commit-after.ts'), 'utf8');
    const { verdict } = gradeInProcess(display, source, { faults: 1 });
    expect(verdict.headline.id).toBe('headline.A9');
    expect(verdict.story.map(({ text }) => text.params['phase'])).not.toContain('restart');
  });
});

describe('what a story says of a request', () => {
  it('is which record it was for, where that is another than the one of the story', () => {
    const handler = `eachBatch: async ({ batch, resolveOffset }) => {
  for (const message of batch.messages) {
    try { await ship(String(message.value)); resolveOffset(message.offset); } catch { break; }
  }
}`;
    const source = consumer('orders', '', handler);
    const violation = { id: 'A7', record: '4', params: {} } as const;
    const code = 'v0:lost-answer@effect#3';
    expect(storyAt(shipping, source, code, violation)).toContain('the answer to the service call for order 3 is lost');
    expect(storyAt(shipping, source, code, violation, 'ru')).toContain('ответ на запрос к службе (заказ 3) потерян');
  });

  it('is that it had left before the crash, where it takes effect after it', () => {
    const source = consumer(
      'readings',
      'autoCommitInterval: 50',
      'eachMessage: async ({ message }) => { show(message.value); }',
    );
    const violation = { id: 'A9', record: '1', params: {} } as const;
    const told = storyAt(display, source, 'v0:crash@effect#2.before', violation);
    expect(told).toMatch(
      /crashes before another call of line 6 takes effect\nreading 1 is shown: the request had left before/,
    );
    const ru = storyAt(display, source, 'v0:crash@effect#2.before', violation, 'ru');
    expect(ru).toContain('подействовал ещё один вызов в строке 6');
    expect(ru).toContain('запрос ушёл ещё до падения');
  });
});

describe('a story of a broker that dies', () => {
  /** Of a pipeline whose handler fails for want of its coordinator, after many requests that nobody has answered. */
  function recording(): Recording {
    const lost = (nth: number): TraceDetail => ({ kind: 'request-lost', request: `end-txn#${nth}`, label: 'end-txn' });
    const error = { name: 'Error', message: 'Failed to initialize Producer ID' };
    const details: readonly TraceDetail[] = [
      {
        kind: 'deliver',
        topic: 'orders',
        partition: 0,
        group: 'g',
        generation: 1,
        offset: 0,
        record: '1',
        again: false,
      },
      { kind: 'broker', broker: 1, state: 'killed' },
      ...[1, 2, 3, 4, 5, 6, 7, 8].map(lost),
      { kind: 'handled', topic: 'orders', partition: 0, offset: 0, record: '1', error },
      { kind: 'leader', topic: 'orders', partition: 0, leader: 2, end: 1, epoch: 1, unclean: false },
      { kind: 'leader', topic: 'others', partition: 0, leader: 2, end: 1, epoch: 1, unclean: false },
      { kind: 'coordinator', of: 'group', broker: 2 },
      { kind: 'coordinator', of: 'transaction', broker: 2 },
      { kind: 'transaction-abort', transactionalId: 't' },
    ];
    const place = { cause: null, lane: 'consumer', line: 7 };
    const events = details.map((detail, step) => ({ step, time: step, ...place, ...detail }));
    const row = { record: '1', topic: 'orders', partition: 0, offset: 0, appended: 1, delivered: 1, effects: 0 };
    const ledger = [{ ...row, committed: false, bad: 'effects' as const }];
    return { executionCode: 'v0:fail-over@produce#1', traceHash: '', lanes: [], events, ledger };
  }

  it('tells of a request that is lost over and over once, and of what came of it', () => {
    const story = tell(recording(), { id: 'L1', record: '1', params: { reason: 'poison-loop' } });
    const ids = story.map(({ text }) => text.id.replace('event.', ''));
    expect(ids).toEqual(['deliver', 'broker', 'request-lost', 'handled', 'leader', 'leader', 'transaction-abort']);
  });

  it('tells of a request that the plan loses, whoever waits for it', () => {
    const planned = { ...recording(), executionCode: 'v0:lost-request@end-txn#5' };
    const story = tell(planned, { id: 'L1', record: '1', params: { reason: 'poison-loop' } });
    expect(story.map(({ text }) => text.params['request'])).toContain('end-txn#5');
  });
});
