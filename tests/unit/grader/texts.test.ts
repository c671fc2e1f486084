import { describe, expect, it } from 'vitest';
import createOrder from '../../../labs/create-order/lab';
import { diagnosisVerdict } from '../../../src/grader/judge';
import { CATALOGUES, renderText, renderVerdict } from '../../../src/grader/texts';
import type { LabWords } from '../../../src/grader/lab';

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

  it('throw for an id that does not exist', () => {
    expect(() => renderText({ id: 'headline.Z9', params: {} }, 'en', WORDS)).toThrow('headline.Z9');
  });
});
