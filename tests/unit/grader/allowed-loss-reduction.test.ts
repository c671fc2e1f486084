/**
 * In a lab that allows losing, the reduced search finds what the plain one finds: N4 asks for things that other anomalies
 * do not, and states after a crash must not be merged over them (exploration.md d18).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import atMostOnceConsumer from '../../../labs/at-most-once-consumer/lab';
import atMostOnceProducer from '../../../labs/at-most-once-producer/lab';
import type { LabDefinition } from '../../../src/course/define-lab';
import { gradeInProcess } from '../../fixtures/grade-in-process';

function found(lab: LabDefinition, version: string, faults: number, naive: boolean): string[] {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  const { verdict } = gradeInProcess(lab, source, { faults, naive });
  return [verdict.status, ...verdict.anomalies.map(({ id, minFaults }) => `${id} with ${minFaults}`).sort()];
}

describe('where losing is allowed', () => {
  it.each([
    ['solution', atMostOnceConsumer, 1],
    ['alternatives/each-batch', atMostOnceConsumer, 1],
    ['attempts/show-every-second', atMostOnceConsumer, 2],
    ['attempts/believe-the-commit', atMostOnceConsumer, 1],
    ['attempts/commit-two-ahead', atMostOnceConsumer, 1],
    ['solution', atMostOnceProducer, 2],
    ['attempts/stop-at-the-first-error', atMostOnceProducer, 2],
    ['attempts/cheat-hard-coded', atMostOnceProducer, 1],
  ] as const)('%s', (version, lab, faults) => {
    expect(found(lab, version, faults, false)).toEqual(found(lab, version, faults, true));
  });
});
