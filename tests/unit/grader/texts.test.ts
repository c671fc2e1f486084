import { describe, expect, it } from 'vitest';
import createOrder from '../../../labs/create-order/lab';
import { diagnosisVerdict } from '../../../src/grader/judge';
import { CATALOGUES, diagnosisMessage, renderText, renderVerdict } from '../../../src/grader/texts';
import type { LabWords } from '../../../src/grader/lab';
import type { Diagnosis } from '../../../src/grader/verdict';
import { compileProgram } from '../../../src/runner/compile-program';
import { NOT_RESPONDING, OUT_OF_MEMORY, TOO_LONG } from '../../../src/runner/sandbox-host';

const WORDS: LabWords = {
  record: 'order {record}',
  effect: 'order {record} is shipped',
  headlines: { A7: 'Order {record} was never shipped' },
  effectColumn: 'shipped',
};

describe('the catalogues of sentences', () => {
  it('have the same ids in both languages', () => {
    expect(Object.keys(CATALOGUES.ru).sort()).toEqual(Object.keys(CATALOGUES.en).sort());
  });

  it('say something for every id, also with no parameters at all', () => {
    for (const locale of ['en', 'ru'] as const) {
      for (const [id, sentence] of Object.entries(CATALOGUES[locale])) {
        if (id.startsWith('remedy.') || id === 'event.position') continue;
        expect(sentence({}, WORDS), `${locale} ${id}`).not.toBe('');
      }
    }
  });

  it("use the lab's own words where it has them, and a general sentence where it has not", () => {
    expect(renderText({ id: 'headline.A7', params: { record: '2' } }, 'en', WORDS)).toBe('Order 2 was never shipped');
    expect(renderText({ id: 'headline.A7', params: {} }, 'en', WORDS)).not.toContain('Order');
    expect(renderText({ id: 'headline.A9', params: { record: '2', count: 3 } }, 'en', WORDS)).toContain('3 times');
  });

  it('bend Russian words by their numbers', () => {
    const bound = (executions: number): string =>
      renderText({ id: 'bound.pass', params: { executions, faults: 2, variations: 2 } }, 'ru', WORDS);
    expect(bound(2)).toContain('2 исполнения');
    expect(bound(5)).toContain('5 исполнений');
    expect(bound(21)).toContain('21 исполнение');
  });

  it('name the anomaly of the headline, with its own number of faults, where several fail', () => {
    const diagnosis = { kind: 'syntax-error', message: '' } as const;
    const { verdict } = diagnosisVerdict(createOrder, diagnosis, { modelHash: '', engineVersion: '' });
    const [finding] = verdict.anomalies;
    const two = {
      ...verdict,
      diagnosis: null,
      headline: { id: 'headline.A9', params: { record: '3', count: 2 } },
      anomalies: [
        { ...finding!, id: 'A7', minFaults: 2 },
        { ...finding!, id: 'A9', minFaults: 1 },
      ],
    } as const;
    const text = renderVerdict(two, null, 'en', createOrder.words.en);
    expect(text).toContain('duplicate effect · found with 1 fault\nOrder 3 has 2 rows');
  });

  it('say of a failure without faults that there were none (L1)', () => {
    const why = (faults: number, locale: 'en' | 'ru'): string =>
      renderText({ id: 'why.L1', params: { reason: 'idle', faults } }, locale, WORDS);
    expect([why(0, 'en'), why(0, 'ru')]).toEqual([
      expect.stringMatching(/^No fault has struck, and there was time enough\. /),
      expect.stringMatching(/^Сбоев не было, времени было достаточно\. /),
    ]);
    expect([why(1, 'en'), why(1, 'ru')]).toEqual([
      expect.stringMatching(/^The faults are over/),
      expect.stringMatching(/^Сбоев больше нет/),
    ]);
  });

  it('throw for an id that does not exist', () => {
    expect(() => renderText({ id: 'headline.Z9', params: {} }, 'en', WORDS)).toThrow('headline.Z9');
  });
});

describe('the message of a diagnosis', () => {
  const compiled = (source: string): Diagnosis => {
    const result = compileProgram(source, 'consumer.ts');
    if (result.ok) throw new Error('it compiles');
    return result.diagnosis;
  };
  const OURS: readonly (readonly [string, () => Diagnosis])[] = [
    ['a module that is not there', () => compiled("import fs from 'node:nothing'; fs();")],
    ['the other client', () => compiled("import { Kafka } from 'kafkajs'; new Kafka();")],
    ['an export that is not there', () => compiled("import { nothing } from 'node:crypto'; nothing();")],
    ['import.meta', () => compiled('console.log(import.meta.url);')],
    ['decorators', () => compiled('@odd class A {}')],
    ['await where it cannot stand', () => compiled('function f() { await g(); }')],
    ['a reserved name', () => compiled('const __eo_x = 1;')],
    ['new.target', () => compiled('function F() { return async () => { await 1; return new.target; }; }')],
    ['super(…)', () => compiled('class B extends A { constructor() { (async () => { super(); await 1; })(); } }')],
    ['super =', () => compiled('class B extends A { async m() { await 1; super.x += 1; } }')],
    ['a file too long', () => compiled(`// ${'x'.repeat(2_000_000)}`)],
    ['too deep', () => ({ kind: 'unsupported-syntax', message: 'the program is nested too deeply' })],
    ['no sign of life', () => NOT_RESPONDING],
    ['too long a search', () => TOO_LONG],
    ['no memory', () => OUT_OF_MEMORY],
    ['an exit code', () => ({ kind: 'top-level-throw', message: 'exit code 1' })],
    ['no Error', () => ({ kind: 'thrown-non-error', message: 'non-error: 7' })],
  ];

  it.each(OURS)('is Russian for a Russian reader where it is ours: %s', (_, make) => {
    const diagnosis = make();
    expect(diagnosisMessage(diagnosis, 'en')).toBe(diagnosis.message);
    const russian = diagnosisMessage(diagnosis, 'ru')!;
    expect(russian).toMatch(/[а-яё]/);
    expect(russian).not.toMatch(/available here|Node's own/i);
  });

  it("is the program's own word for word", () => {
    expect(diagnosisMessage({ kind: 'top-level-throw', message: 'TypeError: no' }, 'ru')).toBe('TypeError: no');
  });

  it('is left out where it only names its kind', () => {
    expect(diagnosisMessage({ kind: 'endless-loop', message: 'endless-loop' }, 'ru')).toBeNull();
  });

  it('is Russian in the remedy too', () => {
    const remedy = { id: 'remedy.not-responding', params: { message: NOT_RESPONDING.message } };
    expect(renderText(remedy, 'ru', WORDS)).toMatch(/^За 10 с программа не подала признаков жизни\. /);
  });
});
