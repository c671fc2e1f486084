/** The project as the tidy rules see it: files with their text, TypeScript ones parsed. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Source {
  /** From the project's folder, with slashes: `src/kafka/errors.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export interface Finding {
  readonly file: string;
  readonly line: number;
  /** What is wrong and what to do instead. */
  readonly message: string;
}

const SKIPPED = new Set(['node_modules', 'build', '.docusaurus', '.cache', 'test-results', 'playwright-report']);

/** Paths of all files under the folder, sorted, with slashes. */
export function listFiles(root: string, folder: string): string[] {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries
    .filter((entry) => !SKIPPED.has(entry.name))
    .flatMap((entry) => {
      const file = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFiles(root, file) : [file];
    })
    .sort();
}

export function readSource(root: string, file: string): Source {
  return parse(file, readFileSync(path.join(root, file), 'utf8'));
}

/** A file out of its path and text; the samples that test the rules are made with it. */
export function parse(file: string, text: string): Source {
  return { path: file, text, tree: ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true) };
}

export function findingAt(source: Source, node: ts.Node, message: string): Finding {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  return { file: source.path, line: line + 1, message };
}

/** Calls the visitor for every node, outer ones first. */
export function visit(source: Source, visitor: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visitor(node);
    ts.forEachChild(node, walk);
  };
  walk(source.tree);
}

export function isTypeScript(file: string): boolean {
  return /\.tsx?$/.test(file);
}

export function format(findings: readonly Finding[]): string[] {
  return findings.map(({ file, line, message }) => `${file}:${line}  ${message}`);
}
