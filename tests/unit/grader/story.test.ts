/** Which events a verdict tells of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import lab from '../../../labs/at-least-once-producer/lab';
import { gradeInProcess } from '../../fixtures/grade-in-process';

function storyOf(version: string): readonly string[] {
  const source = readFileSync(path.join(__dirname, '../../../labs', lab.id, `${version}.ts`), 'utf8');
  const { verdict } = gradeInProcess(lab, source, { faults: 1 });
  return verdict.story.map(({ text }) => `${text.id} ${text.params['code'] ?? ''}`.trim());
}

describe('the story of a job', () => {
  it('that has left a record out ends with its exit: code 0 says that all is sent', () => {
    expect(storyOf('attempts/stop-quietly').at(-1)).toBe('event.process-exit 0');
  });

  it('that has sent everything does not tell of its good end', () => {
    expect(storyOf('solution')).not.toContain('event.process-exit 0');
  });
});
