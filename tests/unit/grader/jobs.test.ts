/** Losses that are allowed and those that are not (N4), and jobs: programs that have something to send. */
import { describe, expect, it } from 'vitest';
import { ANOMALIES, nothingDone } from '../../../src/grader/anomalies';
import type { Evidence } from '../../../src/grader/anomalies/anomaly';
import { ledgerOf } from '../../../src/grader/ledger';
import type { AnomalyId } from '../../../src/grader/verdict';
import { History } from '../../../src/simulation/history';

function found(id: AnomalyId, history: History, more: Partial<Evidence> = {}): string | null | undefined {
  const anomaly = id === 'N1' ? nothingDone : ANOMALIES.find((candidate) => candidate.id === id)!;
  return anomaly.check({ history, stuck: null, hasGivenUp: false, ...more })?.record;
}

/** Records a and b; both are delivered to life 1 and committed, and only b has an effect. */
function consumer(isHandled: boolean, isCrashed: boolean): History {
  const history = new History();
  ['a', 'b'].forEach((id, offset) => {
    history.input.push({ id, partition: 'readings-0', offset });
    const delivery = { group: 'g', partition: 'readings-0', offset, incarnation: 1 };
    history.deliveries.push(isHandled || id === 'b' ? { ...delivery, isHandled: true } : delivery);
  });
  history.effects.push({ record: 'b', service: 'display', incarnation: 1, isFabricated: false });
  history.commits.push({ group: 'g', partition: 'readings-0', offset: 2, incarnation: 1 });
  if (isCrashed) history.ends.push({ incarnation: 1, how: 'crash', code: 0, origin: null, error: null });
  return history;
}

/** A job with a and b to send. */
function job(...log: string[]): History {
  const history = new History();
  history.toSend.push('a', 'b');
  history.finalLog.set(
    'readings-0',
    log.map((record, offset) => ({ offset, record })),
  );
  return history;
}

function sent(history: History, record: string): History {
  history.sends.push({
    record,
    partition: 'readings-0',
    outcome: 'info',
    incarnation: 1,
    offset: null,
    transaction: null,
  });
  return history;
}

describe('N4 needless-loss of a consumer', () => {
  it('is a committed record without an effect whose handler came back', () => {
    expect(found('N4', consumer(true, false))).toBe('a');
  });
  it('is not a record that its process had when it died, in a handler or in a queue of its own', () => {
    expect(found('N4', consumer(false, true))).toBeUndefined();
    expect(found('N4', consumer(true, true))).toBeUndefined();
  });
  it('is a record in hand of a process that did not die', () => {
    expect(found('N4', consumer(false, false))).toBe('a');
  });
  it('is not the one record that a lost request explains, but the second', () => {
    const history = consumer(true, false);
    history.losses = 1;
    expect(found('N4', history)).toBeUndefined();
    history.effects.length = 0;
    expect(found('N4', history)).toBe('b');
  });
  it('is not a record that nobody has committed', () => {
    const history = consumer(true, false);
    history.commits.length = 0;
    expect(found('N4', history)).toBeUndefined();
  });
});

describe('N4 needless-loss of a job', () => {
  it('is what is missing though nothing got lost', () => {
    expect(found('N4', sent(sent(job('a'), 'a'), 'b'))).toBe('b');
  });
  it('is not what has been tried when something got lost', () => {
    const history = sent(sent(job('a'), 'a'), 'b');
    history.losses = 1;
    expect(found('N4', history)).toBeUndefined();
  });
  it('is what has never been tried', () => {
    const history = sent(job('a'), 'a');
    history.losses = 1;
    expect(found('N4', history)).toBe('b');
  });
});

describe('A1 lost-append of a job', () => {
  it('is what is not in the log when the job has come to its end', () => {
    expect(found('A1', job('a'))).toBe('b');
  });
  it('is nothing when all is there', () => {
    expect(found('A1', job('b', 'a'))).toBeUndefined();
  });
  it('is what only an aborted transaction has put there (FET-4)', () => {
    const history = job('a', 'b');
    history.finalCommitted.set('readings-0', [{ offset: 0, record: 'a' }]);
    expect(found('A1', history)).toBe('b');
  });
  it('is nothing while the job waits, goes round, or ends with errors', () => {
    const waiting = job('a');
    waiting.isStartPending = true;
    expect(found('A1', waiting)).toBeUndefined();
    expect(found('A1', job('a'), { stuck: 'endless-loop' })).toBeUndefined();
    expect(found('A1', job('a'), { hasGivenUp: true })).toBeUndefined();
  });
});

describe('L1 and N1 of a job', () => {
  it('L1 is a job that waits for something that never comes, with records left to send', () => {
    const history = job('a');
    expect(found('L1', history)).toBeUndefined();
    history.isStartPending = true;
    expect(found('L1', history)).toBe('b');
  });
  it('N1 is a job of whose records none is in the log', () => {
    expect(found('N1', job('x'))).toBeNull();
    expect(found('N1', job('a'))).toBeUndefined();
  });
});

describe('the ledger of a job', () => {
  it('counts each record in the logs and marks the missing and the doubled', () => {
    const rows = ledgerOf(job('a', 'a'), ['A1', 'A3']);
    expect(rows.map(({ record, appended, bad }) => [record, appended, bad])).toEqual([
      ['a', 2, 'appended'],
      ['b', 0, 'appended'],
    ]);
    expect(ledgerOf(job('a', 'b'), ['A1', 'A3']).map(({ bad }) => bad)).toEqual([null, null]);
  });
  it('does not count what was aborted', () => {
    const history = job('a', 'b');
    history.finalCommitted.set('readings-0', [{ offset: 0, record: 'a' }]);
    expect(ledgerOf(history, ['A1']).map(({ appended, bad }) => [appended, bad])).toEqual([
      [1, null],
      [0, 'appended'],
    ]);
  });
});
