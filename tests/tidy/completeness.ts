/** What has to come in pairs or sets: languages, and the files of a lab. */
import ts from 'typescript';
import { INPUT_MODULES } from '../../src/grader/lab';
import { findingAt, visit, type Finding, type Source } from './source';

const RUSSIAN_LESSONS = 'i18n/ru/docusaurus-plugin-content-docs/current/';

export function checkLessonLanguages(files: readonly string[]): Finding[] {
  const known = new Set(files);
  return files.flatMap((file) => {
    if (!file.endsWith('.mdx')) return [];
    const counterpart = file.startsWith('docs/')
      ? file.replace('docs/', RUSSIAN_LESSONS)
      : file.startsWith(RUSSIAN_LESSONS)
        ? file.replace(RUSSIAN_LESSONS, 'docs/')
        : file;
    if (known.has(counterpart)) return [];
    return [{ file, line: 1, message: `The lesson is missing in the other language. Write ${counterpart}.` }];
  });
}

/** Every sentence of the interface by id, in both directions: none untranslated, none left over. */
export function checkTranslations(
  sources: readonly Source[],
  codeJson: { readonly file: string; readonly ids: readonly string[] },
): Finding[] {
  const translated = new Set(codeJson.ids);
  const used = new Set<string>();
  const findings: Finding[] = [];
  for (const source of sources) {
    visit(source, (node) => {
      const id = translationId(node);
      if (id === null) return;
      used.add(id);
      if (!translated.has(id))
        findings.push(findingAt(source, node, `"${id}" has no Russian. Add it to ${codeJson.file}.`));
    });
  }
  const leftOver = codeJson.ids.filter((id) => !id.startsWith('theme.') && !used.has(id));
  return [
    ...findings,
    ...leftOver.map((id) => ({ file: codeJson.file, line: 1, message: `"${id}" is used nowhere. Remove it.` })),
  ];
}

/** The id of `<Translate id="…">` or `translate({ id: '…' })`. */
function translationId(node: ts.Node): string | null {
  const isElement = ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node);
  if (isElement && node.tagName.getText() === 'Translate') {
    const id = node.attributes.properties.find((property) => property.name?.getText() === 'id');
    return id !== undefined &&
      ts.isJsxAttribute(id) &&
      id.initializer !== undefined &&
      ts.isStringLiteral(id.initializer)
      ? id.initializer.text
      : null;
  }
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'translate') return null;
  const [argument] = node.arguments;
  if (argument === undefined || !ts.isObjectLiteralExpression(argument)) return null;
  const id = argument.properties.find((property) => property.name?.getText() === 'id');
  return id !== undefined && ts.isPropertyAssignment(id) && ts.isStringLiteral(id.initializer)
    ? id.initializer.text
    : null;
}

const LAB_FILES: Readonly<Record<string, string>> = {
  'lab.ts': 'the lab itself: export default defineLab({ … })',
  'starter.ts': 'the program that the learner starts from',
  'solution.ts': 'a right answer',
  'text.en.mdx': 'the task in English',
  'text.ru.mdx': 'the task in Russian',
  'hints.ts': 'hints by anomaly and the explanation of the solution, in both languages',
  'design.md': 'objectives, what is out of scope, rule ids',
};

const LAB_FOLDERS: Readonly<Record<string, string>> = {
  'alternatives/': 'other right answers',
  'attempts/': 'wrong answers, named after the mistake',
};

export function checkLabFolders(files: readonly string[]): Finding[] {
  const labs = new Map<string, string[]>();
  for (const file of files) {
    const [top, id, ...rest] = file.split('/');
    if (top !== 'labs' || rest.length === 0) continue;
    labs.set(id, [...(labs.get(id) ?? []), rest.join('/')]);
  }
  return [...labs].flatMap(([id, contents]) => [...missingInLab(id, contents), ...unknownInLab(id, contents)]);
}

function missingInLab(id: string, contents: readonly string[]): Finding[] {
  const missingFiles = Object.entries(LAB_FILES).filter(([name]) => !contents.includes(name));
  const missingFolders = Object.entries(LAB_FOLDERS).filter(
    ([folder]) => !contents.some((file) => file.startsWith(folder) && file.endsWith('.ts')),
  );
  return [...missingFiles, ...missingFolders].map(([name, what]) => ({
    file: `labs/${id}/${name}`,
    line: 1,
    message: `is missing or empty. It holds ${what}.`,
  }));
}

/** The module that lies beside a producer's program. */
function isInputModule(file: string): boolean {
  return INPUT_MODULES.some((name) => file === `${name}.ts`);
}

function unknownInLab(id: string, contents: readonly string[]): Finding[] {
  return contents
    .filter(
      (file) => !(file in LAB_FILES) && !isInputModule(file) && !/^(alternatives|attempts)\/[a-z0-9-]+\.ts$/.test(file),
    )
    .map((file) => ({
      file: `labs/${id}/${file}`,
      line: 1,
      message: `does not belong to a lab. A lab holds ${[...Object.keys(LAB_FILES), ...Object.keys(LAB_FOLDERS)].join(', ')}.`,
    }));
}
