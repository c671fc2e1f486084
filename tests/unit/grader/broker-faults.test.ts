/** What befalls brokers: each kind of fault strikes, comes to what Kafka comes to, and is not hidden by the reductions. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import consumerLab from '../../../labs/at-least-once-consumer/lab';
import producerLab from '../../../labs/at-least-once-producer/lab';
import type { Lab, LabCluster } from '../../../src/grader/lab';
import type { FaultKind, Verdict } from '../../../src/grader/verdict';
import { gradeInProcess, replayInProcess } from '../../fixtures/grade-in-process';

const LABS = path.join(__dirname, '../../../labs');
const read = (file: string): string => readFileSync(path.join(LABS, file), 'utf8');
const acksAll = read('at-least-once-producer/solution.ts');
const acksOne = read('at-least-once-producer/attempts/acks-1.ts');
const consumer = read('at-least-once-consumer/solution.ts');

const SAFE: LabCluster = { brokers: 3, minInsyncReplicas: 2 };
const ANY: LabCluster = { brokers: 3, minInsyncReplicas: 1 };
const UNCLEAN: LabCluster = { brokers: 3, minInsyncReplicas: 1, uncleanLeaderElection: true };

/** A lab's first workload in another world, and nothing that has to be seen. */
function lab(base: Lab, kinds: readonly FaultKind[], max: number, cluster: LabCluster): Lab {
  return {
    ...base,
    cluster,
    workloads: base.workloads.slice(0, 1),
    faults: { kinds, max },
    anomalies: { ...base.anomalies, A3: 'allowed', A9: 'allowed' },
  };
}

/** Two orders instead of four, so that the plain search stays small. */
function shortLab(kinds: readonly FaultKind[], max: number, cluster: LabCluster): Lab {
  const long = lab(producerLab, kinds, max, cluster);
  const [workload] = long.workloads;
  const input = { ...workload!.input!, values: workload!.input!.values.slice(0, 2) };
  return { ...long, workloads: [{ ...workload!, input }] };
}

/** Two orders to consume, and a topic to copy them to. */
function copyingLab(kinds: readonly FaultKind[], max: number): Lab {
  const long = lab(consumerLab, kinds, max, ANY);
  const [workload] = long.workloads;
  const topics = [...workload!.topics, { name: 'copies', partitions: 1 }];
  return { ...long, workloads: [{ topics, batches: [workload!.batches[0]!.slice(0, 2)] }] };
}

const START = `
  import { KafkaJS } from '@confluentinc/kafka-javascript';
  const { KAFKA_BROKERS = '' } = process.env;
  const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: KAFKA_BROKERS.split(',') } });
  const consumer = kafka.consumer({ kafkaJS: { groupId: 'copier', fromBeginning: true, autoCommit: false } });
  await consumer.connect();
  await consumer.subscribe({ topics: ['orders'] });
`;

const copier = `${START}
  const producer = kafka.producer({ kafkaJS: { acks: -1 } });
  await producer.connect();
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      await producer.send({ topic: 'copies', messages: [{ key: message.key, value: message.value }] });
      await consumer.commitOffsets([{ topic, partition, offset: String(Number(message.offset) + 1) }]);
    },
  });
`;

const transactionalCopier = `${START}
  const producer = kafka.producer({ kafkaJS: { transactionalId: 'copier', idempotent: true } });
  await producer.connect();
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: 'copies', messages: [{ key: message.key, value: message.value }] });
      const topics = [{ topic, partitions: [{ partition, offset: String(Number(message.offset) + 1) }] }];
      await transaction.sendOffsets({ consumer, topics });
      await transaction.commit();
    },
  });
`;

function findings({ anomalies }: Verdict): string[] {
  return anomalies.map(({ id, minFaults }) => `${id} with ${minFaults}`).sort();
}

describe('one fault and a producer', () => {
  it.each<[string, FaultKind, LabCluster, string[], string[]]>([
    ['REP-7: what a dead broker never took is sent to its successor', 'broker-crash', SAFE, [], []],
    ['ACK-11: stored and not answered is stored twice', 'broker-restart', SAFE, ['A3'], ['A3']],
    ['REP-9: a zombie leader acknowledges with acks=1 what it will cut off', 'broker-pause', SAFE, [], ['A1', 'A5']],
    ['ACK-4, ACK-5: with acks=1 the leader takes the record with it', 'fail-over', SAFE, [], ['A1', 'A5']],
    ['ACK-8, ISR-3: a write outlives its time-out while a follower leaves the ISR', 'isr-shrink', SAFE, ['A3'], []],
    ['REP-6: a leader that was alone is waited for', 'unclean-fail-over', ANY, [], []],
    [
      'REP-5, ACK-6: unclean elections lose what was acknowledged',
      'unclean-fail-over',
      UNCLEAN,
      ['A1', 'A5'],
      ['A1', 'A5'],
    ],
    [
      'ACK-13: min ISR 2 refuses acks=all and lets acks=1 be lost',
      'unclean-fail-over',
      { ...UNCLEAN, minInsyncReplicas: 2 },
      [],
      ['A1', 'A5'],
    ],
  ])('%s', (_rule, kind, cluster, withAll, withOne) => {
    for (const [source, expected] of [
      [acksAll, withAll],
      [acksOne, withOne],
    ] as const) {
      const { verdict } = gradeInProcess(lab(producerLab, [kind], 1, cluster), source);
      expect(verdict.coverage[kind]).toBe(4);
      expect(verdict.anomalies.map(({ id }) => id).sort()).toEqual(expected);
      expect(verdict.status).toBe(expected.includes('A1') ? 'fail' : 'pass');
    }
  });
});

describe('a producer without repetitions', () => {
  it('CLI-54: waits for a leader to connect to, and is started again once', () => {
    const source = read('at-least-once-producer/alternatives/let-the-supervisor-retry.ts');
    const { events } = replayInProcess(lab(producerLab, ['fail-over'], 1, SAFE), source, 'v0:fail-over@produce#1');
    const starts = events.filter(({ kind }) => kind === 'process-start');
    expect(starts.map(({ incarnation }) => incarnation)).toEqual([1, 2]);
    expect(events.filter(({ kind }) => kind === 'request-lost' || kind === 'answer-lost')).toHaveLength(1);
  });
});

describe('one fault and a consumer: no order is left out, whatever befalls its coordinator', () => {
  it.each<[string, FaultKind]>([
    ['OFS-11', 'broker-crash'],
    ['OFS-11', 'broker-restart'],
    ['REP-9', 'broker-pause'],
    ['OFS-11', 'fail-over'],
    ['GRP-15', 'coordinator-move'],
  ])('%s: %s', (_rule, kind) => {
    const { verdict } = gradeInProcess(lab(consumerLab, [kind], 1, ANY), consumer);
    expect(verdict.status).toBe('pass');
    expect(verdict.coverage[kind]).toBeGreaterThan(0);
  });

  it('OFS-11: a commit that a coordinator has refused comes after the next one, and the group falls back', () => {
    const { verdict } = gradeInProcess(lab(consumerLab, ['coordinator-move'], 1, ANY), consumer);
    expect(findings(verdict)).toContain('A14 with 1');
  });
});

describe('a cluster of one workload', () => {
  it('is where brokers fail; the others have one broker', () => {
    const { cluster: _cluster, ...single } = lab(producerLab, ['fail-over'], 1, SAFE);
    const [workload] = single.workloads;
    const { verdict } = gradeInProcess({ ...single, workloads: [workload!, { ...workload!, cluster: SAFE }] }, acksOne);
    expect(verdict.explored.byFaults).toEqual([2, 4]);
    expect(verdict.anomalies.find(({ id }) => id === 'A1')?.executionCode).toMatch(/^v1:fail-over@produce#\d$/);
  });
});

describe('a fault that never strikes', () => {
  it('N2: fail-over needs somebody who could take over', () => {
    const { verdict } = gradeInProcess(lab(producerLab, ['fail-over'], 1, { brokers: 1 }), acksAll);
    expect([verdict.status, verdict.anomalies[0]?.id]).toEqual(['inconclusive', 'N2']);
  });

  it('a code for another kind of receiver is refused', () => {
    const consuming = lab(consumerLab, ['fail-over'], 1, ANY);
    expect(() => replayInProcess(consuming, consumer, 'v0:fail-over@effect#1')).toThrow('not every fault');
  });
});

describe('the reductions hide nothing', () => {
  const kinds: readonly FaultKind[] = ['broker-crash', 'broker-restart', 'broker-pause', 'fail-over', 'isr-shrink'];

  it.each<[string, string, readonly FaultKind[], number]>([
    ['acks=1', acksOne, [...kinds, 'unclean-fail-over'], 1],
    ['acks=all', acksAll, ['fail-over', 'lost-answer'], 2],
    ['acks=1', acksOne, ['fail-over', 'broker-pause'], 2],
    ['acks=all', acksAll, ['broker-crash', 'broker-restart', 'isr-shrink'], 2],
  ])('a producer, %s, %#', (_acks, source, tried, faults) => {
    const world = shortLab(tried, faults, UNCLEAN);
    const reduced = gradeInProcess(world, source).verdict;
    expect(findings(reduced)).toEqual(findings(gradeInProcess(world, source, { naive: true }).verdict));
  });

  it.each<[string, string, readonly FaultKind[], number]>([
    ['a consumer', consumer, ['broker-pause'], 2],
    ['a consumer', consumer, ['broker-crash', 'coordinator-move'], 1],
    ['a consumer', consumer, ['fail-over', 'broker-restart'], 2],
    ['a copier', copier, [...kinds, 'coordinator-move'], 1],
    ['a copier in transactions', transactionalCopier, ['broker-crash', 'fail-over', 'coordinator-move'], 1],
  ])('%s, %#', (_who, source, tried, faults) => {
    const world = copyingLab(tried, faults);
    const reduced = gradeInProcess(world, source).verdict;
    const naive = gradeInProcess(world, source, { naive: true }).verdict;
    expect(findings(reduced)).toEqual(findings(naive));
    expect(reduced.explored.executions).toBeLessThan(naive.explored.executions);
  });
});

describe('an execution with a broker fault', () => {
  it('shows the brokers that something happens to, and says when it is over', () => {
    const world = lab(producerLab, ['broker-crash'], 1, SAFE);
    const { lanes, events } = replayInProcess(world, acksAll, 'v0:broker-crash@produce#2');
    expect(lanes.map(({ id }) => id)).toEqual(['broker-1', 'orders-0', 'producer']);
    const told = events.filter(({ kind }) => kind === 'broker' || kind === 'leader' || kind === 'phase');
    expect(
      told.map((event) => (event.kind === 'broker' ? event.state : event.kind === 'phase' ? event.phase : event.kind)),
    ).toEqual(['killed', 'fenced', 'leader', 'heal', 'started', 'end']);
  });

  it('goes the same way each time', () => {
    const world = lab(producerLab, ['fail-over'], 1, SAFE);
    const hashes = [1, 2].map(() => replayInProcess(world, acksOne, 'v0:fail-over@produce#2').traceHash);
    expect(new Set(hashes).size).toBe(1);
  });
});
