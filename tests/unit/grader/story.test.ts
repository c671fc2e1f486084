/** Which events a verdict tells of. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import balances from '../../../labs/account-balance/lab';
import lab from '../../../labs/at-least-once-producer/lab';
import { storyOf as tell } from '../../../src/grader/story';
import { renderText } from '../../../src/grader/texts';
import { gradeInProcess, replayInProcess } from '../../fixtures/grade-in-process';

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

describe('the story of balances', () => {
  const storyAt = (version: string, execution: string, record: string): readonly string[] => {
    const source = readFileSync(path.join(__dirname, '../../../labs/account-balance', `${version}.ts`), 'utf8');
    const recording = replayInProcess(balances, source, execution);
    return tell(recording, record, false).map(({ text }) => renderText(text, 'en', balances.words.en));
  };

  it('tells of the queued commit that has died with its process (CLI-51)', () => {
    const story = storyAt('attempts/clean-the-inbox', 'v0:crash@query#10.after~commit#2', '2');
    const queued = story.findIndex((text) => /commit is queued in the client: 2$/.test(text));
    expect(story[queued + 1]).toMatch(/crashes/);
    expect(story[queued + 2]).toMatch(/goes on at the committed offset 1/);
  });

  it('tells that an effect has been overwritten', () => {
    const story = storyAt('attempts/read-add-write', 'v0:pause@query#2', '3');
    expect(story.join('\n')).toMatch(/payment 3 is in the balance\n[^]*payment 3 is undone by UPDATE accounts SET …/i);
  });
});
