/**
 * What rings 1 to 3 may not call: an execution is a function of its program, lab, workload and plan, so time, chance
 * and the order of jobs come from the world and from nowhere else.
 */
import ts from 'typescript';
import { findingAt, visit, type Finding, type Source } from './source';

const PURE_FOLDERS = ['src/simulation/', 'src/kafka/', 'src/database/', 'src/services/', 'src/grader/'];

const CLOCK = "the world's clock (virtual time)";
const QUEUE = "the world's event queue";
const CHOOSER = "the world's chooser";
const ARGUMENT = 'an argument from the runner';

/** Members of globals that are themselves harmless. */
const BANNED_MEMBERS: Readonly<Record<string, string>> = {
  'Date.now': CLOCK,
  'Math.random': CHOOSER,
};

/** Globals that are banned altogether, with their replacement. */
const BANNED_GLOBALS: Readonly<Record<string, string>> = {
  setTimeout: QUEUE,
  setInterval: QUEUE,
  setImmediate: QUEUE,
  queueMicrotask: QUEUE,
  requestAnimationFrame: QUEUE,
  performance: CLOCK,
  crypto: CHOOSER,
  process: ARGUMENT,
  window: ARGUMENT,
  document: ARGUMENT,
  Promise: 'SimPromise',
};

/** Findings of calls that would make an execution differ from one run to the next. */
export function checkDeterminism(sources: readonly Source[]): Finding[] {
  return sources.filter(isPure).flatMap((source) => {
    const declared = declaredNames(source);
    const findings: Finding[] = [];
    visit(source, (node) => {
      const message = whyBanned(node, declared);
      if (message !== null) findings.push(findingAt(source, node, message));
    });
    return findings;
  });
}

function isPure({ path }: Source): boolean {
  return !path.endsWith('.d.ts') && PURE_FOLDERS.some((folder) => path.startsWith(folder));
}

function whyBanned(node: ts.Node, declared: ReadonlySet<string>): string | null {
  if (node.kind === ts.SyntaxKind.AsyncKeyword && node.parent !== undefined) {
    return 'async is not deterministic here: its jobs run when the engine likes. Return a SimPromise or write a Task.';
  }
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) {
    return 'await is not deterministic here. Chain a SimPromise or write a Task.';
  }
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const name = `${node.expression.text}.${node.name.text}`;
    if (name in BANNED_MEMBERS && !declared.has(node.expression.text)) return banned(name, BANNED_MEMBERS[name]);
  }
  if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && isIdentifier(node.expression, 'Date')) {
    if (!declared.has('Date') && (node.arguments ?? []).length === 0) return banned('new Date()', CLOCK);
  }
  if (ts.isIdentifier(node) && Object.hasOwn(BANNED_GLOBALS, node.text)) {
    if (!declared.has(node.text) && isReference(node)) return banned(node.text, BANNED_GLOBALS[node.text]);
  }
  return null;
}

function banned(name: string, replacement: string): string {
  return `${name} differs from run to run. Use ${replacement}.`;
}

function isIdentifier(node: ts.Node, text: string): boolean {
  return ts.isIdentifier(node) && node.text === text;
}

/** Whether the identifier reads a variable: not a name of a member, a property, or a type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  const isName = 'name' in parent && parent.name === node;
  return !isName && !ts.isTypeReferenceNode(parent) && !ts.isQualifiedName(parent) && !ts.isLabeledStatement(parent);
}

/** Names that the file gives to something of its own anywhere, so that they are not the global. */
function declaredNames(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  visit(source, (node) => {
    const isDeclaration =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node) ||
      ts.isImportClause(node);
    if (isDeclaration && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
  });
  return names;
}
