/**
 * The rules that hold the code in shape. Each is checked twice: against a sample that breaks it, because a rule that
 * cannot fail is no rule, and against the project.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkLabFolders, checkLessonLanguages, checkTranslations } from './tidy/completeness';
import { checkDeterminism } from './tidy/determinism';
import { checkCycles, checkImports } from './tidy/imports';
import { checkAny, checkFileLength, checkFolders, checkFunctionLength, checkNames } from './tidy/shape';
import { format, isTypeScript, listFiles, parse, readSource, type Finding } from './tidy/source';

const root = path.resolve(import.meta.dirname, '..');
const filesOf = (...folders: readonly string[]): string[] =>
  folders.filter((folder) => existsSync(path.join(root, folder))).flatMap((folder) => listFiles(root, folder));
const sources = filesOf('src')
  .filter(isTypeScript)
  .map((file) => readSource(root, file));
const testSources = filesOf('tests')
  .filter((file) => isTypeScript(file) && !file.startsWith('tests/fixtures/'))
  .map((file) => readSource(root, file));

const CODE_JSON = 'i18n/ru/code.json';
const translatedIds = Object.keys(JSON.parse(readFileSync(path.join(root, CODE_JSON), 'utf8')) as object);

function messagesOf(findings: readonly Finding[]): string {
  return format(findings).join('\n');
}

describe('imports go inwards', () => {
  it.each([
    ['a ring may not import an outer one', 'src/simulation/a.ts', "import { x } from '../kafka/errors';"],
    ['rings of the same depth do not know each other', 'src/kafka/a.ts', "import { x } from '../services/http';"],
    ['a type is an import too', 'src/kafka/a.ts', "import type { X } from '../grader/lab';"],
    ['so is a type in place', 'src/kafka/a.ts', "type X = import('../grader/lab').Lab;"],
    ['so is an export', 'src/grader/a.ts', "export { x } from '../runner/api';"],
    [
      'anomalies judge histories, not the cluster',
      'src/grader/anomalies/a.ts',
      "import { x } from '../../kafka/errors';",
    ],
    ['the grader knows no package', 'src/grader/a.ts', "import { x } from 'node:fs';"],
    ['the runner knows no page', 'src/runner/a.ts', "import { x } from 'react';"],
    ['an alias does not hide it', 'src/course/a.ts', "import { x } from '@site/src/components/lab';"],
    ['nobody imports tests', 'src/components/a.tsx', "import { x } from '../../tests/tidy/source';"],
  ])('%s', (_rule, file, text) => {
    expect(checkImports([parse(file, text)])).toHaveLength(1);
  });

  it('allows what the table allows', () => {
    const allowed = [
      parse('src/kafka/a.ts', "import { x } from '../simulation/world'; import { y } from './errors';"),
      parse('src/grader/anomalies/a.ts', "import type { X } from '../verdict';"),
      parse('src/runner/a.ts', "import { transform } from 'sucrase'; import { x } from '../grader/explore';"),
      parse('src/components/A.tsx', "import { useState } from 'react'; import { labs } from '@course/labs';"),
    ];
    expect(messagesOf(checkImports(allowed))).toBe('');
  });

  it('holds in the project', () => {
    expect(messagesOf(checkImports(sources))).toBe('');
  });
});

describe('no import cycles', () => {
  const circle = (keyword: string) => [
    parse('src/kafka/a.ts', "import { b } from './b';"),
    parse('src/kafka/b.ts', "import { c } from './c';"),
    parse('src/kafka/c.ts', `${keyword} { a } from './a';`),
  ];

  it('names the files of a circle, once', () => {
    const findings = checkCycles(circle('import'));
    expect(findings).toHaveLength(1);
    expect(findings[0].message).toContain('src/kafka/a.ts → src/kafka/b.ts → src/kafka/c.ts → src/kafka/a.ts');
  });

  it('does not mind types', () => {
    expect(checkCycles(circle('import type'))).toEqual([]);
  });

  it('holds in the project', () => {
    expect(messagesOf(checkCycles(sources))).toBe('');
  });
});

describe('rings 1 to 3 are deterministic', () => {
  it.each([
    ['Date.now()', 'clock'],
    ['new Date()', 'clock'],
    ['Math.random()', 'chooser'],
    ['setTimeout(f, 1)', 'event queue'],
    ['queueMicrotask(f)', 'event queue'],
    ['performance.now()', 'clock'],
    ['crypto.randomUUID()', 'chooser'],
    ['process.env.HOME', 'argument'],
    ['new Promise(f)', 'SimPromise'],
    ['Promise.resolve(1)', 'SimPromise'],
    ['async () => 1', 'Task'],
    ['{ Promise }', 'SimPromise'],
  ])('%s is refused, and the message names the replacement', (expression, replacement) => {
    const findings = checkDeterminism([parse('src/grader/a.ts', `export const x = (${expression});`)]);
    expect(findings).toHaveLength(1);
    expect(findings[0].message).toContain(replacement);
  });

  it('refuses await', () => {
    expect(checkDeterminism([parse('src/kafka/a.ts', 'export const x = await y;')])).toHaveLength(1);
  });

  it.each([
    ['a date of a given moment', 'export const x = new Date(5);'],
    ['a variable of that name', 'export function f(process: P) { return process.name; }'],
    ['a member of that name', 'export const x = world.setTimeout(1); export const y = { crypto: 1 };'],
    ['a type', 'export type X = Promise<string>;'],
  ])('allows %s', (_what, text) => {
    expect(messagesOf(checkDeterminism([parse('src/simulation/a.ts', text)]))).toBe('');
  });

  it('leaves outer rings alone', () => {
    expect(checkDeterminism([parse('src/runner/a.ts', 'export const x = Date.now();')])).toEqual([]);
  });

  it('holds in the project', () => {
    expect(messagesOf(checkDeterminism(sources))).toBe('');
  });
});

describe('sizes', () => {
  it('refuses a file that is too long', () => {
    expect(checkFileLength([parse('src/a.ts', '\n'.repeat(400) + 'x')])).toHaveLength(1);
    expect(checkFileLength([parse('src/a.ts', '\n'.repeat(399) + 'x\n')])).toEqual([]);
    expect(checkFileLength([parse('src/a.d.ts', '\n'.repeat(400) + 'x')])).toEqual([]);
  });

  it('refuses a function that is too long, whatever its form', () => {
    const body = '\n'.repeat(70);
    const long = `function f() {${body}}\nconst g = () => {${body}};\nclass C { m() {${body}} }`;
    expect(checkFunctionLength([parse('src/a.ts', long)])).toHaveLength(3);
    expect(checkFunctionLength([parse('src/a.ts', `function f() {${'\n'.repeat(69)}}`)])).toEqual([]);
  });

  it('hold in the project', () => {
    expect(messagesOf(checkFileLength([...sources, ...testSources]))).toBe('');
    expect(messagesOf(checkFunctionLength(sources))).toBe('');
  });
});

describe('names', () => {
  it('refuses other spellings, and PascalCase outside components', () => {
    expect(checkNames(['src/kafka/HighWatermark.ts', 'src/kafka/high_watermark.ts'])).toHaveLength(2);
    expect(checkNames(['src/kafka/high-watermark.ts', 'src/components/lab/RunButton.tsx', 'a/b.module.css'])).toEqual(
      [],
    );
  });

  it('refuses folders that say nothing', () => {
    expect(checkFolders(['src/kafka/utils/a.ts', 'src/core/a.ts'])).toHaveLength(2);
  });

  it('hold in the project', () => {
    const files = filesOf('src', 'tests', 'scripts', 'plugins', 'labs', 'docs');
    expect(messagesOf([...checkNames(files), ...checkFolders(files)])).toBe('');
  });
});

describe('no any', () => {
  it('refuses it in a type and in an assertion', () => {
    expect(checkAny([parse('src/a.ts', 'export const x: any[] = y as any;')])).toHaveLength(2);
  });

  it('holds in the project', () => {
    expect(messagesOf(checkAny([...sources, ...testSources]))).toBe('');
  });
});

describe('both languages', () => {
  it('refuses a lesson that lacks the other language', () => {
    const russian = 'i18n/ru/docusaurus-plugin-content-docs/current';
    expect(checkLessonLanguages(['docs/a.mdx', `${russian}/b.mdx`])).toHaveLength(2);
    expect(checkLessonLanguages(['docs/a.mdx', `${russian}/a.mdx`])).toEqual([]);
  });

  it('refuses a sentence without Russian, and a Russian one without use', () => {
    const page = parse(
      'src/a.tsx',
      'const a = <Translate id="one">1</Translate>; const b = translate({ id: \'two\' });',
    );
    const findings = checkTranslations([page], { file: CODE_JSON, ids: ['one', 'three', 'theme.x'] });
    expect(findings.map(({ message }) => message.split(' ')[0])).toEqual(['"two"', '"three"']);
  });

  it('are there in the project', () => {
    expect(messagesOf(checkLessonLanguages(filesOf('docs', 'i18n')))).toBe('');
    expect(messagesOf(checkTranslations(sources, { file: CODE_JSON, ids: translatedIds }))).toBe('');
  });
});

describe('a lab is a folder', () => {
  const complete = [
    'lab.ts',
    'starter.ts',
    'solution.ts',
    'text.en.mdx',
    'text.ru.mdx',
    'hints.ts',
    'design.md',
  ].concat('alternatives/other.ts', 'attempts/mistake.ts');
  const inLab = (names: readonly string[]) => names.map((name) => `labs/a/${name}`);

  it('refuses one in which something is missing', () => {
    expect(checkLabFolders(inLab(complete))).toEqual([]);
    for (const left of complete) {
      expect(checkLabFolders(inLab(complete.filter((name) => name !== left)))).toHaveLength(1);
    }
  });

  it('refuses files that do not belong to it', () => {
    expect(checkLabFolders(inLab([...complete, 'notes.txt', 'attempts/deep/a.ts']))).toHaveLength(2);
  });

  it('holds in the project', () => {
    expect(messagesOf(checkLabFolders(filesOf('labs')))).toBe('');
  });
});
