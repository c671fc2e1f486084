import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decodeCode, encodeCode } from '../../../src/course/lab-code';
import { formatLabLink, LINK_LENGTH_MAX, parseLabLink } from '../../../src/course/lab-link';

const starter = readFileSync('labs/at-least-once-consumer/starter.ts', 'utf8');
const link = { lab: 'first-run', isFull: false, execution: null, step: null, code: null };

describe('a link to a lab', () => {
  test('says again what was said', () => {
    const anything = fc.record({
      lab: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/),
      isFull: fc.boolean(),
      execution: fc.option(fc.string({ minLength: 1 })),
      step: fc.option(fc.nat()),
      code: fc.option(fc.stringMatching(/^[\w.-]+$/)),
    });
    fc.assert(
      fc.property(anything, (one) => {
        expect(parseLabLink(formatLabLink(one))).toEqual(one);
      }),
    );
  });

  test('keeps execution codes readable', () => {
    const execution = 'v0:crash@effect#2.before';
    expect(formatLabLink({ ...link, execution })).toBe('#lab=first-run&execution=v0:crash@effect%232.before');
  });

  test('is not every fragment', () => {
    expect(parseLabLink('')).toBeNull();
    expect(parseLabLink('#the-next-one')).toBeNull();
    expect(parseLabLink('#lab=a&step=-1')?.step).toBeNull();
    expect(parseLabLink('#lab=a&step=x')?.step).toBeNull();
  });
});

describe('code in a link', () => {
  test('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (code, dictionary) => {
        expect(decodeCode(encodeCode(code, dictionary), dictionary)).toEqual({ ok: true, code });
      }),
    );
  });

  test.each(['solution', 'alternatives/each-batch', 'alternatives/shipping-class'])(
    'fits into a message: %s',
    (version) => {
      const code = encodeCode(readFileSync(`labs/at-least-once-consumer/${version}.ts`, 'utf8'), starter);
      expect(formatLabLink({ ...link, execution: 'v0:crash@effect#2.before', step: 17, code }).length).toBeLessThan(
        LINK_LENGTH_MAX - 200,
      );
    },
  );

  test('says what is wrong with it', () => {
    const code = encodeCode('something else', starter);
    expect(decodeCode(`2${code.slice(1)}`, starter)).toEqual({ ok: false, problem: 'newer-format' });
    expect(decodeCode(code, `${starter} `)).toEqual({ ok: false, problem: 'other-starter' });
    expect(decodeCode(code.slice(0, -2), starter)).toEqual({ ok: false, problem: 'damaged' });
    expect(decodeCode('nonsense', starter)).toEqual({ ok: false, problem: 'damaged' });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(decodeCode(text, starter).ok).toBe(false);
      }),
    );
  });

  test('never unpacks to more than a program', () => {
    const bomb = encodeCode('0'.repeat(5_000_000), starter);
    expect(decodeCode(bomb, starter)).toEqual({ ok: false, problem: 'damaged' });
    expect(decodeCode(`${bomb.split('.').slice(0, 3).join('.')}.${'A'.repeat(700_000)}`, starter).ok).toBe(false);
  });
});
