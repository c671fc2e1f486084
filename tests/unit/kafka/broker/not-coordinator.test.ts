/** What a broker answers that does not coordinate the group or the transactional id (GRP-15, TXN-1). */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { refuseAsCoordinator, type CoordinatorRequest } from '../../../../src/kafka/broker/refusals';
import { BrokerLab } from './broker-lab';

const errorCode = ERRORS.NOT_COORDINATOR;
const group = { groupId: 'g', memberId: 'm', groupInstanceId: null };
const producer = { transactionalId: 't', producerId: 7, producerEpoch: 1 };
const offsets = [
  {
    name: 'orders',
    partitions: [0, 1].map((partitionIndex) => ({ partitionIndex, committedOffset: 5, committedMetadata: null })),
  },
];
const refused = [0, 1].map((partitionIndex) => ({ partitionIndex, errorCode }));

const CASES: readonly (readonly [string, unknown, object])[] = [
  [
    'GRP-15 JoinGroup',
    {
      api: 'JoinGroup',
      ...group,
      sessionTimeoutMs: 6000,
      rebalanceTimeoutMs: 6000,
      protocolType: 'consumer',
      protocols: [],
    },
    { errorCode, generationId: -1, protocolName: null, leader: '', memberId: 'm', members: [] },
  ],
  ['GRP-15 SyncGroup', { api: 'SyncGroup', ...group, generationId: 1, assignments: [] }, { errorCode, assignment: [] }],
  ['GRP-15 Heartbeat', { api: 'Heartbeat', ...group, generationId: 1 }, { errorCode }],
  ['GRP-15 LeaveGroup', { api: 'LeaveGroup', groupId: 'g', memberId: 'm' }, { errorCode }],
  [
    'GRP-15 OffsetCommit',
    { api: 'OffsetCommit', apiVersion: 9, ...group, generationIdOrMemberEpoch: 1, topics: offsets },
    { topics: [{ name: 'orders', partitions: refused }] },
  ],
  [
    'GRP-15 TxnOffsetCommit',
    { api: 'TxnOffsetCommit', apiVersion: 3, ...producer, ...group, generationId: 1, topics: offsets },
    { topics: [{ name: 'orders', partitions: refused }] },
  ],
  [
    'GRP-15 OffsetFetch',
    { api: 'OffsetFetch', groupId: 'g', requireStable: true, topics: [{ name: 'orders', partitionIndexes: [0, 1] }] },
    {
      errorCode,
      topics: [
        { name: 'orders', partitions: refused.map((part) => ({ ...part, committedOffset: -1, metadata: null })) },
      ],
    },
  ],
  [
    'GRP-15 OffsetFetch of everything',
    { api: 'OffsetFetch', groupId: 'g', requireStable: true, topics: null },
    { errorCode, topics: [] },
  ],
  [
    'TXN-1 InitProducerId',
    { api: 'InitProducerId', apiVersion: 4, ...producer, transactionTimeoutMs: 60_000 },
    { errorCode, producerId: -1, producerEpoch: -1 },
  ],
  [
    'TXN-1 EndTxn',
    { api: 'EndTxn', apiVersion: 3, ...producer, committed: true },
    { errorCode, producerId: -1, producerEpoch: -1 },
  ],
  ['TXN-1 AddOffsetsToTxn', { api: 'AddOffsetsToTxn', apiVersion: 3, ...producer, groupId: 'g' }, { errorCode }],
  [
    'TXN-1 AddPartitionsToTxn',
    { api: 'AddPartitionsToTxn', apiVersion: 3, ...producer, topics: [{ name: 'orders', partitions: [0, 1] }] },
    { topics: [{ name: 'orders', partitions: refused }] },
  ],
];

describe('a broker that does not coordinate', () => {
  it.each(CASES)('%s: says so of every part of the request', (_, message, answer) => {
    const request = message as CoordinatorRequest;
    expect(refuseAsCoordinator(request, errorCode)).toEqual({ api: request.api, ...answer });
  });

  it.each(CASES)('%s: and it is what the client gets from the wrong broker', (_, message, answer) => {
    const lab = new BrokerLab({ brokers: 2 });
    lab.rest();
    const request = message as CoordinatorRequest;
    const key = request.api.endsWith('Txn') || request.api === 'InitProducerId' ? 'transaction' : 'group';
    const coordinator = lab.cluster.findCoordinator(key, key === 'group' ? 'g' : 't');
    const box = lab.ask(coordinator === 1 ? 2 : 1, request);
    lab.pass(100);
    expect(box.answer).toMatchObject(answer);
  });
});

describe('a broker whose fetchers hang', () => {
  const lab = (): BrokerLab => {
    const made = new BrokerLab({ brokers: 3 });
    made.rest();
    return made;
  };

  it('ISR-3: lives, copies nothing, leaves the ISR, and comes back when they go on', () => {
    const made = lab();
    made.cluster.hang(3);
    const sent = made.produce(1, 'all', ['a'], { timeoutMs: 60_000 });
    made.pass(20_000);
    expect([sent.isSettled, made.log(2), made.log(3)]).toEqual([false, ['a'], []]);
    made.pass(40_000);
    expect([sent.errorCode, made.describe().isr]).toEqual([ERRORS.NONE, [1, 2]]);
    expect(made.cluster.controller.isActive(3)).toBe(true);
    made.cluster.unhang(3);
    made.pass(5000);
    expect([made.log(3), [...made.describe().isr].sort()]).toEqual([['a'], [1, 2, 3]]);
  });

  it('ISR-3: stays in the ISR when they go on soon enough, with all that was written', () => {
    const made = lab();
    made.cluster.hang(3);
    const sent = made.produce(1, 'all', ['a']);
    made.pass(100);
    made.cluster.unhang(3);
    made.rest();
    expect([sent.errorCode, made.log(3), made.describe().isr]).toEqual([ERRORS.NONE, ['a'], [1, 2, 3]]);
    made.cluster.unhang(3);
    const next = made.produce(1, 'all', ['b']);
    made.rest();
    expect([next.errorCode, made.log(3)]).toEqual([ERRORS.NONE, ['a', 'b']]);
  });
});
