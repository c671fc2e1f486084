/**
 * Anomalies of programs that ran in the model, not of histories written by hand. Those that Kafka rules out (A13, A17, A18)
 * need a broken Kafka: one promise is taken from a broker or a client for the time of a run, and the checker has to fire.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import pipeline from '../../../../labs/exactly-once-pipeline/lab';
import { ANOMALIES } from '../../../../src/grader/anomalies';
import type { AnomalyInstance } from '../../../../src/grader/anomalies/anomaly';
import type { Lab, LabCluster } from '../../../../src/grader/lab';
import { parseExecution } from '../../../../src/grader/plan';
import { runExecution, type ExecutionOutcome } from '../../../../src/grader/run-execution';
import type { AnomalyId } from '../../../../src/grader/verdict';
import { Replica } from '../../../../src/kafka/broker/replica';
import { programOf } from '../../../fixtures/grade-in-process';

const UNCLEAN: LabCluster = { brokers: 3, minInsyncReplicas: 1, uncleanLeaderElection: true };

const copier = readFileSync(path.join(__dirname, '../../../../labs/exactly-once-pipeline/solution.ts'), 'utf8');

/** Orders 1 and 2, receipts, and a topic to talk in. */
function lab(cluster?: LabCluster): Lab {
  const [workload] = pipeline.workloads;
  const topics = [...workload!.topics, { name: 'talk', partitions: 1 }];
  const workloads = [{ topics, batches: [workload!.batches[0]!.slice(0, 2)] }];
  return { ...pipeline, ...(cluster === undefined ? {} : { cluster }), workloads };
}

/** Two transactional producers and a reader of what they say, in one process. */
function talk({ readUncommitted, then }: { readonly readUncommitted: boolean; readonly then: string }): string {
  return `
    import { KafkaJS } from '@confluentinc/kafka-javascript';
    const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: (process.env.KAFKA_BROKERS ?? '').split(',') } });
    const reader = kafka.consumer({
      kafkaJS: { groupId: 'reader', fromBeginning: true, autoCommit: false, readUncommitted: ${readUncommitted} },
    });
    await reader.connect();
    await reader.subscribe({ topics: ['talk'] });
    await reader.run({ eachMessage: async () => {} });
    const rest = () => new Promise((resolve) => setTimeout(resolve, 10_000));
    const say = (sender, id) => sender.send({ topic: 'talk', messages: [{ value: JSON.stringify({ id }) }] });
    const [one, two] = ['one', 'two'].map((transactionalId) => kafka.producer({ kafkaJS: { transactionalId } }));
    await one.connect();
    await two.connect();
    await rest();
    const a = await one.transaction();
    const b = await two.transaction();
    await say(a, 'x');
    await say(b, 'y');
    ${then}
    await rest();
  `;
}

function run(
  source: string,
  { code = 'v0:-', cluster }: { code?: string; cluster?: LabCluster } = {},
): ExecutionOutcome {
  const world = lab(cluster);
  const program = programOf(world, source);
  return runExecution({
    lab: world,
    program,
    execution: parseExecution(code),
    options: { kinds: [], naive: false },
  });
}

function found(id: AnomalyId, outcome: ExecutionOutcome): AnomalyInstance | null {
  return ANOMALIES.find((anomaly) => anomaly.id === id)!.check(outcome);
}

/** What the handler got, each once: the lab starts the program anew in the end. */
function delivered({ history }: ExecutionOutcome): readonly (string | undefined)[] {
  return [...new Set(history.deliveries.map(({ record }) => record))];
}

/** Runs with one property of a class put out of order, and puts it back. */
function without<T extends object>(
  prototype: T,
  name: keyof T & string,
  broken: PropertyDescriptor,
  work: () => ExecutionOutcome,
): ExecutionOutcome {
  const whole = Object.getOwnPropertyDescriptor(prototype, name)!;
  Object.defineProperty(prototype, name, { ...broken, configurable: true });
  try {
    return work();
  } finally {
    Object.defineProperty(prototype, name, whole);
  }
}

describe('A19 torn-transaction in the model', () => {
  it('REP-5: an unclean election takes the output of a transaction and leaves its offset', () => {
    const torn = run(copier, { code: 'v0:unclean-fail-over@produce#2', cluster: UNCLEAN });
    expect(found('A19', torn)).toEqual({ record: '2', params: { record: '2', other: 'orders-0@2', missing: 1 } });
  });
  it('REP-6: is not there where the partition waits for its leader, nor without a fault', () => {
    const clean = { ...UNCLEAN, uncleanLeaderElection: false };
    expect(found('A19', run(copier, { code: 'v0:unclean-fail-over@produce#2', cluster: clean }))).toBeNull();
    expect(found('A19', run(copier))).toBeNull();
  });
});

describe('A21 circular-information-flow in the model', () => {
  const both = (readUncommitted: boolean): ExecutionOutcome =>
    run(talk({ readUncommitted, then: 'await rest(); await a.commit(); await b.commit();' }));

  it('FET-4: two transactions that are read at read_uncommitted while both are open', () => {
    expect(found('A21', both(true))).toEqual({ record: 'x', params: { record: 'x', id: 'one' } });
  });
  it('FET-5: is not there at read_committed, which shows neither before its end', () => {
    const outcome = both(false);
    expect(delivered(outcome)).toEqual(['x', 'y']);
    expect(found('A21', outcome)).toBeNull();
  });
});

describe('A17 aborted-read in a broken model', () => {
  const aborting = (): ExecutionOutcome =>
    run(talk({ readUncommitted: false, then: 'await a.abort(); await b.commit();' }));

  it('FET-4: fires where a broker does not name the aborted transactions', () => {
    const outcome = without(Replica.prototype, 'abortedTransactions', { value: () => [] }, aborting);
    expect(found('A17', outcome)).toEqual({ record: 'x', params: { record: 'x', partition: 'talk-0' } });
  });
  it('FET-4: is silent where it does', () => {
    const outcome = aborting();
    expect(delivered(outcome)).toEqual(['y']);
    expect(found('A17', outcome)).toBeNull();
  });
});

describe('A18 precommitted-read in a broken model', () => {
  const waiting = (): ExecutionOutcome =>
    run(talk({ readUncommitted: false, then: 'await rest(); await a.commit(); await b.commit();' }));
  const unstable: PropertyDescriptor = {
    get(this: Replica): number {
      return this.highWatermark;
    },
  };

  it('LOG-4: fires where a broker shows what lies above its last stable offset', () => {
    const outcome = without(Replica.prototype, 'lastStableOffset', unstable, waiting);
    expect(found('A18', outcome)).toEqual({ record: 'x', params: { record: 'x', partition: 'talk-0' } });
  });
  it('LOG-4: is silent where it does not', () => {
    expect(found('A18', waiting())).toBeNull();
  });
});

describe('A13 poll-skip in a broken model', () => {
  const { read } = Replica.prototype;
  const skipping: PropertyDescriptor = {
    value(this: Replica, offset: number, isolationLevel: 0 | 1): ReturnType<typeof read> {
      return read.call(this, this.topic === 'orders' && offset === 0 ? 1 : offset, isolationLevel);
    },
  };

  it('FET-2: fires where a broker passes over the record that was asked for', () => {
    const outcome = without(Replica.prototype, 'read', skipping, () => run(copier));
    const params = { partition: 'orders-0', offset: 1, expected: 0, record: '1' };
    expect(found('A13', outcome)).toEqual({ record: '1', params });
  });
  it('FET-2: is silent where it does not', () => {
    expect(found('A13', run(copier))).toBeNull();
  });
});
