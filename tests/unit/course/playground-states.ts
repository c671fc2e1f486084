/** Any state of the playground whose run is short, for property tests. */
import fc from 'fast-check';
import { settingsOf, type Client, type Section, type Values } from '../../../src/course/playground/settings';
import type { Action, PlaygroundState, Setup } from '../../../src/course/playground/state';

/** Values within their bounds, small enough for a run to be short. */
function valuesOf(section: Section, client: Client): fc.Arbitrary<Values> {
  const settings = settingsOf(section, client).filter(({ id }) => id !== 'brokers');
  const entries = settings.map(({ id, kind }) => {
    const value =
      kind.type === 'choice'
        ? fc.constantFrom(...kind.options)
        : kind.type === 'name'
          ? fc.constantFrom('g', 'h2')
          : fc.integer({ min: kind.min, max: Math.min(kind.max, kind.min + 4000) }).map(String);
    return fc.option(value, { nil: undefined, freq: 2 }).map((chosen) => [id, chosen] as const);
  });
  return fc
    .tuple(...entries)
    .map((chosen) => Object.fromEntries(chosen.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]]))));
}

const setups: fc.Arbitrary<Setup> = fc.constantFrom<Client>('C', 'J').chain((client) =>
  fc.record({
    client: fc.constant(client),
    seed: fc.nat(999),
    cluster: valuesOf('cluster', client),
    topic: valuesOf('topic', client),
    producers: fc.array(valuesOf('producer', client), { maxLength: 3 }),
    consumers: fc.array(valuesOf('consumer', client), { maxLength: 4 }),
  }),
);

const deeds = fc.constantFrom(
  'kill 1',
  'restart 1',
  'pause 2',
  'resume 2',
  'stop leader(orders/0)',
  'elect orders/0',
  'kill P1',
  'start P1',
  'pause C1',
  'resume C1',
  'drop-request P1 Produce',
  'delay-request P1 Produce',
  'cut C1 1',
  'cut P1 2',
  'heal P1 2',
  'drop-response C1 OffsetCommit by=swallow',
);

export const states: fc.Arbitrary<PlaygroundState> = fc.record({
  setup: setups,
  actions: fc
    .array(fc.record({ at: fc.nat(8000), does: deeds }), { maxLength: 6 })
    .map((actions): readonly Action[] => [...actions].sort((a, b) => a.at - b.at)),
  until: fc.nat(10_000),
});
