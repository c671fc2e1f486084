/** Delays, changed order and records that cannot be parsed, as faults of a lab. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import consumerLab from '../../../labs/at-least-once-consumer/lab';
import producerLab from '../../../labs/at-least-once-producer/lab';
import type { Lab } from '../../../src/grader/lab';
import type { FaultKind, Verdict } from '../../../src/grader/verdict';
import { gradeInProcess, replayInProcess } from '../../fixtures/grade-in-process';

const LABS = path.join(__dirname, '../../../labs');
const read = (file: string): string => readFileSync(path.join(LABS, file), 'utf8');
const consumer = read('at-least-once-consumer/solution.ts');

/** A lab's first workload on one broker, and nothing that has to be seen. */
function lab(base: Lab, kinds: readonly FaultKind[], max: number, more: Partial<Lab> = {}): Lab {
  const { cluster: _cluster, ...rest } = base;
  return {
    ...rest,
    workloads: base.workloads.slice(0, 1),
    faults: { kinds, max },
    anomalies: { ...base.anomalies, A3: 'allowed', A9: 'allowed', A28: 'forbidden' },
    ...more,
  };
}

function findings({ anomalies }: Verdict): string[] {
  return anomalies.map(({ id, minFaults }) => `${id} with ${minFaults}`).sort();
}

describe('delay', () => {
  it('RTY-6: the first attempt arrives after the second, and both are stored, in a changed order', () => {
    const { verdict } = gradeInProcess(lab(producerLab, ['delay'], 1), read('at-least-once-producer/solution.ts'));
    expect(verdict.coverage.delay).toBe(8);
    expect(findings(verdict)).toEqual(['A3 with 1']);
  });

  it('PID-5: an idempotent producer stores the late attempt no second time', () => {
    const source = read('at-least-once-producer/attempts/number-the-records.ts');
    expect(findings(gradeInProcess(lab(producerLab, ['delay'], 1), source).verdict)).toEqual([]);
  });

  it('OFS-3: a late commit takes the group back', () => {
    const { verdict } = gradeInProcess(lab(consumerLab, ['delay'], 1), consumer);
    expect(verdict.status).toBe('pass');
    expect(findings(verdict)).toContain('A14 with 1');
  });

  it('a service does what arrives when its caller has long asked again', () => {
    const impatient = consumer
      .replace("method: 'POST',", "method: 'POST', signal: AbortSignal.timeout(1000),")
      .replace('await ship(id);', 'await ship(id).catch(() => ship(id));');
    const recording = replayInProcess(lab(consumerLab, ['delay'], 1), impatient, 'v0:delay@effect#1.before');
    const effects = recording.events.flatMap((event) => (event.kind === 'effect' ? [event] : []));
    expect(effects.map(({ record }) => record).sort()).toEqual(['1', '1', '2', '3', '4']);
    expect(effects.at(-1)).toMatchObject({ record: '1', count: 2 });
  });

  it.each([1, 2])('hides nothing when the search is reduced: %i', (faults) => {
    const world = lab(consumerLab, ['delay'], faults);
    const [workload] = world.workloads;
    const short = { ...world, workloads: [{ ...workload!, batches: [workload!.batches[0]!.slice(0, 2)] }] };
    const reduced = gradeInProcess(short, consumer).verdict;
    const naive = gradeInProcess(short, consumer, { naive: true }).verdict;
    expect(findings(reduced)).toEqual(findings(naive));
    expect(reduced.explored.executions).toBeLessThan(naive.explored.executions);
  });
});

describe('reorder', () => {
  /** Ships everything at once. */
  const atOnce = consumer
    .replace('eachMessage: async ({ topic, partition, message }) => {', 'eachBatch: async ({ batch }) => {')
    .replace(
      /const \{ id \} [\s\S]*?await consumer\.commitOffsets.*\n/,
      'await Promise.all(batch.messages.map((message) => ship(JSON.parse(String(message.value)).id)));\n',
    );

  it('lets a call overtake those that are under way', () => {
    const { events } = replayInProcess(lab(consumerLab, ['reorder'], 1), atOnce, 'v0:reorder@effect#4');
    const order = events.flatMap((event) => (event.kind === 'effect' ? [event.record] : []));
    // The client's batches grow, and the third and the fourth order are in one.
    expect(order.slice(0, 4)).toEqual(['1', '2', '4', '3']);
  });

  it('strikes where two writes are under way to one receiver over two connections, and nowhere else', () => {
    expect(gradeInProcess(lab(consumerLab, ['reorder'], 1), atOnce).verdict.coverage.reorder).toBe(2);
    const oneByOne = gradeInProcess(lab(consumerLab, ['reorder'], 1), consumer).verdict;
    expect([oneByOne.status, oneByOne.anomalies[0]?.id]).toEqual(['inconclusive', 'N2']);
  });

  it('never changes the order of one connection', () => {
    const allAtOnce = read('at-least-once-producer/solution.ts').replace(
      /for \(const order of orders\) await publish\(order\);/,
      'await Promise.all(orders.map(publish));',
    );
    const { verdict } = gradeInProcess(lab(producerLab, ['reorder'], 1), allAtOnce, { naive: true });
    expect(verdict.coverage.reorder).toBeUndefined();
  });
});

describe('poison', () => {
  const deadLetters: Partial<Lab> = {
    deadLetterTopic: 'unreadable',
    workloads: consumerLab.workloads.slice(0, 1).map((workload) => ({
      ...workload,
      topics: [...workload.topics, { name: 'unreadable', partitions: 1 }],
    })),
  };
  const world = lab(consumerLab, ['poison'], 2, deadLetters);
  const parsing = 'const { id } = JSON.parse(String(message.value));';
  const skipping = consumer.replace(
    parsing,
    `let id = '';
     try { id = JSON.parse(String(message.value)).id; } catch { return consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]); }`,
  );
  const routing = skipping
    .replace(
      'await consumer.connect();',
      'const producer = kafka.producer();\nawait producer.connect();\nawait consumer.connect();',
    )
    .replace('catch { return', "catch { await producer.send({ topic: 'unreadable', messages: [message] }); return");

  it('blocks the partition of a handler that cannot parse it: L1', () => {
    const { verdict } = gradeInProcess(world, consumer);
    expect(findings(verdict)).toContain('L1 with 1');
    expect(verdict.diagnosis).toBeNull();
  });

  it('A28: it has to be in the dead-letter topic when the group has passed it', () => {
    expect(findings(gradeInProcess(world, skipping).verdict)).toEqual(['A28 with 1']);
  });

  it('A7: where there is no such topic, passing it over is a loss', () => {
    expect(findings(gradeInProcess(lab(consumerLab, ['poison'], 1), skipping).verdict)).toContain('A7 with 1');
  });

  it('passes a program that routes it; each record, and each pair of them, is spoilt once', () => {
    const { verdict } = gradeInProcess(world, routing);
    expect([verdict.status, verdict.coverage.poison, verdict.explored.byFaults]).toEqual(['pass', 10, [1, 4, 6]]);
  });

  it('A28: the ledger marks it where it was dropped, and does not where it was routed', () => {
    const rowOf = (source: string): unknown =>
      replayInProcess(world, source, 'v0:poison@input#2').ledger.map(({ effects, bad }) => [effects, bad])[1];
    expect([rowOf(skipping), rowOf(routing)]).toEqual([
      [0, 'committed'],
      [0, null],
    ]);
  });

  it('goes together with other faults', () => {
    const { verdict } = gradeInProcess(lab(consumerLab, ['crash', 'poison'], 2, deadLetters), routing);
    expect(verdict.status).toBe('pass');
    expect(replayInProcess(world, routing, 'v0:poison@input#2+crash@produce#1.after').events.length).toBeGreaterThan(
      10,
    );
  });
});
