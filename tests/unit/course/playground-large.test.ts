/** A run that is too much for a page is cut, at the same place always, and lets the page live meanwhile. */
import { describe, expect, it } from 'vitest';
import { exportScenario, play, SCRIPT_NAME } from '../../../src/course/playground/play';
import { PRESETS } from '../../../src/course/playground/presets';
import { BOUNDS } from '../../../src/course/playground/slices';
import { UNTIL_MAX_MS, type PlaygroundState } from '../../../src/course/playground/state';
import { parseScenario } from '../../../src/scenarios/language/parse-scenario';
import { runScenario } from '../../../src/scenarios/language/run-scenario';
import { ModelDriver } from '../../../src/scenarios/model/driver';

describe('a run that grows too large', () => {
  const { setup } = PRESETS.quiet;
  /** Four members that commit every millisecond, for half an hour. */
  const busy: PlaygroundState = {
    setup: {
      ...setup,
      client: 'J',
      consumers: Array.from({ length: 4 }, () => ({ ...setup.consumers[0], 'auto.commit.interval.ms': '1' })),
    },
    actions: [],
    until: UNTIL_MAX_MS,
  };

  it('is cut at the same place always, and what is told of it is what happened until then', async () => {
    const { cut, snapshot, recording, failure } = await play(busy);
    expect(cut).toBe('bounds');
    expect(failure).toBeNull();
    expect(snapshot.now).toBeLessThan(UNTIL_MAX_MS);
    const again = await play(structuredClone(busy));
    expect(again.recording.traceHash).toBe(recording.traceHash);
    expect(again.snapshot.now).toBe(snapshot.now);
    const shorter = await play({ ...busy, until: 1000 });
    expect(shorter.cut).toBeNull();
    expect(recording.events.slice(0, shorter.recording.events.length)).toEqual(shorter.recording.events);
  });

  it('is cut by what nobody sees as well, exactly at the bound', async () => {
    const { cut, snapshot } = await play(PRESETS.quiet, {}, { events: 100, told: BOUNDS.told });
    const whole = await play(PRESETS.quiet, {}, { events: Infinity, told: Infinity });
    expect([cut, whole.cut]).toEqual(['bounds', null]);
    expect(snapshot.now).toBeLessThan(PRESETS.quiet.until);
  });

  it('is exported as far as it got, and the export passes', async () => {
    const text = await exportScenario(busy);
    const scenario = parseScenario(SCRIPT_NAME, text);
    expect((await runScenario(scenario, 'J', new ModelDriver())).status).toBe('passed');
  }, 60_000);

  it('lets whoever waits look at the clock in between, and stops when told', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = (now: number): void => {
      seen.push(now);
      if (seen.length === 3) stop.abort();
    };
    const { cut, snapshot, failure } = await play(busy, { signal: stop.signal, onProgress });
    expect([cut, failure]).toEqual(['stopped', null]);
    expect(seen).toHaveLength(3);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(snapshot.now).toBe(seen.at(-1));
  });
});

describe('closing a client', () => {
  it('takes no time from what is done after it', async () => {
    const { snapshot, failure } = await play({
      ...PRESETS.quiet,
      actions: [
        { at: 500, does: 'close C1' },
        { at: 500, does: 'kill 3' },
        { at: 900, does: 'start C1' },
      ],
      until: 1500,
    });
    expect(failure).toBeNull();
    expect(snapshot.now).toBe(1500);
  });
});
