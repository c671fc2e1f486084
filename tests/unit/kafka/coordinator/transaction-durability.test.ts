/** What survives of transactions: replication, another coordinator, time-outs, expiry. */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { epochOf, TransactionLab, VERSIONS } from './transaction-lab';

describe('durability', () => {
  it('TXN-1: a transition counts once it is replicated; meanwhile everything else has to wait', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0]);
    lab.host.holdsReplication = true;
    const message = { api: 'EndTxn' as const, apiVersion: 4, transactionalId: 't', ...epochOf(owner), committed: true };
    const waiting = lab.client.send(message);
    expect(waiting.answer).toBeUndefined();
    expect(lab.state).toBe('ongoing');
    expect(lab.end(owner, true).error).toBe('CONCURRENT_TRANSACTIONS');
    expect(lab.init().error).toBe('CONCURRENT_TRANSACTIONS');
    lab.host.replicate();
    expect(lab.state).toBe('prepare-commit');
    lab.client.pass(2);
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.NONE });
  });

  it.each([
    ['NOT_ENOUGH_REPLICAS', 'COORDINATOR_NOT_AVAILABLE'],
    ['REQUEST_TIMED_OUT', 'COORDINATOR_NOT_AVAILABLE'],
    ['NOT_LEADER_OR_FOLLOWER', 'NOT_COORDINATOR'],
  ] as const)('TXN-1: an append that fails with %s is told as %s, and the old state stays', (code, told) => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.host.refuses = ERRORS[code];
    expect(lab.add(owner, [0])).toBe(told);
    expect(lab.init().error).toBe(told);
    expect(lab.state).toBe('empty');
    lab.host.refuses = ERRORS.NONE;
    expect(lab.add(owner, [0])).toBe('NONE');
    lab.host.refuses = ERRORS[code];
    expect(lab.end(owner, true).error).toBe(told);
    expect(lab.init().error).toBe(told);
    expect(lab.state).toBe('ongoing');
    lab.host.refuses = ERRORS.NONE;
    expect(lab.end(owner, true).error).toBe('NONE');
  });

  it('TXN-12: the record that completes a transaction is tried again', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0]);
    lab.host.holdsMarkers = true;
    lab.end(owner, true);
    lab.host.refuses = ERRORS.NOT_ENOUGH_REPLICAS;
    lab.host.sentMarkers[0]!.answer(ERRORS.NONE);
    lab.client.pass(250);
    expect(lab.state).toBe('prepare-commit');
    expect(lab.add(owner, [0])).toBe('CONCURRENT_TRANSACTIONS');
    lab.host.refuses = ERRORS.NONE;
    lab.client.pass(100);
    expect(lab.state).toBe('complete-commit');
  });
});

describe('TXN-20: another broker takes over', () => {
  it('TXN-20: a decision that was durable is carried out, on all partitions once more', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0, 1]);
    lab.host.holdsMarkers = true;
    lab.end(owner, true);
    lab.host.sentMarkers[0]!.answer(ERRORS.NONE);
    const late = lab.host.sentMarkers[1]!;
    lab.failOver();
    late.answer(ERRORS.NONE);
    lab.client.pass(10);
    expect(lab.markers.sort()).toEqual(['orders-0 COMMIT 0', 'orders-1 COMMIT 0']);
    expect(lab.host.writtenMarkers.every(({ marker }) => marker.coordinatorEpoch === 1)).toBe(true);
    expect(lab.state).toBe('complete-commit');
  });

  it('TXN-20: without a durable decision the transaction stays open: the retry decides', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.add(owner, [0]);
    lab.host.refuses = ERRORS.NOT_LEADER_OR_FOLLOWER;
    expect(lab.end(owner, true).error).toBe('NOT_COORDINATOR');
    lab.failOver();
    expect(lab.state).toBe('ongoing');
    expect(lab.end(owner, false).error).toBe('NONE');
  });

  it('TXN-20: … else the time-out aborts it', () => {
    const lab = new TransactionLab();
    const owner = lab.init({ timeoutMs: 2000 });
    lab.add(owner, [0]);
    lab.failOver();
    lab.client.pass(10_100);
    expect(lab.markers).toEqual(['orders-0 ABORT 1']);
  });

  it('TXN-1: requests that wait for replication are told NOT_COORDINATOR', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.host.holdsReplication = true;
    const message = {
      api: 'AddOffsetsToTxn' as const,
      apiVersion: 4,
      transactionalId: 't',
      ...epochOf(owner),
      groupId: 'g',
    };
    const waiting = lab.client.send(message);
    lab.failOver();
    lab.client.pass(5);
    expect(waiting.answer).toMatchObject({ errorCode: ERRORS.NOT_COORDINATOR });
  });

  it('TXN-4: epochs go on where they were', () => {
    const lab = new TransactionLab();
    lab.init();
    lab.init();
    lab.failOver();
    expect(lab.init()).toMatchObject({ producerId: 1000, producerEpoch: 2 });
  });
});

describe('TXN-14: the time-out', () => {
  it('TXN-14, TXN-15: aborts with a raised epoch at the next scan; the owner is fenced', () => {
    const lab = new TransactionLab();
    lab.client.pass(4000);
    const owner = lab.init({ timeoutMs: 2000 });
    lab.client.pass(1000);
    lab.add(owner, [0]);
    lab.client.pass(3000);
    lab.add(owner, [1]);
    expect(lab.state).toBe('ongoing');
    lab.client.pass(10_000 - lab.world.now - 1);
    expect(lab.state).toBe('ongoing');
    lab.client.pass(1);
    expect(lab.state).toBe('prepare-abort');
    lab.client.pass(10);
    expect(lab.markers.sort()).toEqual(['orders-0 ABORT 1', 'orders-1 ABORT 1']);
    expect(lab.end(owner, true).error).toBe('PRODUCER_FENCED');
    expect(lab.add(owner, [0])).toBe('PRODUCER_FENCED');
    expect(lab.end(owner, true, VERSIONS.old).error).toBe('INVALID_PRODUCER_EPOCH');
  });

  it('TXN-14: the clock starts with the first partition, not with the epoch; activity does not set it back', () => {
    const lab = new TransactionLab({ transactionAbortTimedOutTransactionCleanupIntervalMs: 500 });
    const owner = lab.init({ timeoutMs: 2000 });
    lab.client.pass(5000);
    lab.add(owner, [0]);
    for (let i = 0; i < 3; i += 1) {
      lab.client.pass(500);
      expect(lab.add(owner, [i + 1])).toBe('NONE');
    }
    lab.client.pass(1000);
    expect(lab.state).toBe('complete-abort');
  });

  it('TXN-15: in protocol 2 the owner is told INVALID_TXN_STATE for a commit, and an abort gives it the new epoch', () => {
    const lab = new TransactionLab({ transactionAbortTimedOutTransactionCleanupIntervalMs: 500 });
    const owner = lab.init({ timeoutMs: 1000 });
    lab.verify(owner, 0, 'add');
    lab.client.pass(2000);
    expect(lab.end(owner, true, VERSIONS.tv2).error).toBe('INVALID_TXN_STATE');
    const next = lab.end(owner, false, VERSIONS.tv2);
    expect(next).toMatchObject({ error: 'NONE', producerEpoch: 1 });
    expect(lab.verify(next, 0, 'add')).toBe('NONE');
    expect(lab.end(next, true, VERSIONS.tv2).error).toBe('NONE');
  });

  it('TXN-14: with nothing open nothing is planned', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    expect(lab.world.pending()).toEqual([]);
    lab.add(owner, [0]);
    expect(lab.world.pending().map(({ time, isBackground }) => [time, isBackground])).toEqual([[70_000, true]]);
    lab.end(owner, true);
    lab.client.pass(80_000);
    expect(lab.world.pending()).toEqual([]);
  });

  it('TXN-14: an abort that fails is tried again with the next scan', () => {
    const lab = new TransactionLab({ transactionAbortTimedOutTransactionCleanupIntervalMs: 500 });
    const owner = lab.init({ timeoutMs: 1000 });
    lab.add(owner, [0]);
    lab.host.refuses = ERRORS.NOT_ENOUGH_REPLICAS;
    lab.client.pass(2100);
    expect(lab.state).toBe('ongoing');
    lab.host.refuses = ERRORS.NONE;
    lab.client.pass(500);
    expect(lab.state).toBe('complete-abort');
    expect(lab.markers).toEqual(['orders-0 ABORT 1']);
  });
});

describe('TXN-17: expiry', () => {
  const WEEK = 7 * 86_400_000;

  it('TXN-17: an id that has been idle for a week is unknown, except to InitProducerId', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.client.pass(WEEK + 3_600_000);
    expect(lab.add(owner, [0])).toBe('INVALID_PRODUCER_ID_MAPPING');
    expect(lab.end(owner, true).error).toBe('INVALID_PRODUCER_ID_MAPPING');
    expect(lab.init()).toMatchObject({ error: 'NONE', producerId: 1001, producerEpoch: 0 });
  });

  it('TXN-17: one that is used within the week is kept', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    lab.client.pass(WEEK - 1000);
    expect(lab.add(owner, [0])).toBe('NONE');
  });
});

describe('what equal fingerprints promise', () => {
  it('two ids in the same state are told apart by their names only, not by their epochs', () => {
    const a = new TransactionLab();
    const b = new TransactionLab();
    a.init();
    b.init();
    b.init();
    expect(a.shard.fingerprint()).toBe(b.shard.fingerprint());
    a.add(a.init(), [0]);
    expect(a.shard.fingerprint()).not.toBe(b.shard.fingerprint());
  });
});
