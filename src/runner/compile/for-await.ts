/**
 * `for await`: ECMA-262 §14.7.5 written out. The iterator is closed when the body is left early, and not when it failed
 * by itself.
 *
 *     for await (const x of xs) { … }
 *
 * becomes, on the same lines,
 *
 *     { const i = iterator(xs); let s = 0; try { for (;; s = 0) { const r = await i.next(); if (r.done) break;
 *       const v = r.value; s = 1; { const x = v; { … } } } } catch (e) { if (s === 1) s = 2; throw e; }
 *       finally { close when s is 1 (left early) or 2 (the body has thrown: errors of closing are dropped) } }
 */
import type { AnyNode, ForOfStatement } from 'acorn';
import { awaited } from './async-functions';
import type { Rewriter, Scope } from './rewriter';

export function isForAwait(node: AnyNode): node is ForOfStatement {
  return node.type === 'ForOfStatement' && node.await;
}

export function forAwait(rewriter: Rewriter, node: ForOfStatement, labels: readonly string[], scope: Scope): string {
  const iterator = rewriter.freshName('iterator');
  const state = rewriter.freshName('state');
  const result = rewriter.freshName('result');
  const value = rewriter.freshName('value');
  const error = rewriter.freshName('error');
  const wait = (text: string): string => `(yield ${awaited(scope, text)})`;

  const iterable = rewriter.emit(node.right, scope);
  const target = node.left;
  const bind =
    target.type === 'VariableDeclaration'
      ? `${target.kind} ${rewriter.emit(target.declarations[0]!.id, scope)} = ${value};`
      : `(${rewriter.emit(target, scope)} = ${value});`;
  const label = labels.map((name) => `${name}: `).join('');
  const head =
    `{ const ${iterator} = __eo_asyncIterator((${iterable})); let ${state} = 0; try { ${label}for (;; ${state} = 0) { ` +
    `const ${result} = __eo_iteratorResult(${wait(`${iterator}.next()`)}); if (${result}.done) break; ` +
    `const ${value} = ${result}.value; ${state} = 1; ${bind} `;
  const body = rewriter.missingLines(node.start, node.body.start, head) + rewriter.loopBody(node.body, scope);
  const close = `${iterator}.close()`;
  return (
    `${head}${body} } } catch (${error}) { if (${state} === 1) ${state} = 2; throw ${error}; } finally { ` +
    `if (${state} === 1) { if (${iterator}.isClosable) __eo_iteratorResult(${wait(close)}); } ` +
    `else if (${state} === 2) { try { if (${iterator}.isClosable) ${wait(close)}; } catch {} } } }`
  );
}
