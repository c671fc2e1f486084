/** What outlives a process, and what could reach the host, in the Node host. The page's: `tests/e2e/hostile.spec.ts`. */
import { describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/runner/node/host';
import { CRAWLER, SMUGGLERS, STACK_READER } from './smugglers';

const host = createNodeHost();

describe('no program passes by way of', () => {
  it.each(Object.entries(SMUGGLERS))('%s', async (_name, source) => {
    const { verdict } = await host.grade({ lab: 'at-least-once-consumer', source });
    expect(verdict.status).toBe('fail');
  });

  it('what a stack tells', async () => {
    const { verdict } = await host.grade({ lab: 'commit-the-next-offset', source: STACK_READER });
    expect(verdict.status).toBe('fail');
  });
});

describe('one life of a program', () => {
  it('leaves no mark on anything that the next one can reach', async () => {
    const recording = await host.replay({ lab: 'at-least-once-consumer', source: CRAWLER, executionCode: 'v0:-' });
    const lines = recording.events.flatMap((event) => (event.kind === 'console' ? [event.text.trim()] : []));
    expect(lines.filter((line) => line.startsWith('SHARED'))).toEqual(['SHARED 0', 'SHARED 0']);
  });
});
