import * as React from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { Verdict } from '../../../src/components/verdict/Verdict';
import type { LabWords } from '../../../src/grader/lab';
import type { GradeResult } from '../../../src/grader/verdict';
import inconclusive from '../../fixtures/ui/inconclusive.json';
import lostRecord from '../../fixtures/ui/lost-record.json';
import pass from '../../fixtures/ui/pass.json';
import syntaxError from '../../fixtures/ui/syntax-error.json';

const locale = vi.hoisted(() => ({ current: 'en' }));
vi.mock('@docusaurus/useDocusaurusContext', () => ({ default: () => ({ i18n: { currentLocale: locale.current } }) }));
vi.mock('@theme/CodeBlock', () => ({ default: () => null }));
vi.mock('@course/labs', () => ({ labs: {} }));

// The test runner compiles JSX to calls of a global React; the site's bundler brings its own.
vi.stubGlobal('React', React);

const words: LabWords = {
  record: 'order {record}',
  effect: 'order {record} is shipped',
  effectColumn: 'shipped',
  headlines: { A7: 'Order {record} was never shipped', pass: 'Every order is shipped' },
};

function render(result: unknown, language: 'en' | 'ru' = 'en'): string {
  locale.current = language;
  const html = renderToString(
    React.createElement(Verdict, {
      result: result as GradeResult,
      words,
      code: 'one\ntwo',
      file: 'consumer.ts',
      onLine: () => {},
      onGoToLine: () => {},
    }),
  );
  return html.replaceAll('<!-- -->', '');
}

describe('the verdict on the page', () => {
  test('says what failed, with how many faults, and why', () => {
    const html = render(lostRecord);
    expect(html).toContain('lost-record · found with one fault');
    expect(html).toContain('Order 2 was never shipped');
    expect(html).toContain('214 of 1,306 executions');
    expect(html).toContain('0 · never');
  });

  test('keeps the order: headline, story, why, timeline, ledger, counts, replay', () => {
    const html = render(lostRecord);
    const order = [
      '<h3>',
      'What happened',
      '>Why<',
      '>Timeline<',
      '>Ledger<',
      'Is it only this one?',
      'Seen, allowed here',
      '>Console<',
      '>Replay<',
    ];
    const places = order.map((part) => html.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('is an ordered list with one stop for the keyboard', () => {
    const html = render(lostRecord);
    const rows = html.slice(html.indexOf('aria-label="Events of this execution'));
    expect(rows).toContain('<li');
    expect(rows.slice(0, rows.indexOf('</ol>')).match(/tabindex="0"/g)).toHaveLength(1);
  });

  test('of a pass tells what was explored and seen', () => {
    const html = render(pass);
    expect(html).toContain('passed · every execution with up to 2 faults');
    expect(html).toContain('The hardest execution it survived');
    expect(html).toContain('What was tried');
    expect(html).not.toContain('Is it only this one?');
    expect(html).toContain('What was looked for');
  });

  test('that is inconclusive says what to do', () => {
    const html = render(inconclusive);
    expect(html).toContain('nothing-consumed · inconclusive');
    expect(html).toContain('What to do');
  });

  test('of a program that cannot be read leads to the line', () => {
    const html = render(syntaxError);
    expect(html).toContain('could not be judged · <code lang="en">syntax-error</code>');
    expect(html).toContain('The program does not compile');
    expect(html).toContain('Go to line 14');
    expect(html).toContain('line 14:9');
    expect(html.split('Unexpected token')).toHaveLength(2);
  });

  test('of a program that asks for what labs do not have is no failure', () => {
    const lacking = structuredClone(lostRecord) as unknown as GradeResult;
    const { verdict } = lacking;
    const html = render({
      ...lacking,
      verdict: {
        ...verdict,
        status: 'inconclusive',
        diagnosis: { kind: 'unavailable', message: 'MERGE is not available in labs: use INSERT … ON CONFLICT' },
        anomalies: verdict.anomalies.map((finding) => ({ ...finding, failing: false })),
      },
    });
    expect(html).toContain('could not be judged · <code lang="en">unavailable</code>');
    for (const part of ['Seen, allowed here', 'Is it only this one?', 'What was looked for', 'found with'])
      expect(html).not.toContain(part);
  });

  test('has the messages of ours in Russian, and no message that only names the kind', () => {
    const stuck = (message: string): unknown => ({
      ...syntaxError,
      verdict: { ...syntaxError.verdict, diagnosis: { kind: 'never-settles', message } },
    });
    const html = render(stuck('a promise that the program waits for is never settled'), 'ru');
    expect(html).toContain('<code>программа ждёт промис, который никто не завершит</code>');
    expect(render(stuck('never-settles'))).not.toContain('<code>never-settles</code>');
  });

  test('speaks Russian with Russian plurals', () => {
    const html = render(lostRecord, 'ru');
    expect(html).toContain('Потерянная запись · хватило одного сбоя · <code lang="en">lost-record</code>');
    expect(html).toContain('96 исполнений с 1 сбоем');
  });

  test('shows what a program prints as text', () => {
    const hostile = structuredClone(lostRecord);
    const line = hostile.recording.events.find((event) => event.kind === 'console') as { text?: string } | undefined;
    if (line === undefined) throw new Error('the fixture prints nothing');
    line.text = '<img src=x onerror=alert(1)>';
    expect(render(hostile)).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});
