/** The broker as one client sees it: produce, fetch, offsets, metadata. */
import { describe, expect, it } from 'vitest';
import { plainBatch } from '../../../src/kafka/broker/record-batch';
import { Cluster } from '../../../src/kafka/cluster';
import { ERRORS } from '../../../src/kafka/errors';
import type { KafkaAnswer, KafkaRequest, WireRecord } from '../../../src/kafka/protocol/messages';
import type { Incarnation } from '../../../src/simulation/process';
import type { World } from '../../../src/simulation/world';
import { ask, newIncarnation, newWorld, runToEnd, start } from '../../fixtures/kernel';

const record = (id: string): WireRecord => ({ key: null, value: `{"id":"${id}"}`, headers: {}, timestamp: 0 });

interface Setting {
  readonly world: World;
  readonly cluster: Cluster;
  readonly client: Incarnation;
}

function setting(): Setting {
  const world = newWorld();
  const client = newIncarnation(world);
  client.handles = 1;
  return { world, cluster: new Cluster(world, [{ name: 'orders', partitions: 2 }]), client };
}

/** Sends requests one after the other and gives their answers. */
function talk({ world, cluster, client }: Setting, ...requests: KafkaRequest[]): KafkaAnswer[] {
  const answers: KafkaAnswer[] = [];
  start(client, function* () {
    for (const message of requests) answers.push((yield ask(client, cluster, message, 'fetch', false)) as KafkaAnswer);
  });
  runToEnd(world);
  return answers;
}

const produce = (acks: number, ...ids: string[]): KafkaRequest => ({
  api: 'Produce',
  apiVersion: 12,
  transactionalId: null,
  acks,
  timeoutMs: 30_000,
  topics: [{ name: 'orders', partitions: [{ index: 0, batch: plainBatch(ids.map(record)) }] }],
});
const fetchAt = (fetchOffset: number, index = 0): KafkaRequest => ({
  api: 'Fetch',
  isolationLevel: 1,
  maxWaitMs: 500,
  topics: [{ name: 'orders', partitions: [{ index, fetchOffset, currentLeaderEpoch: -1 }] }],
});

describe('produce', () => {
  it('LOG-1: the leader assigns consecutive offsets, batch after batch', () => {
    const answers = talk(setting(), produce(-1, 'a', 'b'), produce(1, 'c'));
    expect(
      answers.map((answer) => (answer.api === 'Produce' ? answer.topics[0]!.partitions[0]!.baseOffset : null)),
    ).toEqual([0, 2]);
  });

  it('LOG-1: record i of a batch appended at L has offset L + i', () => {
    const answer = talk(setting(), produce(-1, 'a', 'b'), produce(1, 'c', 'd'), fetchAt(0)).at(-1)!;
    const batches = answer.api === 'Fetch' ? answer.topics[0]!.partitions[0]!.batches : [];
    expect(batches.map(({ records }) => records.map(({ offset }) => offset))).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('ISR-7: with one replica the high watermark is the log end right after the append', () => {
    const world = setting();
    talk(world, produce(-1, 'a', 'b'));
    expect(world.cluster.partition('orders', 0)).toMatchObject({ highWatermark: 2, lastStableOffset: 2 });
  });

  it('ACK-1: acks other than -1, 0, 1 come first: INVALID_REQUIRED_ACKS, nothing appended', () => {
    const world = setting();
    const [answer] = talk(world, {
      ...produce(2, 'a'),
      topics: [{ name: 'nowhere', partitions: [{ index: 0, batch: plainBatch([record('a')]) }] }],
    } as KafkaRequest);
    expect(answer).toMatchObject({
      topics: [{ partitions: [{ errorCode: ERRORS.INVALID_REQUIRED_ACKS, baseOffset: -1 }] }],
    });
  });

  it('ACK-2: each partition of a request succeeds or fails alone', () => {
    const [answer] = talk(setting(), {
      api: 'Produce',
      apiVersion: 12,
      transactionalId: null,
      acks: -1,
      timeoutMs: 30_000,
      topics: [
        {
          name: 'orders',
          partitions: [
            { index: 0, batch: plainBatch([record('a')]) },
            { index: 7, batch: plainBatch([record('b')]) },
          ],
        },
      ],
    });
    expect(answer).toMatchObject({
      topics: [
        { partitions: [{ errorCode: ERRORS.NONE, baseOffset: 0 }, { errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION }] },
      ],
    });
  });

  it('ACK-3: acks=0 is stored and never answered', () => {
    const world = setting();
    expect(talk(world, produce(0, 'a'))).toEqual([]);
    expect(world.cluster.partition('orders', 0)!.log.logEndOffset).toBe(1);
    expect(world.world.isAtRest).toBe(true);
  });
});

describe('fetch', () => {
  it('FET-1, FET-10: gives what is there, in offset order', () => {
    const [, answer] = talk(setting(), produce(-1, 'a', 'b', 'c'), fetchAt(1));
    expect(answer).toMatchObject({
      topics: [{ partitions: [{ errorCode: 0, highWatermark: 3, batches: [{ baseOffset: 0, lastOffset: 2 }] }] }],
    });
  });

  it.each([-1, 4])('FET-1: offset %i outside of the log is OFFSET_OUT_OF_RANGE', (offset) => {
    const [, answer] = talk(setting(), produce(-1, 'a', 'b', 'c'), fetchAt(offset));
    expect(answer).toMatchObject({
      topics: [{ partitions: [{ errorCode: ERRORS.OFFSET_OUT_OF_RANGE, batches: [] }] }],
    });
  });

  it('FET-1: at the end it waits, the world rests meanwhile, and the next append answers it', () => {
    const { world, cluster, client } = setting();
    const answers: unknown[] = [];
    start(client, function* () {
      answers.push(yield ask(client, cluster, fetchAt(0), 'fetch', false));
    });
    runToEnd(world);
    expect(answers).toEqual([]);
    expect(world.isAtRest).toBe(true);
    cluster.append('orders', 0, [record('a')]);
    expect(world.isAtRest).toBe(false);
    runToEnd(world);
    expect(answers).toMatchObject([{ topics: [{ partitions: [{ batches: [{ records: [{ offset: 0 }] }] }] }] }]);
  });

  it('an unknown partition is UNKNOWN_TOPIC_OR_PARTITION at once', () => {
    const [answer] = talk(setting(), fetchAt(0, 9));
    expect(answer).toMatchObject({ topics: [{ partitions: [{ errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION }] }] });
  });
});

describe('offsets and topics', () => {
  it('FET-6: earliest is the log start, latest the high watermark', () => {
    const [, answer] = talk(setting(), produce(-1, 'a', 'b'), {
      api: 'ListOffsets',
      isolationLevel: 0,
      topics: [
        {
          name: 'orders',
          partitions: [
            { index: 0, timestamp: -2, currentLeaderEpoch: -1 },
            { index: 0, timestamp: -1, currentLeaderEpoch: -1 },
          ],
        },
      ],
    });
    expect(answer).toMatchObject({ topics: [{ partitions: [{ offset: 0 }, { offset: 2 }] }] });
  });

  it('a topic is created once, with a name and a partition count that Kafka takes', () => {
    const create = (name: string, numPartitions = 1, replicationFactor = 1): KafkaRequest => ({
      api: 'CreateTopics',
      topics: [{ name, numPartitions, replicationFactor }],
    });
    const answers = talk(
      setting(),
      create('new'),
      create('new'),
      create('bad name'),
      create('none', 0),
      create('copies', 1, 3),
    );
    expect(answers.map((answer) => (answer.api === 'CreateTopics' ? answer.topics[0]!.errorCode : null))).toEqual([
      ERRORS.NONE,
      ERRORS.TOPIC_ALREADY_EXISTS,
      ERRORS.INVALID_TOPIC_EXCEPTION,
      ERRORS.INVALID_PARTITIONS,
      ERRORS.INVALID_REPLICATION_FACTOR,
    ]);
  });

  it('metadata names all topics, and unknown ones with their error', () => {
    const [all, one] = talk(setting(), { api: 'Metadata', topics: null }, { api: 'Metadata', topics: ['nowhere'] });
    expect(all).toMatchObject({ topics: [{ name: 'orders', partitions: [{ index: 0 }, { index: 1 }] }] });
    expect(one).toMatchObject({ topics: [{ errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION }] });
  });
});
