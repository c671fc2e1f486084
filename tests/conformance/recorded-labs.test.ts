/**
 * Executions of labs on a real Kafka 4.3.0, recorded by `npm run kafka -- <lab> <file> --plan <code> --json`: the checkers of
 * the model find in what they left what they find in the same execution of the model.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabDefinition } from '../../src/course/define-lab';
import { ANOMALIES } from '../../src/grader/anomalies';
import { parseExecution } from '../../src/grader/plan';
import { runExecution } from '../../src/grader/run-execution';
import { programOf } from '../fixtures/grade-in-process';
import type { RealEvidence } from './labs/evidence';
import { historyOf } from './labs/history';
import { anomaliesOf, forbidden } from './labs/judge';
import { stepOf } from './labs/offsets-log';

interface Recorded {
  readonly lab: string;
  /** Of the lab's folder, without ending. */
  readonly file: string;
  readonly code: string;
  readonly evidence: RealEvidence;
}

const labs = import.meta.glob<{ default: LabDefinition }>('../../labs/*/lab.ts', { eager: true });
const files = import.meta.glob<{ default: Recorded }>('./recorded-labs/*.json', { eager: true });

function labOf(id: string): LabDefinition {
  return labs[`../../labs/${id}/lab.ts`]!.default;
}

function recorded(name: string): Recorded {
  return files[`./recorded-labs/${name}.json`]!.default;
}

function seenIn({ lab: id, code, evidence }: Recorded): { readonly seen: string[]; readonly broken: string[] } {
  const lab = labOf(id);
  const { variation, plan } = parseExecution(code);
  const seen = anomaliesOf(lab, lab.workloads[variation]!, plan, evidence);
  const show = (found: typeof seen): string[] => found.map((one) => `${one.id} ${one.record}`.trim());
  return { seen: show(seen), broken: show(forbidden(lab, seen)) };
}

/** What the lab forbids and the same execution of the model shows. */
function brokenOnTheModel({ lab: id, file, code }: Recorded): string[] {
  const lab = labOf(id);
  const source = readFileSync(path.join(__dirname, '../../labs', id, `${file}.ts`), 'utf8');
  const options = { kinds: [], naive: false };
  const outcome = runExecution({ lab, program: programOf(lab, source), execution: parseExecution(code), options });
  return ANOMALIES.flatMap((anomaly) => {
    const found = lab.anomalies[anomaly.id] === 'forbidden' ? anomaly.check(outcome) : null;
    return found === null ? [] : [`${anomaly.id} ${found.record}`];
  });
}

describe('a recorded execution', () => {
  it.each([
    ['crash-in-a-transaction', 'EOS-1, TXN-5', []],
    ['crash-between-send-and-commit', 'PID-1, CON-8', ['A9 2']],
    ['offset-beside-the-transaction', 'TXC-7', ['A20 2', 'A9 2']],
    ['offset-read-instead-of-next', 'OFS-2', ['A20 3', 'A9 3']],
    ['committed-before-shipped', 'CON-8', ['A7 2']],
    ['acks-0-request-lost', 'ACK-3', ['A1 2']],
  ])('%s (%s) breaks what the model breaks', (name, _rules, broken) => {
    expect(seenIn(recorded(name)).broken).toEqual(broken);
    expect(brokenOnTheModel(recorded(name))).toEqual(broken);
  });

  it('OFS-2: is also judged by its restart without new input', () => {
    expect(seenIn(recorded('offset-read-instead-of-next')).seen).toContain('A15 3');
    expect(seenIn(recorded('crash-in-a-transaction')).seen).toEqual(['A10 2']);
  });

  it('TXN-12: has its transactions told by their markers', () => {
    const { lab, evidence } = recorded('crash-in-a-transaction');
    const history = historyOf(evidence, labOf(lab).workloads[0]!.batches.flat(), labOf(lab).output);
    expect(history.decided.map(({ decision }) => decision)).toEqual(['commit', 'abort', 'commit', 'commit']);
    expect(history.effects.map(({ record }) => record)).toEqual(['1', '2', '3']);
    expect(history.commits.map(({ offset }) => offset)).toEqual([1, 2, 3]);
  });
});

describe('what the checkers conclude from evidence', () => {
  const { evidence } = recorded('crash-in-a-transaction');
  const judged = (change: Partial<RealEvidence>): string[] =>
    seenIn({ ...recorded('crash-in-a-transaction'), evidence: { ...evidence, ...change } }).broken;
  const without = (marker: number): Partial<RealEvidence> => ({
    logs: { ...evidence.logs, 'receipts-0': evidence.logs['receipts-0']!.filter(({ offset }) => offset !== marker) },
  });

  it('FET-5: an open transaction hides what stands behind it', () => {
    expect(judged(without(7))).toEqual(['A7 3', 'A20 3']);
  });
  it('OFS-9: a commit counts with the marker of its transaction only', () => {
    const [steps, ...others] = evidence.offsets;
    expect(judged({ offsets: [steps!.slice(0, -1), ...others] })).toEqual(['A20 3']);
  });
  it('L1 and L2: a program that does not rest, and one that ends by itself over and over', () => {
    expect(judged({ hasRested: false })).toEqual(['L1']);
    expect(judged({ hasRested: false, hasGivenUp: true })).toEqual(['L2']);
  });
});

describe('the log of offsets', () => {
  const bytes = (...parts: readonly (number | string)[]): string =>
    parts
      .map((part) => {
        if (typeof part === 'number') return Buffer.from([part >> 8, part & 255]);
        return Buffer.concat([Buffer.from([part.length >> 8, part.length & 255]), Buffer.from(part)]);
      })
      .map((part) => part.toString('latin1'))
      .join('');
  const record = { offset: 0, producerId: 7, isTransactional: false, marker: null };
  const value = bytes(3, 0, 0, 0, 300, 0);

  it('OFS-1: names group, partition and offset', () => {
    const key = bytes(1, 'g', 'orders', 0, 2);
    const commit = { group: 'g', partition: 'orders-2', offset: 300 };
    expect(stepOf({ ...record, key, value })).toEqual([{ ...commit, producerId: null }]);
    expect(stepOf({ ...record, key, value, isTransactional: true })).toEqual([{ ...commit, producerId: 7 }]);
  });
  it('has records of groups and deletions as well, which are no commits', () => {
    expect(stepOf({ ...record, key: bytes(2, 'g'), value })).toEqual([]);
    expect(stepOf({ ...record, key: bytes(1, 'g', 'orders', 0, 2), value: null })).toEqual([]);
    expect(stepOf({ ...record, key: null, value: null, marker: 'abort' })).toEqual([
      { producerId: 7, marker: 'abort' },
    ]);
  });
});
