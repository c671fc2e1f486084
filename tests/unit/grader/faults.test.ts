/** The fault catalogue: where each fault matters to the reduced search, and where it can strike at all (exploration.md c.3). */
import { describe, expect, it } from 'vitest';
import { FAULT_ORDER, FAULTS } from '../../../src/grader/faults';
import type { FaultKind } from '../../../src/grader/verdict';
import { plainBatch } from '../../../src/kafka/broker/record-batch';
import { Cluster } from '../../../src/kafka/cluster';
import { OFFSETS_TOPIC } from '../../../src/kafka/coordinator/coordinator-host';
import { Outages } from '../../../src/kafka/outages';
import type { KafkaRequest } from '../../../src/kafka/protocol/messages';
import { Request, type Endpoint, type RequestKind } from '../../../src/simulation/network';
import type { World } from '../../../src/simulation/world';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

const STORED = 'produce commit init-producer-id add-partitions add-offsets txn-offsets end-txn';
const OTHER = 'effect query fetch join sync heartbeat leave committed list-offsets metadata create-topics';
const KINDS = `${STORED} ${OTHER}`.split(' ') as RequestKind[];

const service: Endpoint<unknown, unknown> = { receive: () => undefined };

function request(
  kind: RequestKind,
  isMutating = true,
  endpoint = service,
  message: unknown = null,
  world: World = newWorld(),
): Request {
  const handler = { onAnswer: () => undefined, onLost: () => undefined };
  return new Request(kind, isMutating, newIncarnation(world), message, endpoint, handler);
}

function matters(fault: FaultKind, isMutating: boolean): RequestKind[] {
  return KINDS.filter((kind) => FAULTS[fault].matters(request(kind, isMutating))).sort();
}

const sorted = (kinds: string): string[] => kinds.split(' ').filter(Boolean).sort();

it('the catalogue has each fault once, under its own name', () => {
  expect([...FAULT_ORDER].sort()).toEqual(Object.keys(FAULTS).sort());
  expect(FAULT_ORDER.map((kind) => FAULTS[kind].kind)).toEqual(FAULT_ORDER);
});

it('each fault strikes on its side of the effect, or between requests', () => {
  const striking = (when: string): FaultKind[] => FAULT_ORDER.filter((kind) => FAULTS[kind].strikes === when);
  expect(striking('both')).toEqual(['crash', 'delay', 'coordinator-move']);
  expect(striking('effect')).toEqual([
    'lost-answer',
    'connection-lost-after-commit',
    'service-timeout',
    'broker-restart',
    'fail-over',
    'unclean-fail-over',
  ]);
  expect([striking('rest'), striking('input')]).toEqual([['restart'], ['poison']]);
});

describe('where a fault matters', () => {
  it.each<[FaultKind, string, string]>([
    ['crash', KINDS.filter((kind) => kind !== 'leave').join(' '), ''],
    ['lost-answer', 'effect produce commit end-txn', 'effect produce commit end-txn'],
    ['lost-request', 'effect produce commit end-txn', 'effect produce commit end-txn'],
    ['connection-lost-before-commit', 'query', ''],
    ['connection-lost-after-commit', 'query', ''],
    ['service-error', 'effect', 'effect'],
    ['service-timeout', 'effect', ''],
    ['send-error', 'produce', 'produce'],
    ['abortable-error', 'txn-offsets', 'txn-offsets'],
    ['pause', 'effect query produce commit txn-offsets end-txn', ''],
    ['delay', `effect ${STORED}`, ''],
    ['reorder', `effect ${STORED}`, ''],
    ['broker-crash', STORED, ''],
    ['broker-restart', STORED, ''],
    ['broker-pause', STORED, ''],
    ['fail-over', STORED, ''],
    ['coordinator-move', STORED.replace('produce ', ''), ''],
    ['isr-shrink', STORED, ''],
    ['unclean-fail-over', STORED, ''],
    ['restart', '', ''],
    ['poison', '', ''],
  ])('%s: requests that change something: %s; others: %s', (fault, changing, others) => {
    expect(matters(fault, true)).toEqual(sorted(changing));
    expect(matters(fault, false)).toEqual(sorted(others));
  });
});

describe('where a fault can strike that befalls no broker', () => {
  it.each<[FaultKind, string]>([
    ['connection-lost-before-commit', 'query'],
    ['connection-lost-after-commit', 'query'],
    ['service-error', 'effect'],
    ['service-timeout', 'effect'],
    ['send-error', 'produce'],
    ['abortable-error', 'txn-offsets'],
    ['delay', KINDS.filter((kind) => kind !== 'query').join(' ')],
  ])('%s: %s', (fault, expected) => {
    const { outages } = brokers(1);
    expect(KINDS.filter((kind) => FAULTS[fault].isPossible!(request(kind), outages)).sort()).toEqual(sorted(expected));
  });
});

function brokers(count: number): { cluster: Cluster; outages: Outages } {
  const world = newWorld();
  const settings = { brokers: count, defaultReplicationFactor: count, offsetsTopicNumPartitions: 1 };
  const topics = ['in', OFFSETS_TOPIC].map((name) => ({ name, partitions: 1 }));
  const cluster = new Cluster(world, topics, settings);
  return { cluster, outages: new Outages(world, cluster, 'consumer') };
}

const PRODUCE: KafkaRequest = {
  api: 'Produce',
  apiVersion: 12,
  transactionalId: null,
  acks: -1,
  timeoutMs: 30_000,
  topics: [{ name: 'in', partitions: [{ index: 0, batch: plainBatch([]) }] }],
};
const HEARTBEAT: KafkaRequest = {
  api: 'Heartbeat',
  groupId: 'g',
  generationId: 1,
  memberId: 'm',
  groupInstanceId: null,
};

/** Whether the fault can strike at a request to the broker that leads its partition, and at one to another broker. */
function possible(fault: FaultKind, message: KafkaRequest, count: number): [boolean, boolean] {
  const { cluster, outages } = brokers(count);
  const kind = message === PRODUCE ? 'produce' : 'heartbeat';
  const { leader } = outages.partitionOf(request(kind, true, service, message))!;
  const isPossible = (endpoint: Endpoint<unknown, unknown>): boolean =>
    FAULTS[fault].isPossible!(request(kind, true, endpoint, message), outages);
  const other = cluster.brokers.find(({ id }) => id !== leader) ?? service;
  return [isPossible(cluster.peer(leader)! as Endpoint<unknown, unknown>), isPossible(other as typeof service)];
}

describe('where a fault can strike that befalls a broker', () => {
  const NOWHERE = [false, false];
  const AT_THE_LEADER = [true, false];
  const ANYWHERE = [true, true];

  it.each<[FaultKind, number, boolean[], boolean[]]>([
    ['broker-crash', 2, ANYWHERE, ANYWHERE],
    ['broker-crash', 1, NOWHERE, NOWHERE],
    ['broker-restart', 2, ANYWHERE, ANYWHERE],
    ['broker-restart', 1, AT_THE_LEADER, AT_THE_LEADER],
    ['broker-pause', 2, ANYWHERE, ANYWHERE],
    ['broker-pause', 1, AT_THE_LEADER, AT_THE_LEADER],
    ['fail-over', 2, AT_THE_LEADER, AT_THE_LEADER],
    ['fail-over', 1, NOWHERE, NOWHERE],
    ['coordinator-move', 2, NOWHERE, AT_THE_LEADER],
    ['coordinator-move', 1, NOWHERE, NOWHERE],
    ['isr-shrink', 2, ANYWHERE, NOWHERE],
    ['isr-shrink', 1, NOWHERE, NOWHERE],
    ['unclean-fail-over', 2, ANYWHERE, NOWHERE],
    ['unclean-fail-over', 1, NOWHERE, NOWHERE],
  ])('%s, brokers: %i', (fault, count, produce, heartbeat) => {
    expect([possible(fault, PRODUCE, count), possible(fault, HEARTBEAT, count)]).toEqual([produce, heartbeat]);
  });

  it('isr-shrink: the first follower hangs, and nobody else', () => {
    const { cluster, outages } = brokers(3);
    const { leader, replicas } = outages.partitionOf(request('produce', true, service, PRODUCE))!;
    FAULTS['isr-shrink'].disturb!(outages, request('produce', true, service, PRODUCE), null);
    expect(cluster.brokers.filter(({ isHanging }) => isHanging).map(({ id }) => id)).toEqual([
      replicas.find((id) => id !== leader),
    ]);
  });

  it('the last broker that runs is spared', () => {
    const { cluster, outages } = brokers(2);
    const [one, other] = cluster.brokers;
    const toOther = request('produce', true, other! as Endpoint<unknown, unknown>, PRODUCE);
    outages.kill(one!);
    expect(FAULTS['broker-crash'].isPossible!(toOther, outages)).toBe(false);
  });
});

describe('reorder: a request overtakes', () => {
  /** Whether a call of a service could overtake what is under way; that has been sent by `before`. */
  function canOvertake(before: (world: World) => void, receiver = service): boolean {
    const world = newWorld();
    before(world);
    return FAULTS.reorder.isPossible!(request('effect', true, receiver, null, world), brokers(1).outages);
  }
  const send =
    (kind: RequestKind, isMutating = true, endpoint = service) =>
    (world: World): void =>
      request(kind, isMutating, endpoint, null, world).send();

  it('a call that changes something and is under way', () => {
    expect(canOvertake(send('effect'))).toBe(true);
    expect(canOvertake(send('commit'))).toBe(true);
  });

  it('nothing where nothing is under way', () => {
    expect(canOvertake(() => undefined)).toBe(false);
  });

  it('no read, as it sees no order but that of the writes', () => {
    expect(canOvertake(send('effect', false))).toBe(false);
    expect(canOvertake(send('fetch'))).toBe(false);
  });

  it('nothing that goes to another receiver', () => {
    expect(canOvertake(send('effect', true, { receive: () => undefined }))).toBe(false);
  });

  it('nothing that has arrived and whose answer is under way', () => {
    const answering: Endpoint<unknown, unknown> = { receive: (sent) => sent.answer('done') };
    expect(
      canOvertake((world) => {
        send('effect', true, answering)(world);
        world.step();
      }, answering),
    ).toBe(false);
  });

  it('nothing that arrives at this very moment', () => {
    expect(
      canOvertake((world) => {
        send('effect')(world);
        world.now += 1;
      }),
    ).toBe(false);
  });

  it('nothing at all while another request is under way on its own connection', () => {
    const world = newWorld();
    const process = newIncarnation(world);
    const [commit, produce, second] = (['commit', 'produce', 'produce'] as const).map(
      (kind) => new Request(kind, true, process, null, service, { onAnswer: () => undefined, onLost: () => undefined }),
    );
    const { outages } = brokers(1);
    commit!.send();
    expect(FAULTS.reorder.isPossible!(second!, outages)).toBe(true);
    produce!.send();
    expect(FAULTS.reorder.isPossible!(second!, outages)).toBe(false);
  });
});
