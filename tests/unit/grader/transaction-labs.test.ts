/**
 * Labs with transactions: what refusals come to, that the reductions hide nothing, and that the ghosts of transactions and
 * zombies are there in executions of the model.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import abortAndGoOn from '../../../labs/abort-and-go-on/lab';
import pipeline from '../../../labs/exactly-once-pipeline/lab';
import type { LabDefinition } from '../../../src/course/define-lab';
import { parseExecution } from '../../../src/grader/plan';
import { runExecution, type ExecutionOutcome } from '../../../src/grader/run-execution';
import type { Recording } from '../../../src/simulation/trace';
import { gradeInProcess, programOf, replayInProcess } from '../../fixtures/grade-in-process';

function sourceOf(lab: LabDefinition, version: string): string {
  return readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
}

function replay(lab: LabDefinition, version: string, code: string): Recording {
  return replayInProcess(lab, sourceOf(lab, version), code);
}

function run(lab: LabDefinition, version: string, code: string): ExecutionOutcome {
  const program = programOf(lab, sourceOf(lab, version));
  return runExecution({ lab, program, execution: parseExecution(code), options: { kinds: [], naive: false } });
}

/** What brokers say to produce requests, in order. */
function produceAnswers({ events }: Recording): readonly (number | string)[] {
  return events.flatMap((event) => (event.kind === 'answer' && event.label === 'produce' ? [event.status] : []));
}

function count({ events }: Recording, kind: Recording['events'][number]['kind']): number {
  return events.filter((event) => event.kind === kind).length;
}

describe('send-error', () => {
  it('ACK-1, TXC-2, CLI-48: nothing is stored, the transaction is aborted, and the next one fails too', () => {
    const recording = replay(abortAndGoOn, 'solution', 'v0:send-error@produce#1');
    expect(produceAnswers(recording)[0]).toBe('MESSAGE_TOO_LARGE');
    expect(count(recording, 'transaction-abort')).toBe(2);
    expect(recording.ledger.map(({ appended }) => appended)).toEqual([1, 1, 1]);
    expect(recording.ledger.map(({ effects }) => effects)).toEqual([1, 1, 1]);
  });
  it('TXC-6: an abort does not take the consumer back', () => {
    const recording = replay(abortAndGoOn, 'starter', 'v0:send-error@produce#1');
    expect(recording.ledger[0]).toMatchObject({ effects: 0, committed: true, bad: 'effects' });
  });
});

describe('abortable-error', () => {
  it('TXC-5, CLI-47: the offsets are refused, and the producer lives on', () => {
    const recording = replay(abortAndGoOn, 'solution', 'v0:abortable-error@txn-offsets#1');
    const refused = recording.events.find((event) => event.kind === 'commit-refused');
    expect(refused).toMatchObject({ error: 'GROUP_AUTHORIZATION_FAILED', offset: 1 });
    expect(count(recording, 'transaction-abort')).toBe(1);
    expect(count(recording, 'process-exit')).toBe(0);
    expect(recording.ledger.map(({ effects }) => effects)).toEqual([1, 1, 1]);
  });
});

describe('the reduced search and the plain one', () => {
  const findings = (lab: LabDefinition, version: string, naive: boolean): readonly string[] => {
    const { verdict } = gradeInProcess(lab, sourceOf(lab, version), { faults: 1, naive });
    const seen = verdict.anomalies.filter(({ rule }) => rule !== 'allowed');
    return [verdict.status, ...seen.map(({ id, minFaults }) => `${id} with ${minFaults}`).sort()];
  };
  const programs = ['starter', 'solution', 'alternatives/each-message', 'attempts/fall-back', 'attempts/step-over'];
  it.each(programs)('find the same in abort-and-go-on %s', (version) => {
    expect(findings(abortAndGoOn, version, false)).toEqual(findings(abortAndGoOn, version, true));
  });
  it.each(['starter', 'solution', 'alternatives/unique-id', 'attempts/two-transactions', 'attempts/never-give-up'])(
    'find the same in exactly-once-pipeline %s',
    (version) => {
      expect(findings(pipeline, version, false)).toEqual(findings(pipeline, version, true));
    },
  );
});

describe('ghosts of an execution', () => {
  it('TXN-11: decisions, in their order, and the commits that they carried', () => {
    const { history } = run(pipeline, 'solution', 'v0:-');
    expect(history.decided).toEqual(history.transactions);
    expect(history.decided.map(({ asked, decision, outcome }) => [asked, decision, outcome])).toEqual(
      Array(3).fill(['commit', 'commit', 'ok']),
    );
    expect(history.commits.map(({ offset, transaction }) => [offset, history.decided.indexOf(transaction!)])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ]);
  });
  it('TXN-5: the successor of a crashed process has its transaction aborted', () => {
    const { history } = run(pipeline, 'solution', 'v0:crash@txn-offsets#1.after');
    expect(history.transactions[0]).toMatchObject({ asked: null, decision: 'abort', incarnation: 1 });
    expect(history.transactions[1]!.producerEpoch).toBeGreaterThan(history.transactions[0]!.producerEpoch!);
    expect(history.effects.map(({ record }) => record)).toEqual(['1', '2', '3']);
  });
  it('TXN-14: a transaction that nobody ends is waited for until its time-out', () => {
    const { history, stuck } = run(pipeline, 'alternatives/unique-id', 'v0:crash@produce#1.after');
    expect(history.transactions[0]!.decision).toBe('abort');
    expect(stuck).toBeNull();
    expect(history.finalCommitted.get('receipts-0')!.map(({ record }) => record)).toEqual(['1', '2', '3']);
  });
  it('GRP-9: a zombie that writes without a transaction is known by who owns the partition', () => {
    const { history } = run(pipeline, 'starter', 'v0:pause@produce#2');
    // It has the third order in its buffer, too.
    const late = history.sends.filter(({ isZombie }) => isZombie);
    expect(late.map(({ record, incarnation }) => [record, incarnation])).toEqual(['2', '3'].map((id) => [id, 1]));
    const effects = history.effects.filter(({ isZombie }) => isZombie);
    expect(effects.map(({ record, incarnation }) => [record, incarnation])).toEqual(['2', '3'].map((id) => [id, 1]));
    expect(history.effects).toHaveLength(5);
  });
  it('TXN-16: a zombie with a transaction writes nothing, fenced by epoch or by generation', () => {
    for (const version of ['solution', 'alternatives/unique-id']) {
      const { history } = run(pipeline, version, 'v0:pause@txn-offsets#2');
      expect(history.effects.map(({ record }) => record).sort()).toEqual(['1', '2', '3']);
      expect(history.effects.some(({ isZombie }) => isZombie)).toBe(false);
      expect(history.commits.some(({ isZombie }) => isZombie)).toBe(false);
    }
  });
});

describe('L1 of a consumer that pauses for good after an abort', () => {
  const source = sourceOf(abortAndGoOn, 'alternatives/seek-back').replace(
    'consumer.seek(',
    'consumer.pause([{ topic }]); consumer.seek(',
  );

  it('is said with one fault: that the idle restart repairs it is nothing to rely on', () => {
    const { verdict } = gradeInProcess(abortAndGoOn, source, { faults: 1 });
    const stuck = verdict.anomalies.find(({ id }) => id === 'L1');
    expect(stuck).toMatchObject({ failing: true, minFaults: 1 });
    expect(verdict.why[0]?.params).toMatchObject({ reason: 'until-restart' });
  });

  it('is the same in the plain search', () => {
    const findings = (naive: boolean): unknown =>
      gradeInProcess(abortAndGoOn, source, { faults: 1, naive })
        .verdict.anomalies.map(({ id, minFaults }) => `${id}/${minFaults}`)
        .sort();
    expect(findings(false)).toEqual(findings(true));
  });
});
