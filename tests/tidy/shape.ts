/** Sizes, names, and `any`. */
import path from 'node:path';
import ts from 'typescript';
import { findingAt, visit, type Finding, type Source } from './source';

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;

/** Files that are one long table; their length says nothing about their difficulty. */
const DATA_TABLES: readonly string[] = [];

const EMPTY_WORDS = ['utils', 'util', 'helpers', 'helper', 'common', 'core', 'misc', 'shared'];

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)+$/;
const PASCAL_COMPONENT = /^[A-Z][A-Za-z0-9]*\.(tsx?|test\.tsx|module\.css)$/;
/** Folders in which a file may be named after the React component that it holds, draws or tests. */
const COMPONENT_FOLDERS = ['src/components/', 'src/theme/', 'tests/unit/components/'];

export function checkFileLength(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const lines = source.text.trimEnd().split('\n').length;
    const isExempt = source.path.endsWith('.d.ts') || DATA_TABLES.includes(source.path);
    if (lines <= FILE_LINES_MAX || isExempt) return [];
    const message = `${lines} lines; at most ${FILE_LINES_MAX}. Give the hard part a file of its own.`;
    return [{ file: source.path, line: FILE_LINES_MAX + 1, message }];
  });
}

export function checkFunctionLength(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const findings: Finding[] = [];
    visit(source, (node) => {
      if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return;
      const lines = linesOf(source, node);
      if (lines <= FUNCTION_LINES_MAX) return;
      const name = node.name?.getText(source.tree) ?? 'a function';
      const message = `${name} has ${lines} lines; at most ${FUNCTION_LINES_MAX}. Name its parts and let it call them.`;
      findings.push(findingAt(source, node, message));
    });
    return findings;
  });
}

function linesOf(source: Source, node: ts.Node): number {
  const first = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line;
  return source.tree.getLineAndCharacterOfPosition(node.end).line - first + 1;
}

export function checkAny(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const findings: Finding[] = [];
    visit(source, (node) => {
      if (node.kind !== ts.SyntaxKind.AnyKeyword) return;
      findings.push(
        findingAt(source, node, '`any` switches checking off. Say what it is, or `unknown` and narrow it.'),
      );
    });
    return findings;
  });
}

export function checkNames(files: readonly string[]): Finding[] {
  return files.flatMap((file) => {
    const name = path.posix.basename(file);
    const mayBeComponent = COMPONENT_FOLDERS.some((folder) => file.startsWith(folder));
    const isRight = name === 'README.md' || KEBAB.test(name) || (mayBeComponent && PASCAL_COMPONENT.test(name));
    if (isRight) return [];
    return [{ file, line: 1, message: 'File names are kebab-case; only a React component is named in PascalCase.' }];
  });
}

export function checkFolders(files: readonly string[]): Finding[] {
  return files.flatMap((file) => {
    const empty = path.posix
      .dirname(file)
      .split('/')
      .find((folder) => EMPTY_WORDS.includes(folder));
    if (empty === undefined) return [];
    return [{ file, line: 1, message: `A folder called "${empty}" says nothing. Name it after what it holds.` }];
  });
}
