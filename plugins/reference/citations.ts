/** Ids of rules in a file: in comments, with the declaration that each belongs to, and in the titles of tests. */
import ts from 'typescript';
import { visit, type Source } from '../../tests/tidy/source';
import { RULE_FAMILIES } from './rule-list';

export interface Place {
  readonly file: string;
  /** A function, class, member or constant, or the title of a test; null for the file as a whole. */
  readonly name: string | null;
}

type Citation = Place & { readonly rule: string };

const FAMILIES = RULE_FAMILIES.map(({ id }) => id).join('|');
const CITED = new RegExp(`\\b(${FAMILIES})-(\\d+)[a-z]?((?:/\\d+)*)(?:(?:\\.\\.| … (?:\\1-)?)(\\d+))?`, 'g');

/** Rules that a text names; `CLI-2/3` is two, `TXN-7..9` and `TXN-7 … TXN-9` are three. */
export function rulesIn(text: string): string[] {
  return [...text.matchAll(CITED)].flatMap(([, family, first, more, last]) => {
    const numbers = [first!, ...(more ?? '').split('/').slice(1)].map(Number);
    for (let next = numbers.at(-1)! + 1; last !== undefined && next <= Number(last); next += 1) numbers.push(next);
    return numbers.map((number) => `${family}-${number}`);
  });
}

/** Comments of the file that name rules, each with what it stands at. */
export function citationsIn({ path: file, text, tree }: Source): Citation[] {
  const comments = commentsOf(text, tree);
  return comments.flatMap(({ pos, end }) => {
    const rules = rulesIn(text.slice(pos, end));
    if (rules.length === 0) return [];
    const name = declarationAt(tree, pos, end);
    return rules.map((rule) => ({ rule, file, name }));
  });
}

/** Titles of tests that name rules: of `it` and `describe`, also behind `.each(…)`. */
export function titlesIn(source: Source): Citation[] {
  const found: Citation[] = [];
  visit(source, (node) => {
    if (!ts.isCallExpression(node) || !/^(it|test|describe)\b/.test(node.expression.getText(source.tree))) return;
    const [title] = node.arguments;
    if (title === undefined || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return;
    const name = ts.isStringLiteralLike(title) ? title.text : title.getText(source.tree).slice(1, -1);
    for (const rule of rulesIn(name)) found.push({ rule, file: source.path, name });
  });
  return found;
}

/** Every comment once, also those inside of functions. */
function commentsOf(text: string, tree: ts.SourceFile): ts.TextRange[] {
  const found = new Map<number, ts.TextRange>();
  const look = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? []) found.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(text, node.getEnd()) ?? []) found.set(range.pos, range);
    for (const child of node.getChildren(tree)) if (!ts.isJSDoc(child)) look(child);
  };
  look(tree);
  return [...found.values()];
}

/** The innermost named declaration whose text, comments before it included, holds the range. */
function declarationAt(tree: ts.SourceFile, pos: number, end: number): string | null {
  const names: string[] = [];
  const look = (node: ts.Node): void => {
    if (node.getFullStart() > pos || node.getEnd() < end) return;
    const name = nameOf(node);
    if (name !== null) names.push(name);
    ts.forEachChild(node, look);
  };
  look(tree);
  return names.length === 0 ? null : names.slice(0, 2).join('.');
}

function nameOf(node: ts.Node): string | null {
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessor(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node);
  if (isNamed) return node.name?.getText() ?? null;
  const isConstant = ts.isVariableStatement(node) && ts.isSourceFile(node.parent);
  return isConstant ? (node.declarationList.declarations[0]?.name.getText() ?? null) : null;
}
