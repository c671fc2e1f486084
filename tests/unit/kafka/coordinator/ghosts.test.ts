/** What coordinators tell the history that no client knows, and what the checkers make of it. */
import { describe, expect, it } from 'vitest';
import { ANOMALIES } from '../../../../src/grader/anomalies';
import type { AnomalyInstance } from '../../../../src/grader/anomalies/anomaly';
import type { AnomalyId } from '../../../../src/grader/verdict';
import { noteAppended } from '../../../../src/kafka/transaction-ghosts';
import type { History, Send, Transaction } from '../../../../src/simulation/history';
import { GroupLab } from './group-lab';
import { epochOf, TransactionLab, VERSIONS, type Epoch } from './transaction-lab';

function found(id: AnomalyId, history: History): AnomalyInstance | null {
  return ANOMALIES.find((anomaly) => anomaly.id === id)!.check({ history, stuck: null, hasGivenUp: false });
}

/** As a client notes it when a transaction begins. */
function begin({ history }: { readonly history: History }, by: Epoch): Transaction {
  const transaction: Transaction = {
    transactionalId: 't',
    incarnation: 1,
    ...epochOf(by),
    asked: null,
    outcome: 'info',
    decision: null,
    decidedAfter: 0,
    reads: [],
    offsets: [],
  };
  history.transactions.push(transaction);
  return transaction;
}

/** An EndTxn on behalf of a transaction, however late. */
function end(lab: TransactionLab, by: Epoch, of: Transaction, committed: boolean, apiVersion: number): void {
  const message = { api: 'EndTxn' as const, apiVersion, transactionalId: 't', ...epochOf(by), committed };
  lab.client.send(message, 'end-txn', of);
}

describe('decisions', () => {
  it('TXN-11: are noted when they are durable', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    const transaction = begin(lab.world, owner);
    lab.add(owner, [0]);
    expect(transaction.decision).toBeNull();
    end(lab, owner, transaction, true, VERSIONS.tv1);
    expect(transaction).toMatchObject({ decision: 'commit' });
    expect(lab.world.history.decided).toEqual([transaction]);
    expect(found('A25', lab.world.history)).toBeNull();
  });

  it('TXN-5: an abort by the successor is nobody’s mistake', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    const transaction = begin(lab.world, owner);
    lab.add(owner, [0]);
    expect(lab.init().error).toBe('CONCURRENT_TRANSACTIONS');
    expect(transaction.decision).toBe('abort');
    expect(found('A25', lab.world.history)).toBeNull();
  });

  it('TXN-19: a late abort of one transaction ends the next one in protocol 1 (A25)', () => {
    const lab = new TransactionLab();
    const owner = lab.init();
    const first = begin(lab.world, owner);
    lab.add(owner, [0]);
    end(lab, owner, first, false, VERSIONS.tv1);
    lab.host.replicate(6);
    const second = begin(lab.world, owner);
    lab.add(owner, [0]);
    second.asked = 'commit';
    end(lab, owner, first, false, VERSIONS.tv1);
    expect(second).toMatchObject({ decision: 'abort', isMisattributed: true });
    expect(found('A25', lab.world.history)).toMatchObject({ params: { id: 't', asked: 'commit', decision: 'abort' } });
  });

  it('TXN-9, TXN-19: not in protocol 2, where each transaction has an epoch of its own', () => {
    const lab = new TransactionLab();
    const owner = lab.init({ version: VERSIONS.tv2 });
    const first = begin(lab.world, owner);
    lab.add(owner, [0], VERSIONS.tv2);
    end(lab, owner, first, false, VERSIONS.tv2);
    lab.host.replicate(6);
    const next = { ...owner, producerEpoch: owner.producerEpoch + 1 };
    const second = begin(lab.world, next);
    lab.add(next, [0], VERSIONS.tv2);
    end(lab, owner, first, false, VERSIONS.tv2);
    expect(second.decision).toBeNull();
    expect(found('A25', lab.world.history)).toBeNull();
  });
});

describe('commits', () => {
  it('OFS-6, CLI-18: an offset of a process that has been replaced is taken when it names no member (A24)', () => {
    const g = new GroupLab();
    g.one();
    const { history } = g.world;
    history.own('g', 'orders-0', 1);
    expect(g.txnCommit(1)).toBe('NONE');
    g.mark('COMMIT');
    expect(found('A24', history)).toBeNull();
    history.own('g', 'orders-0', 2);
    expect(g.txnCommit(2)).toBe('NONE');
    g.mark('COMMIT');
    expect(history.commits.map(({ offset, isZombie }) => [offset, isZombie === true])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(found('A24', history)).toMatchObject({ params: { partition: 'orders-0', offset: 2, incarnation: 1 } });
  });

  it('OFS-3: an offset that goes back is noted as it is stored (A14)', () => {
    const g = new GroupLab();
    const member = g.one();
    g.commit(member, 1, 5);
    expect(found('A14', g.world.history)).toBeNull();
    g.commit(member, 1, 3);
    expect(found('A14', g.world.history)).not.toBeNull();
  });
});

describe('appends', () => {
  it('TXN-16: are a zombie’s when a newer producer has the transactional id (A23)', () => {
    const lab = new TransactionLab();
    const old = lab.init();
    const transaction = begin(lab.world, old);
    const { history } = lab.world;
    const send = (record: string): Send => {
      const sent: Send = { record, partition: 'out-0', outcome: 'ok', incarnation: 1, offset: 0, transaction };
      history.sends.push(sent);
      noteAppended(history, [{ sent }], old.producerEpoch);
      return sent;
    };
    expect(send('1').isZombie).toBeUndefined();
    lab.init();
    expect(send('2').isZombie).toBe(true);
    expect(found('A23', history)).toMatchObject({ record: '2' });
    transaction.decision = 'abort';
    expect(found('A23', history)).toBeNull();
  });
});
