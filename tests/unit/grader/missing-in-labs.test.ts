/** What labs do not have is said plainly, and is not taken for a mistake of the program. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import balance from '../../../labs/account-balance/lab';
import lab from '../../../labs/at-least-once-consumer/lab';
import { notSupported } from '../../../src/database/sql/sql-error';
import { diagnosisVerdict } from '../../../src/grader/judge';
import { renderVerdict } from '../../../src/grader/texts';
import { missingAdvice, missingThing } from '../../../src/grader/texts/missing.ru';
import { readUnavailable } from '../../../src/simulation/unavailable';
import { gradeInProcess } from '../../fixtures/grade-in-process';

const starter = readFileSync(path.join(__dirname, '../../../labs', lab.id, 'starter.ts'), 'utf8');

/** The starter, with a statement at the beginning of its handler. */
function withStatement(statement: string, imports = ''): string {
  return `${imports}${starter.replace(/(eachMessage: async \(.*\) => \{\n)/, `$1    ${statement}\n`)}`;
}

describe('a program that asks for what labs do not have', () => {
  it.each([
    ['void crypto.subtle;', '', 'crypto.subtle'],
    ["new Intl.NumberFormat('en');", '', 'Intl'],
  ])('is told so in the headline: %s', (statement, imports, what) => {
    const { verdict } = gradeInProcess(lab, withStatement(statement, imports), { faults: 1 });
    expect(verdict.headline).toMatchObject({ id: 'diagnosis.unavailable', params: { what } });
    expect(verdict.diagnosis?.kind).toBe('unavailable');
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.explored.failing).toBe(0);
    expect(verdict.anomalies.length).toBeGreaterThan(0);
    expect(verdict.anomalies.filter(({ failing }) => failing)).toEqual([]);
    const text = renderVerdict(verdict, null, 'en', lab.words.en);
    expect(text).toMatch(new RegExp(`^could not be judged\nLabs do not support ${what}\n`));
    expect(renderVerdict(verdict, null, 'ru', lab.words.ru)).toContain(`В лабораторных этого нет: ${what}`);
  });

  it('and goes on without it is judged like any other', () => {
    const careful = withStatement("try { new Intl.NumberFormat('en'); } catch { /* do without */ }");
    const { verdict } = gradeInProcess(lab, careful, { faults: 1 });
    expect(verdict.headline.id).toBe('headline.A7');
    expect(verdict.diagnosis).toBeNull();
  });

  it('only once a fault has struck is told so as well', () => {
    const source = readFileSync(
      path.join(__dirname, '../../../labs/account-balance/alternatives/refuse-the-second.ts'),
      'utf8',
    );
    const merging = source.replace(
      /( *)\/\/ 23505: .*\n.*\n/,
      "$1await client.query('ROLLBACK');\n$1await client.query('MERGE INTO inbox USING inbox i ON false WHEN MATCHED THEN DELETE');\n",
    );
    expect(merging).toContain('MERGE');
    const { verdict } = gradeInProcess(balance, merging, { faults: 1 });
    expect([verdict.status, verdict.headline.id]).toEqual(['inconclusive', 'diagnosis.unavailable']);
    expect(verdict.shown?.executionCode).toContain('@');
    expect(verdict.anomalies.filter(({ failing }) => failing)).toEqual([]);
  });

  it('but is stuck for a reason of its own after a fault fails', () => {
    const source = readFileSync(
      path.join(__dirname, '../../../labs/account-balance/alternatives/refuse-the-second.ts'),
      'utf8',
    );
    const failing = source
      .replace(/ *\/\/ 23505: .*\n.*\n/, '    throw error;\n')
      .replace('await consumer.connect();', "try { new Intl.NumberFormat('en'); } catch { /* do without */ }\n$&");
    const { verdict } = gradeInProcess(balance, failing, { faults: 1 });
    expect([verdict.status, verdict.headline.id]).toEqual(['fail', 'headline.L1']);
  });

  it('is not judged when it asks for a module at run time', () => {
    const source = withStatement("require('axios');");
    const { verdict } = gradeInProcess(lab, source.replace(/^const \{ KAFKA/m, "const axios = require('axios');\n$&"), {
      faults: 1,
    });
    expect([verdict.status, verdict.headline.id]).toEqual(['inconclusive', 'diagnosis.missing-module']);
    expect(verdict.anomalies.filter(({ failing }) => failing)).toEqual([]);
    expect(renderVerdict(verdict, null, 'en', lab.words.en)).toMatch(
      /^could not be judged\nAn import leads nowhere, line \d+\n/,
    );
  });

  it('is recognised by what the database says, too', () => {
    const { message } = notSupported('UPDATE inside WITH', 'send it as a statement of its own');
    expect(readUnavailable(`error: ${message}`)).toEqual({
      what: 'UPDATE inside WITH',
      instead: 'send it as a statement of its own',
    });
  });

  it('is told so in Russian, with what to do instead', () => {
    const { verdict } = gradeInProcess(lab, withStatement("new Intl.NumberFormat('en');"), { faults: 1 });
    const text = renderVerdict(verdict, null, 'ru', lab.words.ru);
    expect(text).toContain('и этого нет. Пояснение: это зависит от машины.');
    const headlineOf = (what: string): string =>
      renderVerdict(
        { ...verdict, headline: { id: 'diagnosis.unavailable', params: { what } } },
        null,
        'ru',
        lab.words.ru,
      );
    expect(headlineOf('INSERT inside WITH')).toContain('В лабораторных этого нет: INSERT внутри WITH\n');
    expect(headlineOf('the function unnest()')).toContain('В лабораторных этого нет: функция unnest()\n');
    expect(headlineOf('LOCK TABLE in SHARE mode')).toContain('В лабораторных этого нет: LOCK TABLE в режиме SHARE\n');
  });

  it('has Russian words for all that the sources say, advice and things', () => {
    const folders = ['src/database/sql', 'src/database/client', 'src/runner/environment'];
    const texts = folders.flatMap((folder) => {
      const at = path.join(__dirname, '../../..', folder);
      return readdirSync(at).map((file) => readFileSync(path.join(at, file), 'utf8'));
    });
    const refusals = texts.join('\n').match(/(?:notSupported|unavailableMessage)\(\s*[^;]*?\);?\n/g) ?? [];
    const strings = refusals.map((call) =>
      [...call.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map((match) => match[1] ?? match[2]!),
    );
    const advice = strings
      .map((parts) => parts.at(-1))
      .filter((text) => text !== undefined && /[a-z] [a-z]/.test(text));
    expect(advice.length).toBeGreaterThan(15);
    for (const text of advice) expect(missingAdvice(text!), text).not.toBeNull();
    const things = strings.filter((parts) => parts.length === 2).map(([what]) => what!);
    for (const what of things.filter((text) => /^(?:an?|the|this) /.test(text)))
      expect(missingThing(what), what).toMatch(/[а-я]/);
  });

  it('is not confused with an error of its own', () => {
    expect(readUnavailable('TypeError: x is not a function')).toBeNull();
    const { verdict } = gradeInProcess(lab, withStatement("throw new Error('no stock');"), { faults: 1 });
    expect(verdict.diagnosis?.kind).not.toBe('unavailable');
  });
});

describe('a file that does not compile', () => {
  const diagnosis = { kind: 'syntax-error', message: 'Unexpected token', line: 3, column: 7 } as const;
  const { verdict } = diagnosisVerdict(lab, diagnosis, { modelHash: '', engineVersion: '' });

  it.each([
    ['en', 'could not be judged', 'The program does not compile', 'line 3:7: Unexpected token'],
    ['ru', 'проверить не удалось', 'Программа не компилируется', 'строка 3:7: Unexpected token'],
  ] as const)('says so, where, and what the compiler says, once (%s)', (locale, kicker, headline, place) => {
    const text = renderVerdict(verdict, null, locale, lab.words[locale]);
    expect(text.split('\n').slice(0, 2)).toEqual([kicker, headline]);
    expect(text).toContain(place);
    expect(text.split('Unexpected token')).toHaveLength(2);
    expect(text).not.toMatch(/crash-out|падает/);
  });
});
