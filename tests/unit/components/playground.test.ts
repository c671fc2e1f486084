/** Words and buttons of the playground: nothing without a name in either language, no button that cannot be carried out. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  actionLabel,
  brokerFaults,
  clientFaults,
  groupFaults,
  livingClients,
  networkFaults,
  partitionFaults,
  withAction,
} from '../../../src/components/playground/faults-at';
import { settingWords } from '../../../src/components/playground/setting-words';
import { en } from '../../../src/components/playground/strings.en';
import { ru } from '../../../src/components/playground/strings.ru';
import { play } from '../../../src/course/playground/play';
import { PRESET_IDS, PRESETS } from '../../../src/course/playground/presets';
import { SETTINGS, type Section } from '../../../src/course/playground/settings';
import type { Snapshot } from '../../../src/course/playground/snapshot';
import { isAction, type PlaygroundState } from '../../../src/course/playground/state';

// Strings count with the page's formats, which ask for the page's language elsewhere.
vi.mock('@docusaurus/useDocusaurusContext', () => ({ default: () => ({ i18n: { currentLocale: 'en' } }) }));

const ROOT = path.resolve(import.meta.dirname, '../../..');
const REFERENCES = ['docs', 'i18n/ru/docusaurus-plugin-content-docs/current'].map((folder) =>
  readFileSync(path.join(ROOT, folder, 'reference/settings.mdx'), 'utf8'),
);
const sections = Object.keys(SETTINGS) as Section[];

/** Every button that the page would show. */
function buttonsOf({ brokers, partitions, groups, clients }: Snapshot): readonly string[] {
  return [
    ...brokers.flatMap((broker) => brokerFaults(broker, en)),
    ...partitions.flatMap((partition) => partitionFaults(partition, brokers, en)),
    ...groups.flatMap((group) => groupFaults(group, brokers, en)),
    ...livingClients(clients).flatMap((client) => [
      ...clientFaults(client, en),
      ...networkFaults(client, brokers, true, en),
    ]),
  ].map(({ does }) => does);
}

describe('settings', () => {
  it.each(sections)('of a %s have words in both languages, and a place in the reference', (section) => {
    for (const { id, name, anchor } of SETTINGS[section]) {
      for (const locale of ['en', 'ru'] as const) {
        const { label, help } = settingWords(locale, section, id);
        expect(help.length, id).toBeGreaterThan(10);
        // What Kafka names is called as Kafka calls it.
        expect(label === undefined, id).toBe(name !== null);
      }
      if (anchor !== null) for (const text of REFERENCES) expect(text).toContain(`{/* #${anchor} */}`);
    }
  });
});

describe('strings', () => {
  it('are there in both languages, and none is left in English', () => {
    const flat = (value: unknown, at: string): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) => flat(inner, `${at}.${key}`))
        : [at];
    expect(flat(ru, '')).toEqual(flat(en, ''));
    expect(flat(ru.presets, '').length).toBe(PRESET_IDS.length * 2);
  });
});

describe('buttons', () => {
  it.each(PRESET_IDS)(
    'of %s are actions, have names, and can be carried out',
    async (id) => {
      const state = PRESETS[id];
      const { snapshot } = await play(state);
      for (const does of buttonsOf(snapshot)) {
        expect([does, isAction(does)]).toEqual([does, true]);
        for (const strings of [en, ru]) expect(actionLabel(does, strings)).not.toContain(does);
        const run = await play(withAction(state, snapshot.now, does).state);
        expect([does, run.failure]).toEqual([does, null]);
      }
    },
    60_000,
  );

  it('an action in the past takes later ones out, and says how many', () => {
    const state: PlaygroundState = PRESETS['acks-1'];
    const { state: next, dropped } = withAction(state, 1000, 'kill 3');
    expect(dropped).toBe(2);
    expect(next.actions).toEqual([state.actions[0], { at: 1000, does: 'kill 3' }]);
    expect(next.until).toBe(1000);
  });
});
