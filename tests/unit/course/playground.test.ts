/** The playground's run is a function of its state, and is exported as a scenario that does the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeId, changesBetween, standingOf } from '../../../src/course/playground/changes';
import { outcomeOf } from '../../../src/course/playground/outcome';
import { exportScenario, play, SCRIPT_NAME } from '../../../src/course/playground/play';
import { PRESET_IDS, PRESETS, type PresetId } from '../../../src/course/playground/presets';
import { isPossible, settingsOf } from '../../../src/course/playground/settings';
import { isAction, problemOf, readState, type PlaygroundState } from '../../../src/course/playground/state';
import { parseScenario } from '../../../src/scenarios/language/parse-scenario';
import { runScenario } from '../../../src/scenarios/language/run-scenario';
import { ModelDriver } from '../../../src/scenarios/model/driver';
import { states } from './playground-states';

const outcomeAfter = async (state: PlaygroundState) => outcomeOf((await play(state)).snapshot);

describe('a run', () => {
  it('is the same for the same state, whatever was played before', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        const first = await play(state);
        await play(PRESETS.zombie);
        const second = await play(structuredClone(state));
        expect(second.recording.traceHash).toBe(first.recording.traceHash);
        expect(second.snapshot).toEqual(first.snapshot);
        expect(second.failure).toEqual(first.failure);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('goes on from where a shorter one ends: what happened stays as it was', async () => {
    for (const id of PRESET_IDS) {
      const whole = await play(PRESETS[id]);
      const half = await play({ ...PRESETS[id], until: Math.floor(PRESETS[id].until / 2) });
      const count = half.recording.events.length;
      expect(whole.recording.events.slice(0, count)).toEqual(half.recording.events);
    }
  });

  it('differs with the seed, and only the pauses of programs do', async () => {
    const { quiet } = PRESETS;
    const seeded = { ...quiet, setup: { ...quiet.setup, seed: 7 } };
    const [plain, drawn] = [await play(quiet), await play(seeded)];
    expect(drawn.recording.traceHash).not.toBe(plain.recording.traceHash);
    expect(await outcomeAfter(seeded)).toEqual(await outcomeAfter(quiet));
  });

  it('says which command could not be carried out, and why', async () => {
    const state = { ...PRESETS.quiet, actions: [{ at: 100, does: 'kill P3' }] };
    expect((await play(state)).failure).toEqual({
      command: 'kill P3',
      message: 'there is no client and no process called P3',
    });
  });

  it('names lives of a client in one lane, and a zombie in its own', async () => {
    const crashed = {
      ...PRESETS.quiet,
      actions: [
        { at: 500, does: 'kill P1' },
        { at: 700, does: 'start P1' },
      ],
    };
    const lanes = async (state: PlaygroundState) =>
      (await play(state)).recording.lanes.filter(({ kind }) => kind === 'process').map(({ id }) => id);
    expect(await lanes(crashed)).toEqual(['C1', 'P1']);
    expect(await lanes(PRESETS.zombie)).toEqual(['C1', 'P1', 'P1-2']);
  });
});

describe('what the presets show', () => {
  it('acks-1: confirmed records are gone with their leader (ACK-3)', async () => {
    const { missing, confirmed } = await outcomeAfter(PRESETS['acks-1']);
    expect(confirmed).toBe(8);
    expect(missing).toEqual(['x5', 'x6', 'x7', 'x8']);
  });

  it('acks-1 with acks=all loses nothing that was confirmed (ACK-4)', async () => {
    const { setup, ...rest } = PRESETS['acks-1'];
    expect((await outcomeAfter({ ...rest, setup: { ...setup, producers: [{}] } })).missing).toEqual([]);
  });

  it('min-isr: writes are refused until a second replica is back (ACK-5)', async () => {
    const { recording } = await play(PRESETS['min-isr']);
    const errors = recording.events.flatMap((event) => (event.kind === 'console' ? [event.text] : []));
    expect(errors).toEqual(['x7: ERR__MSG_TIMED_OUT', 'x8: ERR__MSG_TIMED_OUT']);
    expect((await outcomeAfter(PRESETS['min-isr'])).missing).toEqual([]);
  });

  it('zombie: it is fenced, and its open transaction was aborted (TXN-4)', async () => {
    const { recording } = await play(PRESETS.zombie);
    expect(recording.events.some((event) => event.kind === 'console' && event.text.includes('FENCED'))).toBe(true);
    expect(await outcomeAfter(PRESETS.zombie)).toMatchObject({ confirmed: 6, stored: 6, repeated: [] });
  });

  it('read-committed: one group gets what was committed, the other everything (FET-4)', async () => {
    const { groups } = await outcomeAfter(PRESETS['read-committed']);
    expect(groups.map(({ group, processed, aborted }) => [group, processed, aborted])).toEqual([
      ['committed', 4, []],
      ['uncommitted', 8, ['x3', 'x4', 'x7', 'x8']],
    ]);
  });

  it('rebalance: what was not committed is processed again (OFS-1)', async () => {
    const { groups } = await outcomeAfter(PRESETS.rebalance);
    expect(groups[0]).toMatchObject({ processed: 12, again: ['x2', 'x4', 'x6'], skipped: [] });
  });

  it('lost-answer: a retry stores the record twice (PID-1)', async () => {
    expect((await outcomeAfter(PRESETS['lost-answer'])).repeated).toEqual(['x4']);
  });

  it('pipeline: a record is processed again, and its result is there once (TXN-1, EOS-1)', async () => {
    const { groups, results } = await outcomeAfter(PRESETS.pipeline);
    expect(groups[0]).toMatchObject({ processed: 6, again: ['x4'], skipped: [] });
    expect(results).toMatchObject({ stored: 6, repeated: [], missing: [] });
    const { setup } = PRESETS.pipeline;
    const consumers = setup.consumers.map((values) => ({ ...values, results: 'plain' }));
    const plain = await outcomeAfter({ ...PRESETS.pipeline, setup: { ...setup, consumers } });
    expect(plain.results?.repeated.length).toBeGreaterThan(0);
  });

  it.each(PRESET_IDS)('%s can be played and read', (id) => {
    expect(problemOf(PRESETS[id].setup)).toBeNull();
    expect(readState(structuredClone(PRESETS[id]))).toEqual(PRESETS[id]);
  });
});

describe('an export', () => {
  /** The outcome of the exported text, as the runner of scenarios sees it. */
  async function playedBack(id: PresetId) {
    const text = await exportScenario(PRESETS[id]);
    const scenario = parseScenario(SCRIPT_NAME, text);
    return { text, outcome: await runScenario(scenario, PRESETS[id].setup.client, new ModelDriver()) };
  }

  it.each(PRESET_IDS)('%s is a scenario that passes and prints what the page showed', async (id) => {
    const { text, outcome } = await playedBack(id);
    expect(outcome.status).toBe('passed');
    const { snapshot } = await play(PRESETS[id]);
    for (const { name, processed, kind } of snapshot.clients)
      if (kind === 'consumer') expect(text).toContain(`processed ${name}\n----\n${processed.join(' ') || 'nothing'}\n`);
    for (const { name, isr } of snapshot.partitions) expect(text).toContain(`isr ${name}\n----\n${isr.join(' ')}\n`);
  });

  it('of any state can be read by the runner, with the same result twice', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        if (problemOf(state.setup) !== null || (await play(state)).failure !== null) return;
        const text = await exportScenario(state);
        const scenario = parseScenario(SCRIPT_NAME, text);
        const { status } = await runScenario(scenario, state.setup.client, new ModelDriver());
        // A query may find nobody to ask, for ever: then the export says so by lacking its result.
        if (!/\n----\n(\n|$)/.test(text)) expect(status).toBe('passed');
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe('what cannot be', () => {
  const { setup } = PRESETS.quiet;

  it.each([
    ['more copies than brokers', { cluster: { brokers: '1' } }, 'replication'],
    ['transactions without an id', { producers: [{ transaction: '2' }] }, 'tid-missing'],
    ['an id without transactions', { producers: [{ 'transactional.id': 'x' }] }, 'transaction-missing'],
    ['a number out of bounds', { topic: { partitions: '9' } }, 'value'],
  ])('%s is named', (_what, change, kind) => {
    expect(problemOf({ ...setup, ...change })).toMatchObject({ kind });
  });

  it.each([
    ['another command', [{ at: 1, does: 'advance 5s' }]],
    ['a second command behind the first', [{ at: 1, does: 'kill 1\nkill 2' }]],
    [
      'actions out of order',
      [
        { at: 5, does: 'kill 1' },
        { at: 1, does: 'kill 2' },
      ],
    ],
    ['a time that is none', [{ at: 1.5, does: 'kill 1' }]],
  ])('a state with %s is no state', (_what, actions) => {
    expect(readState({ setup, actions, until: 10 })).toBeNull();
  });

  it('a state with a setting that is not known is no state', () => {
    expect(
      readState({ setup: { ...setup, topic: { 'cleanup.policy': 'compact' } }, actions: [], until: 0 }),
    ).toBeNull();
  });

  it('actions are commands of the language', () => {
    expect(isAction('stop coordinator(g)')).toBe(true);
    expect(isAction('topic x')).toBe(false);
  });
});

describe('settings', () => {
  it('refuse times with which no broker starts, and play the shortest that are left (ISR-3)', async () => {
    const { setup } = PRESETS.zombie;
    const withLag = (lag: string): PlaygroundState => ({
      ...PRESETS.zombie,
      setup: { ...setup, cluster: { ...setup.cluster, 'replica.lag.time.max.ms': lag } },
    });
    for (const lag of ['0', '1']) expect(readState(withLag(lag))).toBeNull();
    expect((await play(withLag('2'))).failure).toBeNull();
  });

  it.each(['cluster', 'topic', 'producer', 'consumer'] as const)('of a %s have possible defaults', (section) => {
    for (const client of ['C', 'J'] as const)
      for (const setting of settingsOf(section, client))
        expect([setting.id, isPossible(setting, setting.defaults[client])]).toEqual([setting.id, true]);
  });
});

describe('what a step changes', () => {
  const at = async (state: PlaygroundState, until: number) => (await play({ ...state, until })).snapshot;

  it('is a copy of the record here, its confirmation there, and nothing for no time', async () => {
    const changed = changesBetween(await at(PRESETS.quiet, 0), await at(PRESETS.quiet, 10));
    expect(changed).toContain(changeId.cell('orders/0', 1, 0));
    expect(changed).not.toContain(changeId.broker(1));
    const killed = { ...PRESETS.quiet, actions: [{ at: 100, does: 'kill 3' }] };
    expect([...changesBetween(await at(killed, 99), await at(killed, 101))]).toEqual([changeId.broker(3)]);
    expect(changesBetween(await at(PRESETS.quiet, 50), await at(PRESETS.quiet, 50)).size).toBe(0);
  });
});

describe('cells of a copy', () => {
  it('are readable when the leader lets them be read, however far behind the copy’s own watermark is (REP-2, FET-2)', async () => {
    const { partitions } = (await play({ ...PRESETS.quiet, actions: [{ at: 2000, does: 'kill 3' }], until: 2500 }))
      .snapshot;
    const [partition] = partitions;
    for (const replica of partition!.replicas)
      expect(replica.cells.map((cell) => standingOf(partition!, replica, cell))).toEqual(
        replica.cells.map(() => 'readable'),
      );
  });

  it('that the leader does not have diverge from it (EPO-1, REP-9)', async () => {
    const [partition] = (await play(PRESETS['acks-1'])).snapshot.partitions;
    const old = partition!.replicas.find(({ broker }) => broker === 1)!;
    expect(partition!.leader).toBe(2);
    expect(old.cells.map((cell) => [cell.value, standingOf(partition!, old, cell)])).toEqual([
      ...['x1', 'x2', 'x3', 'x4'].map((value) => [value, 'readable']),
      ...['x5', 'x6', 'x7', 'x8'].map((value) => [value, 'diverging']),
    ]);
  });

  it('are unseen below min.insync.replicas, though the leader has them (ISR-6)', async () => {
    const state = { ...PRESETS['min-isr'], until: 12_000 };
    const { setup } = state;
    const written = { ...state, setup: { ...setup, producers: [{ ...setup.producers[0], acks: '1' }] } };
    const { stored, readable } = await outcomeAfter(written);
    expect(readable.committed).toBe(readable.uncommitted);
    expect(readable.uncommitted).toBeLessThan(stored);
  });
});

describe('what readers get', () => {
  it('differs by isolation level while a transaction is open (FET-1)', async () => {
    const state = { ...PRESETS['read-committed'], until: 1100 };
    const { readable } = await outcomeAfter(state);
    expect(readable.committed).toBeLessThan(readable.uncommitted);
  });
});
