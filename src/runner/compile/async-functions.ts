/** `async` and `await`: a generator driven by `runAsync` of `simulation/async-functions.ts`. */
import type {
  AnyNode,
  ArrowFunctionExpression,
  FunctionDeclaration,
  FunctionExpression,
  AnonymousFunctionDeclaration,
} from 'acorn';
import type { Rewriter, Scope } from './rewriter';
import { mentions } from './scan';
import { UnsupportedSyntax } from './unsupported-syntax';

type AnyFunction = FunctionDeclaration | FunctionExpression | AnonymousFunctionDeclaration | ArrowFunctionExpression;

/** `super` inside the generator is reached through arrow functions made outside it. */
const SUPER_HELPERS =
  'const __eo_superGet = (key) => super[key], __eo_superSet = (key, value) => (super[key] = value); ';

/** What is yielded for an `await` of `text`. */
export function awaited(scope: Scope, text: string): string {
  return scope.kind === 'async-generator' ? `new __eo_Awaited((${text}))` : `(${text})`;
}

/** `function* (parameters) { … }` behind `before`, on as many lines as the function has. */
function body(rewriter: Rewriter, node: AnyFunction, before: string, inner: Scope, name = ''): string {
  const parameters = node.params.map((param) => rewriter.emit(param, inner)).join(', ');
  const head = `${before}function* ${name}(${parameters}) `;
  const lines = rewriter.missingLines(node.start, node.body.start, head);
  const isBlock = node.body.type === 'BlockStatement';
  const block = isBlock
    ? rewriter.functionBody(node.body, inner)
    : `{;__eo_tick(${rewriter.lineOf(node.body)}); return (${rewriter.emit(node.body, inner)}); }`;
  return `${head}${lines}${block}`;
}

function runner(node: AnyFunction): string {
  return node.generator ? '__eo_asyncGenerator' : '__eo_async';
}

/** `__eo_async(this, …, function* (parameters) { … })`: the generator function is made anew in each call. */
function driven(rewriter: Rewriter, node: AnyFunction, argumentsName: string, inner: Scope): string {
  return `${body(rewriter, node, `${runner(node)}(this, ${argumentsName}, `, inner)})`;
}

function innerScope(node: AnyFunction, scope: Pick<Scope, 'argumentsName' | 'isSuperCaptured'>): Scope {
  return { kind: node.generator ? 'async-generator' : 'async', ...scope };
}

/**
 * An async function or async generator function that is no method.
 *
 * The generator function is made once, with the function, wherever that can be: V8 gives every generator function a
 * hidden class of its own when it is first called, which costs more than the call and holds on to all that the function
 * can see until the next full garbage collection.
 */
export function asyncFunction(
  rewriter: Rewriter,
  node: FunctionDeclaration | FunctionExpression | AnonymousFunctionDeclaration,
): string {
  const inner = innerScope(node, { argumentsName: 'arguments', isSuperCaptured: false });
  const name = node.id ? rewriter.text(node.id) : '';
  if (node.type === 'FunctionDeclaration' && name !== '') {
    const bodyName = rewriter.freshName('body');
    const before = `function ${name}() { return ${runner(node)}(this, arguments, ${bodyName}); } `;
    return body(rewriter, node, before, inner, bodyName);
  }
  if (name === '' && !node.generator) return `${body(rewriter, node, '__eo_async.function(', inner)})`;
  return `function ${name}() { return ${driven(rewriter, node, 'arguments', inner)}; }`;
}

/** An async method of a class or of an object. */
export function asyncMethod(
  rewriter: Rewriter,
  member: Extract<AnyNode, { type: 'MethodDefinition' | 'Property' }>,
  value: FunctionExpression,
  scope: Scope,
): string {
  const usesSuper = [...value.params, value.body].some((node) => mentions(node, 'super'));
  const inner = innerScope(value, { argumentsName: 'arguments', isSuperCaptured: true });
  const key = member.computed ? `[${rewriter.emit(member.key, scope)}]` : rewriter.text(member.key);
  // `;`: the member before it may be a field without a semicolon, or a field called `get`.
  const prefix = member.type === 'MethodDefinition' ? (member.static ? ';static ' : ';') : '';
  const head = `${prefix}${key}() { ${usesSuper ? SUPER_HELPERS : ''}`;
  return `${head}${rewriter.missingLines(member.start, value.start, head)}return ${driven(rewriter, value, 'arguments', inner)}; }`;
}

/** An async arrow function: `this`, `arguments` and `super` are those of the function around it. */
export function asyncArrow(rewriter: Rewriter, node: ArrowFunctionExpression, scope: Scope): string {
  const parts: AnyNode[] = [...node.params, node.body];
  if (parts.some((part) => mentions(part, 'new.target'))) {
    throw new UnsupportedSyntax(node, 'new.target in an async arrow function is not available here');
  }
  const usesArguments = scope.argumentsName !== null && parts.some((part) => mentions(part, 'arguments'));
  const usesSuper = parts.some((part) => mentions(part, 'super'));
  const inner = innerScope(node, {
    argumentsName: scope.argumentsName === null ? null : '__eo_outerArguments',
    isSuperCaptured: true,
  });
  const needsHelpers = usesSuper && !scope.isSuperCaptured;
  const arrow = needsHelpers
    ? `(...__eo_args) => { ${SUPER_HELPERS}return ${driven(rewriter, node, '__eo_args', inner)}; }`
    : `${body(rewriter, node, '__eo_async.arrow(this, ', inner)})`;
  return usesArguments ? `((__eo_outerArguments) => ${arrow})(${scope.argumentsName})` : arrow;
}
