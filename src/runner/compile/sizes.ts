/**
 * What long texts and arrays cost (`Turn.sized`, `Turn.receiver`): what a call gives back, what is spread, and texts that
 * are added up, or that a method is called on, since one that was added up of others is written out only then.
 */
import type { AnyNode, Expression, MemberExpression, Super } from 'acorn';
import type { Rewriter, Scope } from './rewriter';

/** An expression whose value costs as much as it is long. */
export function sized(rewriter: Rewriter, node: Expression, scope: Scope): string {
  const text = rewriter.emit(node, scope);
  const isSized = node.type === 'NewExpression' || (node.type === 'CallExpression' && !isOptional(node));
  if (isSized) return text;
  return `__eo_sized(${inBrackets(text, node)})`;
}

/** A method, with what it is called on. */
export function method(rewriter: Rewriter, callee: MemberExpression, scope: Scope): string {
  const { object } = callee;
  if (object.type === 'Super' || object.type === 'ThisExpression' || isOptional(callee))
    return rewriter.emit(callee, scope);
  return rewriter.children(callee, scope, (child) => {
    if (child === object) return `__eo_on(${inBrackets(rewriter.emit(object, scope), object)})`;
    return child === callee.property && !callee.computed ? rewriter.text(child) : rewriter.emit(child, scope);
  });
}

/** `a, b` is one argument only in brackets. */
function inBrackets(text: string, { type }: Expression): string {
  return type === 'SequenceExpression' ? `(${text})` : text;
}

/** Whether a link or one before it is written with `?.`. */
export function isOptional(node: AnyNode | Super): boolean {
  if (node.type === 'CallExpression') return node.optional || isOptional(node.callee);
  return node.type === 'MemberExpression' && (node.optional || isOptional(node.object));
}
