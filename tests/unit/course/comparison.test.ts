/** What the lesson `three-guarantees` says of the guarantees is so in the model, and is measured as it says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import consumerLab from '../../../labs/at-most-once-consumer/lab';
import producerLab from '../../../labs/at-most-once-producer/lab';
import { measure, type Measurement } from '../../../plugins/comparison/measure';
import { COMPARED, YARDSTICKS } from '../../../plugins/comparison/rows';
import type { LabDefinition } from '../../../src/course/define-lab';
import { gradeInProcess, replayInProcess } from '../../fixtures/grade-in-process';

const LABS: readonly LabDefinition[] = [consumerLab, producerLab];

function measured(row: string): Measurement {
  const { lab: id, version } = COMPARED.find((program) => program.row === row)!;
  const lab = LABS.find((known) => known.id === id)!;
  const source = readFileSync(path.join(__dirname, '../../../labs', id, `${version}.ts`), 'utf8');
  return measure(gradeInProcess(lab, source).verdict, replayInProcess(lab, source, 'v0:-'), YARDSTICKS[id]!);
}

describe('the comparison of guarantees', () => {
  it.each(['consumer-at-most-once', 'producer-at-most-once'])('%s loses and never repeats', (row) => {
    const { lost, repeated, executions } = measured(row);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(executions);
    expect(repeated).toBe(0);
  });

  it.each(['consumer-at-least-once', 'producer-at-least-once'])('%s repeats and never loses', (row) => {
    const { lost, repeated } = measured(row);
    expect(lost).toBe(0);
    expect(repeated).toBeGreaterThan(0);
  });

  it.each(['consumer-exactly-once', 'producer-idempotent'])('%s does neither', (row) => {
    expect(measured(row)).toMatchObject({ lost: 0, repeated: 0 });
  });

  it('counts one more round trip a record for the barrier of CLI-51', () => {
    const barrier = measured('consumer-at-most-once').msPerRecord - measured('consumer-at-least-once').msPerRecord;
    expect(barrier).toBe(2);
  });

  it('has a yardstick for each lab, and says which run has too few records', () => {
    for (const { lab } of COMPARED) expect(YARDSTICKS).toHaveProperty(lab);
    const recording = replayInProcess(
      producerLab,
      `import { readings } from './readings'; console.log(readings.length);`,
      'v0:-',
    );
    const { verdict } = gradeInProcess(producerLab, 'await 1;');
    expect(() => measure(verdict, recording, YARDSTICKS['at-most-once-producer']!)).toThrow('v0:-: 0 events "append"');
  });
});
