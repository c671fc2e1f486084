/** The transaction coordinator, asked as producers ask it. */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { TransactionLab, VERSIONS } from './transaction-lab';

describe('InitProducerId', () => {
  it('PID-1: without a transactional id every call gets a new producer id with epoch 0', () => {
    const lab = new TransactionLab();
    const ask = (): unknown =>
      lab.client.send({
        api: 'InitProducerId',
        apiVersion: 4,
        transactionalId: null,
        transactionTimeoutMs: 1,
        producerId: -1,
        producerEpoch: -1,
      }).answer;
    expect([ask(), ask()]).toMatchObject([
      { errorCode: 0, producerId: 1000, producerEpoch: 0 },
      { errorCode: 0, producerId: 1001, producerEpoch: 0 },
    ]);
    expect(lab.host.log).toEqual([]);
  });

  it('TXN-4: each InitProducerId of a known id raises the epoch by one and keeps the producer id', () => {
    const lab = new TransactionLab();
    const epochs = [lab.init(), lab.init(), lab.init()];
    expect(epochs).toMatchObject([
      { error: 'NONE', producerId: 1000, producerEpoch: 0 },
      { error: 'NONE', producerId: 1000, producerEpoch: 1 },
      { error: 'NONE', producerId: 1000, producerEpoch: 2 },
    ]);
    expect(lab.init({ id: 'u' }).producerId).toBe(1001);
  });

  it('TXN-4: the owner asks again with its producer id and epoch; whoever has been replaced is fenced', () => {
    const lab = new TransactionLab();
    const first = lab.init();
    const bumped = lab.init({ expected: first });
    expect(bumped).toMatchObject({ error: 'NONE', producerEpoch: 1 });
    expect(lab.init({ expected: first })).toMatchObject({ error: 'NONE', producerEpoch: 1 });
    lab.init();
    expect(lab.init({ expected: bumped })).toMatchObject({
      error: 'PRODUCER_FENCED',
      producerId: -1,
      producerEpoch: -1,
    });
    expect(lab.init({ expected: bumped, version: 3 }).error).toBe('INVALID_PRODUCER_EPOCH');
  });

  it.each([
    ['an empty id', { id: '' }, 'INVALID_REQUEST'],
    ['an id without its epoch', { expected: { producerId: 3, producerEpoch: -1 } }, 'INVALID_REQUEST'],
    ['a time-out above transaction.max.timeout.ms', { timeoutMs: 900_001 }, 'INVALID_TRANSACTION_TIMEOUT'],
    ['the longest time-out', { timeoutMs: 900_000 }, 'NONE'],
    ['no time-out', { timeoutMs: 0 }, 'INVALID_TRANSACTION_TIMEOUT'],
  ] as const)('TXN-4: %s', (_what, options, expected) => {
    expect(new TransactionLab().init(options).error).toBe(expected);
  });

  it('TXN-5, TXN-16: an open transaction of the former holder is aborted first, and only then is there an epoch', () => {
    const lab = new TransactionLab();
    const zombie = lab.init();
    lab.add(zombie, [0, 1]);
    expect(lab.init().error).toBe('CONCURRENT_TRANSACTIONS');
    lab.client.pass(10);
    expect(lab.markers.sort()).toEqual(['orders-0 ABORT 1', 'orders-1 ABORT 1']);
    const heir = lab.init();
    expect(heir).toMatchObject({ error: 'NONE', producerEpoch: 2 });
    expect(lab.end(zombie, true).error).toBe('PRODUCER_FENCED');
    expect(lab.add(zombie, [0])).toBe('PRODUCER_FENCED');
    expect(lab.end(zombie, true, VERSIONS.old).error).toBe('INVALID_PRODUCER_EPOCH');
    expect(lab.add(zombie, [0], VERSIONS.old)).toBe('INVALID_PRODUCER_EPOCH');
    expect(lab.addOffsets(zombie, 'g', VERSIONS.old)).toBe('INVALID_PRODUCER_EPOCH');
  });

  it('TXN-5: a decided transaction is driven to its decision before there is an epoch', () => {
    const lab = new TransactionLab();
    const former = lab.init();
    lab.add(former, [0]);
    lab.host.holdsMarkers = true;
    expect(lab.end(former, true).error).toBe('NONE');
    expect(lab.init().error).toBe('CONCURRENT_TRANSACTIONS');
    lab.host.sentMarkers[0]!.answer(ERRORS.NONE);
    expect(lab.host.sentMarkers[0]!.marker.result).toBe('COMMIT');
    expect(lab.init()).toMatchObject({ error: 'NONE', producerEpoch: 1 });
  });

  it('TXN-4: the last epoch gives way to a new producer id', () => {
    const lab = new TransactionLab();
    const first = lab.init();
    lab.useUpEpochs(32_766);
    const last = lab.init();
    expect(last).toMatchObject({ error: 'NONE', producerEpoch: 0 });
    expect(last.producerId).not.toBe(first.producerId);
  });
});

describe('partitions of a transaction', () => {
  it('TXN-7: nothing can be added without an epoch of the id', () => {
    const lab = new TransactionLab();
    expect(lab.add({ producerId: 1, producerEpoch: 0 }, [0])).toBe('INVALID_PRODUCER_ID_MAPPING');
    const owner = lab.init();
    expect(lab.add({ ...owner, producerId: 1 }, [0])).toBe('INVALID_PRODUCER_ID_MAPPING');
    expect(lab.add(owner, [0], VERSIONS.tv1, '')).toBe('INVALID_REQUEST');
  });

  it('TXN-7: partitions that do not exist are refused one by one, and none is added', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.add(owner, [0, 9])).toBe('OPERATION_NOT_ATTEMPTED,UNKNOWN_TOPIC_OR_PARTITION');
    expect(lab.state).toBe('empty');
  });

  it('TXN-7: adding what is there writes nothing', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.add(owner, [0])).toBe('NONE');
    const written = lab.host.log.length;
    expect(lab.add(owner, [0])).toBe('NONE');
    expect(lab.host.log).toHaveLength(written);
    expect(lab.add(owner, [1])).toBe('NONE');
    expect(lab.host.log).toHaveLength(written + 1);
  });

  it('TXN-6, TXN-19: a leader verifies with the coordinator: in this transaction, or not', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.verify(owner, 0)).toBe('TRANSACTION_ABORTABLE');
    lab.add(owner, [0]);
    expect(lab.verify(owner, 0)).toBe('NONE');
    expect(lab.verify(owner, 1)).toBe('TRANSACTION_ABORTABLE');
    lab.end(owner, true);
    lab.client.pass(10);
    expect(lab.verify(owner, 0)).toBe('TRANSACTION_ABORTABLE');
  });

  it('TXN-6: in protocol 2 the leader adds the partition', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.verify(owner, 2, 'add')).toBe('NONE');
    expect(lab.state).toBe('ongoing');
    lab.end(owner, true, VERSIONS.tv2);
    lab.client.pass(10);
    expect(lab.markers).toEqual(['orders-2 COMMIT 1']);
  });

  it('TXN-7: the partition of the group joins the transaction and gets a marker', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.addOffsets(owner)).toBe('NONE');
    lab.end(owner, true);
    lab.client.pass(10);
    expect(lab.markers).toEqual(['__consumer_offsets-0 COMMIT 0']);
  });
});

describe('the end of a transaction', () => {
  it('TXN-11: answered as soon as the decision is durable, before any marker; the next one has to wait', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0, 1]);
    lab.host.holdsMarkers = true;
    expect(lab.end(owner, true).error).toBe('NONE');
    expect(lab.state).toBe('prepare-commit');
    expect(lab.add(owner, [0])).toBe('CONCURRENT_TRANSACTIONS');
    expect(lab.addOffsets(owner)).toBe('CONCURRENT_TRANSACTIONS');
    const [first, second] = lab.host.sentMarkers;
    first!.answer(ERRORS.NONE);
    expect(lab.state).toBe('prepare-commit');
    second!.answer(ERRORS.NONE);
    expect(lab.state).toBe('complete-commit');
    expect(lab.add(owner, [0])).toBe('NONE');
  });

  it('TXN-12: every partition that was added gets its marker, written or not, with the coordinator epoch', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0, 1, 2]);
    lab.end(owner, false);
    lab.client.pass(10);
    expect(lab.markers.sort()).toEqual(['orders-0 ABORT 0', 'orders-1 ABORT 0', 'orders-2 ABORT 0']);
    expect(lab.host.writtenMarkers.map(({ marker }) => marker.coordinatorEpoch)).toEqual([0, 0, 0]);
    expect(lab.state).toBe('complete-abort');
  });

  it('TXN-12: the marker has the epoch of the producer in protocol 1 and the raised one in protocol 2', () => {
    const lab = new TransactionLab();
    let owner = lab.init();
    lab.add(owner, [0]);
    expect(lab.end(owner, true)).toMatchObject({ error: 'NONE', producerId: -1, producerEpoch: -1 });
    lab.client.pass(10);
    lab.add(owner, [0]);
    owner = lab.end(owner, true, VERSIONS.tv2) as typeof owner;
    expect(owner).toMatchObject({ error: 'NONE', producerId: 1000, producerEpoch: 1 });
    lab.client.pass(10);
    expect(lab.markers).toEqual(['orders-0 COMMIT 0', 'orders-0 COMMIT 1']);
  });

  it('TXN-12: a marker is tried again until it is written, whatever stands in its way', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0]);
    lab.host.markerErrors.push(
      ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
      ERRORS.NOT_LEADER_OR_FOLLOWER,
      ERRORS.NOT_ENOUGH_REPLICAS,
      ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
      ERRORS.REQUEST_TIMED_OUT,
      ERRORS.NETWORK_EXCEPTION,
    );
    lab.end(owner, true);
    expect(lab.world.isAtRest).toBe(false);
    lab.client.pass(1000);
    expect(lab.markers).toEqual(['orders-0 COMMIT 0']);
    expect(lab.state).toBe('complete-commit');
  });

  it('TXN-12: a partition that stays without a leader does not keep the world busy for ever', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0]);
    lab.host.markerErrors.push(...Array.from({ length: 1000 }, () => ERRORS.NOT_LEADER_OR_FOLLOWER));
    lab.end(owner, true);
    lab.client.pass(25_000);
    const background = lab.world.pending().filter(({ isBackground }) => isBackground);
    expect(background.length).toBeGreaterThan(0);
    expect(lab.state).toBe('prepare-commit');
  });

  it('TXN-12: markers are given up when a newer producer or coordinator has taken over', () => {
    for (const code of [ERRORS.INVALID_PRODUCER_EPOCH, ERRORS.TRANSACTION_COORDINATOR_FENCED]) {
      const lab = new TransactionLab();
      const owner = lab.init();
      lab.add(owner, [0]);
      lab.host.markerErrors.push(code);
      lab.end(owner, true);
      lab.client.pass(1000);
      expect(lab.markers).toEqual([]);
      expect(lab.state).toBe('prepare-commit');
      expect(lab.world.isAtRest).toBe(true);
    }
  });

  it('TXN-8: a retried EndTxn of protocol 1 is confirmed, another decision is refused', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.end(owner, true).error).toBe('INVALID_TXN_STATE');
    lab.add(owner, [0]);
    lab.end(owner, true);
    lab.client.pass(10);
    expect(lab.end(owner, true).error).toBe('NONE');
    expect(lab.end(owner, false).error).toBe('INVALID_TXN_STATE');
    expect(lab.markers).toHaveLength(1);
  });

  it('TXN-9: a retried EndTxn of protocol 2 gets the same ids, an abort of nothing raises the epoch', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.verify(owner, 0, 'add');
    const next = lab.end(owner, true, VERSIONS.tv2);
    lab.client.pass(10);
    expect(lab.end(owner, true, VERSIONS.tv2)).toEqual(next);
    expect(lab.end(owner, false, VERSIONS.tv2).error).toBe('INVALID_TXN_STATE');
    expect(lab.end(next, false, VERSIONS.tv2)).toMatchObject({ error: 'NONE', producerEpoch: 2 });
    expect(lab.state).toBe('complete-abort');
    expect(lab.markers).toHaveLength(1);
  });

  it('TXN-4, TXN-9: the last epoch ends with a new producer id, and its retry gets the same', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.useUpEpochs(32_766);
    const worn = { producerId: owner.producerId, producerEpoch: 32_766 };
    expect(lab.verify(worn, 0, 'add')).toBe('NONE');
    const next = lab.end(worn, true, VERSIONS.tv2);
    expect(next).toMatchObject({ error: 'NONE', producerEpoch: 0 });
    expect(next.producerId).not.toBe(owner.producerId);
    lab.client.pass(10);
    expect(lab.markers).toEqual(['orders-0 COMMIT 32767']);
    expect(lab.end(worn, true, VERSIONS.tv2)).toEqual(next);
    expect(lab.verify(next, 1, 'add')).toBe('NONE');
  });

  it('TXN-21: a transaction to which nothing was added ends without a marker', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.end(owner, false, VERSIONS.tv2).error).toBe('NONE');
    lab.client.pass(100);
    expect(lab.markers).toEqual([]);
  });
});
