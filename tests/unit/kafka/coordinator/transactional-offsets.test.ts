/** Offsets inside transactions. */
import { describe, expect, it } from 'vitest';
import { ERRORS, errorName } from '../../../../src/kafka/errors';
import { GroupLab } from './group-lab';

describe('OFS-6: who may commit inside a transaction', () => {
  it('OFS-6: who names no member is not checked, in any state', () => {
    const g = new GroupLab();
    expect(g.txnCommit(1)).toBe('NONE');
    const a = g.one();
    expect(g.txnCommit(2)).toBe('NONE');
    const { memberId } = g.beginJoin();
    expect(g.group.state).toBe('preparing-rebalance');
    expect(g.txnCommit(3)).toBe('NONE');
    g.join(a);
    expect(g.group.state).toBe('completing-rebalance');
    expect(g.txnCommit(4)).toBe('NONE');
    g.leave(memberId);
    g.leave(a);
    expect(g.group.state).toBe('empty');
    expect(g.txnCommit(5)).toBe('NONE');
  });

  it('OFS-6: COMPLETING_REBALANCE is allowed (DIF-50)', () => {
    const g = new GroupLab();
    const { memberId } = g.beginJoin();
    expect(g.group.state).toBe('completing-rebalance');
    expect(g.txnCommit(1, { member: memberId, generation: 1 })).toBe('NONE');
  });

  it.each([
    ['another generation', { generation: 1 }, 'ILLEGAL_GENERATION'],
    ['no member', { member: 'nobody', generation: 2 }, 'UNKNOWN_MEMBER_ID'],
    ['a generation without a member', { generation: 2, member: '' }, 'UNKNOWN_MEMBER_ID'],
    ['the generation', { generation: 2 }, 'NONE'],
  ] as const)('OFS-6: a member is checked like any other: %s', (_what, options, expected) => {
    const g = new GroupLab();
    const [a] = g.two();
    expect(g.txnCommit(1, { member: a, ...options })).toBe(expected);
  });

  it('OFS-6: a fenced instance id; an unknown group with a generation', () => {
    const g = new GroupLab();
    const first = g.joinStatic('s');
    g.sync(first.memberId, 1, [first.memberId]);
    g.joinStatic('s');
    expect(g.txnCommit(1, { member: first.memberId, generation: 1, instance: 's' })).toBe('FENCED_INSTANCE_ID');
    expect(new GroupLab().txnCommit(1, { member: 'm', generation: 1 })).toBe('ILLEGAL_GENERATION');
  });

  it('OFS-6: an epoch that is over is refused by the log', () => {
    const g = new GroupLab();
    g.txnCommit(1, { epoch: 1 });
    g.mark('ABORT', 7, 2);
    expect(g.txnCommit(2, { epoch: 1 })).toBe('INVALID_PRODUCER_EPOCH');
    expect(g.committed()).toBe(-1);
  });

  it('OFS-6: partitions that do not exist are refused one by one', () => {
    const g = new GroupLab();
    expect(g.txnCommit(1, { partition: 9 })).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(g.host.log).toEqual([]);
  });
});

describe('TXN-6: the transaction coordinator is asked first', () => {
  it('TXN-6: before the first offsets of a transaction, and not again', () => {
    const g = new GroupLab();
    g.txnCommit(1);
    g.txnCommit(2);
    expect(g.host.verified).toEqual([{ transactionalId: 't', mode: 'verify' }]);
    g.mark('COMMIT');
    g.txnCommit(3);
    expect(g.host.verified).toHaveLength(2);
  });

  it('TXN-2, TXN-6: from version 5 on the partition is added', () => {
    const g = new GroupLab();
    g.txnCommit(1, { version: 5 });
    expect(g.host.verified).toEqual([{ transactionalId: 't', mode: 'add' }]);
  });

  it.each([
    ['TRANSACTION_ABORTABLE', 3, 'INVALID_TXN_STATE'],
    ['TRANSACTION_ABORTABLE', 4, 'TRANSACTION_ABORTABLE'],
    ['PRODUCER_FENCED', 3, 'INVALID_PRODUCER_EPOCH'],
    ['INVALID_PRODUCER_ID_MAPPING', 3, 'INVALID_PRODUCER_ID_MAPPING'],
    ['CONCURRENT_TRANSACTIONS', 3, 'CONCURRENT_TRANSACTIONS'],
    ['NETWORK_EXCEPTION', 3, 'COORDINATOR_LOAD_IN_PROGRESS'],
    ['NOT_COORDINATOR', 3, 'NOT_COORDINATOR'],
  ] as const)('TXN-6: %s is told to TxnOffsetCommit v%d as %s', (code, version, told) => {
    const g = new GroupLab();
    g.host.verification = ERRORS[code];
    expect(g.txnCommit(1, { version })).toBe(told);
    expect(g.host.log).toEqual([]);
  });
});

describe('OFS-9: pending until the marker', () => {
  it('OFS-9: before the marker the old value is read, and nothing that is stable; then the new one (DIF-58, DIF-59)', () => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.txnCommit(4);
    expect(g.committed(0, false)).toBe(1);
    expect(g.committed(0, true)).toBe('UNSTABLE_OFFSET_COMMIT');
    expect(g.committed(1, true)).toBe(-1);
    g.mark('COMMIT');
    expect(g.committed(0, true)).toBe(4);
    expect(g.world.history.commits.map(({ offset }) => offset)).toEqual([1, 4]);
  });

  it('OFS-9: an abort drops it', () => {
    const g = new GroupLab();
    g.txnCommit(4);
    expect(g.committed(0, false)).toBe(-1);
    g.mark('ABORT');
    expect(g.committed(0, true)).toBe(-1);
  });

  it('OFS-9: of several values the last one wins, also a lower one', () => {
    const g = new GroupLab();
    for (const offset of [3, 9, 5]) g.txnCommit(offset);
    g.mark('COMMIT');
    expect(g.committed()).toBe(5);
  });

  it('OFS-9: a newer commit by log position stays (DIF-60)', () => {
    const g = new GroupLab();
    g.txnCommit(5);
    g.commit('', -1, 7);
    g.mark('COMMIT');
    expect(g.committed()).toBe(7);
    g.txnCommit(5);
    g.mark('COMMIT');
    expect(g.committed()).toBe(5);
  });

  it('OFS-9: two transactions on one partition: the later value counts, whichever ends first', () => {
    const g = new GroupLab();
    g.txnCommit(3, { producer: 7 });
    g.txnCommit(8, { producer: 8 });
    g.mark('COMMIT', 8);
    expect(g.committed(0, true)).toBe('UNSTABLE_OFFSET_COMMIT');
    g.mark('COMMIT', 7);
    expect(g.committed()).toBe(8);
  });

  it('OFS-9: all offsets of a group: those that are not stable are told so', () => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.txnCommit(4);
    const ask = (requireStable: boolean): unknown =>
      g.send({ api: 'OffsetFetch', groupId: 'g', requireStable, topics: null }).answer!.topics[0]!.partitions;
    expect(ask(true)).toMatchObject([{ committedOffset: -1, errorCode: ERRORS.UNSTABLE_OFFSET_COMMIT }]);
    expect(ask(false)).toMatchObject([{ committedOffset: 1, errorCode: ERRORS.NONE }]);
  });

  it('OFS-9: a marker takes effect behind the offsets that stand before it, and once it is replicated', () => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.host.holdsReplication = true;
    const waiting = g.sendTxnCommit(4);
    g.mark('COMMIT');
    expect(g.committed(0, true)).toBe(1);
    g.host.replicate();
    g.pass(2);
    expect(errorName(waiting.answer!.topics[0]!.partitions[0]!.errorCode)).toBe('NONE');
    expect(g.committed(0, true)).toBe(4);
  });

  it('OFS-9: a marker that gets lost with its leader has not been', () => {
    const g = new GroupLab();
    g.txnCommit(4);
    g.host.holdsReplication = true;
    g.mark('COMMIT');
    const late = g.shard;
    g.host.log.pop();
    g.failOver();
    expect(late.offsets.get('g', 'orders', 0)).toBeUndefined();
    expect(g.committed(0, true)).toBe('UNSTABLE_OFFSET_COMMIT');
  });

  it.each([
    ['COMMIT', 4],
    ['ABORT', 1],
  ] as const)('OFS-11, OFS-9: a new coordinator reads the marker %s from the log', (result, expected) => {
    const g = new GroupLab();
    g.commit('', -1, 1);
    g.txnCommit(4);
    g.mark(result);
    g.failOver();
    expect(g.committed(0, true)).toBe(expected);
  });

  it('OFS-11, OFS-9: what is pending survives the coordinator, and so does the order', () => {
    const g = new GroupLab();
    g.txnCommit(5, { producer: 7 });
    g.commit('', -1, 7);
    g.txnCommit(9, { producer: 8, partition: 1 });
    g.mark('COMMIT', 8);
    g.failOver();
    expect(g.committed(0, true)).toBe('UNSTABLE_OFFSET_COMMIT');
    expect(g.committed(1, true)).toBe(9);
    g.mark('COMMIT', 7);
    expect(g.committed(0, true)).toBe(7);
  });
});
