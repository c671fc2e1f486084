/** Links to a run: short, whole or refused with a reason, and never taken for what they are not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum, packText } from '../../../src/course/packed-text';
import { formatPlaygroundLink, LINK_LENGTH_MAX, openPlaygroundLink } from '../../../src/course/playground/link';
import { PRESET_IDS, PRESETS } from '../../../src/course/playground/presets';
import { settingsOf, type Section, type Values } from '../../../src/course/playground/settings';
import type { PlaygroundState } from '../../../src/course/playground/state';
import { states } from './playground-states';

describe('a link', () => {
  it('brings any state back', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(openPlaygroundLink(formatPlaygroundLink(state))).toEqual({ ok: true, state });
      }),
    );
  });

  it.each(PRESET_IDS)('to %s is short', (id) => {
    expect(formatPlaygroundLink(PRESETS[id]).length).toBeLessThan(200);
  });

  it('to a full setup with many actions fits into a chat message', () => {
    const full = (section: Section): Values =>
      Object.fromEntries(
        settingsOf(section, 'C').map(({ id, kind }) => [
          id,
          kind.type === 'choice' ? kind.options.at(-1)! : kind.type === 'name' ? 'other-name' : String(kind.min + 17),
        ]),
      );
    const state: PlaygroundState = {
      setup: {
        client: 'C',
        seed: 123_456,
        cluster: full('cluster'),
        topic: full('topic'),
        producers: [full('producer'), full('producer'), full('producer')],
        consumers: [full('consumer'), full('consumer'), full('consumer'), full('consumer')],
      },
      actions: Array.from({ length: 60 }, (_, index) => ({ at: index * 731, does: `kill ${(index % 3) + 1}` })),
      until: 60_000,
    };
    expect(formatPlaygroundLink(state).length).toBeLessThan(LINK_LENGTH_MAX);
  });

  it('that was changed or cut anywhere is damaged, never taken for that of another version', () => {
    const link = formatPlaygroundLink(PRESETS.zombie);
    fc.assert(
      fc.property(fc.integer({ min: 5, max: link.length - 1 }), fc.constantFrom(...'0Az_-.'), (at, letter) => {
        fc.pre(link[at] !== letter);
        expect(openPlaygroundLink(link.slice(0, at) + letter + link.slice(at + 1))).toEqual({
          ok: false,
          problem: 'damaged',
        });
        expect(openPlaygroundLink(link.slice(0, at))).toEqual({ ok: false, problem: 'damaged' });
      }),
    );
  });

  /** As a page of this or another version would write it. */
  const linkTo = (text: string, version = '2'): string => {
    const packed = formatPlaygroundLink(PRESETS.quiet).split('.').at(-1);
    const rest = `${version}.${text === '' ? packed : packText(text, '')}`;
    return `#run=${checksum(rest)}.${rest}`;
  };

  it('of a newer form, or with a setting that is not known yet, says so; what is none of ours is no link', () => {
    const { setup } = PRESETS.quiet;
    const unknown = { ...PRESETS.quiet, setup: { ...setup, topic: { 'cleanup.policy': 'compact' } } };
    expect(openPlaygroundLink(linkTo('', '3'))).toEqual({ ok: false, problem: 'newer' });
    expect(openPlaygroundLink(formatPlaygroundLink(unknown))).toEqual({ ok: false, problem: 'newer' });
    expect(openPlaygroundLink(linkTo('no state at all'))).toEqual({ ok: false, problem: 'damaged' });
    expect(openPlaygroundLink('#lab=first-run')).toBeNull();
  });

  it('that would unpack to more than any state is refused, however small or large it is itself', () => {
    const megabytes = '0'.repeat(20_000_000);
    expect(linkTo(megabytes).length).toBeLessThan(60_000);
    expect(openPlaygroundLink(linkTo(megabytes))).toEqual({ ok: false, problem: 'too-large' });
    const noise = Array.from({ length: 700_000 }, (_, index) => (index * index).toString(36).at(-1)).join('');
    expect(openPlaygroundLink(`#run=aaaa.2.${noise}`)).toEqual({ ok: false, problem: 'too-large' });
  });
});
