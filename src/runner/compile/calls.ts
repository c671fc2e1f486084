/** Calls: each notes its line right before it happens, so that every request and every error has one. */
import type {
  AnyNode,
  CallExpression,
  ChainExpression,
  Expression,
  ImportExpression,
  NewExpression,
  SpreadElement,
  Super,
} from 'acorn';
import type { Rewriter, Scope } from './rewriter';
import { isOptional, method } from './sizes';
import { UnsupportedSyntax } from './unsupported-syntax';

/** A call, with its result. A link of an optional chain is left as it is: what is put around it would end the chain. */
export function call(rewriter: Rewriter, node: CallExpression, scope: Scope): string {
  const text = plainCall(rewriter, node, scope);
  return node.callee.type === 'Super' || isOptional(node) ? text : `__eo_sized(${text})`;
}

/** An optional chain as a whole. `delete a?.b` is none of them: a call is what gives something. */
export function chain(rewriter: Rewriter, node: ChainExpression, scope: Scope): string {
  const text = rewriter.children(node, scope);
  return node.expression.type === 'CallExpression' ? `__eo_sized(${text})` : text;
}

function plainCall(rewriter: Rewriter, node: CallExpression, scope: Scope): string {
  const { callee } = node;
  if (callee.type === 'Super') {
    if (scope.isSuperCaptured) throw new UnsupportedSyntax(node, 'super(…) in an async function is not available here');
    return node.arguments.length === 0 ? rewriter.text(node) : withLine(rewriter, node, scope);
  }
  if (callee.type === 'MemberExpression' && callee.object.type === 'Super' && scope.isSuperCaptured) {
    return superCall(rewriter, node, `__eo_superGet(${rewriter.keyOf(callee, scope)})`, scope);
  }
  return withLine(rewriter, node, scope);
}

export function construct(rewriter: Rewriter, node: NewExpression, scope: Scope): string {
  const afterCallee = rewriter.source.slice(node.callee.end, node.end).replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
  // `new Map` has no list of arguments to put the line into.
  if (node.arguments.length === 0 && !afterCallee.includes('(')) return `__eo_sized(${rewriter.children(node, scope)})`;
  return `__eo_sized(${withLine(rewriter, node, scope)})`;
}

/** `import('x')` of modules that the environment knows. */
export function dynamicImport(rewriter: Rewriter, node: ImportExpression, scope: Scope): string {
  const line = node.loc!.start.line;
  const head = `__eo_import(__eo_at(${line}, (${rewriter.emit(node.source, scope)})))`;
  return head + rewriter.missingLines(node.start, node.end, head);
}

function superCall(rewriter: Rewriter, node: CallExpression, method: string, scope: Scope): string {
  if (node.optional)
    throw new UnsupportedSyntax(node, 'an optional call on super in an async function is not available here');
  const values = argumentsOf(rewriter, node.callee, node.arguments, scope);
  const text = `${method}.call(this${values.map((value) => `, ${value}`).join('')})`;
  return text + rewriter.missingLines(node.start, node.end, text);
}

function argumentsOf(
  rewriter: Rewriter,
  callee: Expression | Super,
  list: readonly (Expression | SpreadElement)[],
  scope: Scope,
): string[] {
  return list.map((argument, index) =>
    index === list.length - 1 ? noteLine(rewriter, callee, argument, scope) : rewriter.emit(argument, scope),
  );
}

/** Name of the thing called: in a chain over several lines it is the line of the last link. */
function lineOfCallee(callee: AnyNode): number {
  return callee.loc!.end.line;
}

function noteLine(rewriter: Rewriter, callee: AnyNode, argument: Expression | SpreadElement, scope: Scope): string {
  const line = lineOfCallee(callee);
  if (argument.type === 'SpreadElement') return `...__eo_at(${line}, ${inList(rewriter, argument.argument, scope)})`;
  return `__eo_at(${line}, ${inList(rewriter, argument, scope)})`;
}

function inList(rewriter: Rewriter, node: Expression, scope: Scope): string {
  const text = rewriter.emit(node, scope);
  return node.type === 'SequenceExpression' ? `(${text})` : text;
}

function withLine(rewriter: Rewriter, node: CallExpression | NewExpression, scope: Scope): string {
  const callee: AnyNode = node.callee;
  const last: AnyNode | undefined = node.arguments[node.arguments.length - 1];
  const text = rewriter.children(node, scope, (child) => {
    if (child === callee) return calleeText(rewriter, node, scope);
    return child === last
      ? noteLine(rewriter, callee, child as Expression | SpreadElement, scope)
      : rewriter.emit(child, scope);
  });
  if (last !== undefined) return text;
  return `${text.slice(0, -1)}...__eo_at(${lineOfCallee(callee)}, []))`;
}

/** A name that is read from an object must not be called as its method. */
function calleeText(rewriter: Rewriter, { type, callee }: CallExpression | NewExpression, scope: Scope): string {
  if (type === 'CallExpression' && callee.type === 'MemberExpression') return method(rewriter, callee, scope);
  const text = rewriter.emit(callee, scope);
  return callee.type === 'Identifier' && text !== rewriter.text(callee) && text.includes('.') ? `(0, ${text})` : text;
}
