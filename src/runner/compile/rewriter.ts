/**
 * Writes a program out again with what the engine needs put into it, line for line: every node's text is its own source
 * with the texts of its children in their places.
 */
import type { AnyNode, Function as FunctionNode, Identifier, MemberExpression } from 'acorn';
import { asyncArrow, asyncFunction, asyncMethod, awaited } from './async-functions';
import { call, chain, construct, dynamicImport } from './calls';
import { forAwait, isForAwait } from './for-await';
import { isSupplied } from './names';
import { childrenOf, type ProgramNames } from './scan';
import { sized } from './sizes';
import { UnsupportedSyntax } from './unsupported-syntax';

/** What the words `await`, `yield`, `arguments` and `super` mean where a node stands. */
export interface Scope {
  readonly kind: 'plain' | 'async' | 'async-generator';
  /** How `arguments` is written here; null where there is none. */
  readonly argumentsName: string | null;
  /** `super` is out of reach and goes through the captured helpers. */
  readonly isSuperCaptured: boolean;
}

/** The top level: `await` works, there is no `arguments`. */
export const MODULE_SCOPE: Scope = { kind: 'async', argumentsName: null, isSuperCaptured: false };
const FUNCTION_SCOPE: Scope = { kind: 'plain', argumentsName: 'arguments', isSuperCaptured: false };
const FIELD_SCOPE: Scope = { kind: 'plain', argumentsName: null, isSuperCaptured: false };

const STATEMENT_LISTS: ReadonlySet<string> = new Set(['Program', 'BlockStatement', 'StaticBlock', 'SwitchCase']);

/** Statements that note their line: errors that are not thrown by a call are found there. */
const NOTED_STATEMENTS: ReadonlySet<string> = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'IfStatement',
  'SwitchStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
]);

function isDirective(node: AnyNode): boolean {
  return node.type === 'ExpressionStatement' && node.directive !== undefined;
}

export class Rewriter {
  private nameCount = 0;

  constructor(
    readonly source: string,
    readonly names: ProgramNames,
  ) {}

  /** A name that no other text of this program has. */
  freshName(prefix: string): string {
    this.nameCount += 1;
    return `__eo_${prefix}${this.nameCount}`;
  }

  /** Line of the position `offset` in `node`'s location, 1-based. */
  lineOf(node: AnyNode): number {
    return node.loc!.start.line;
  }

  emit(node: AnyNode, scope: Scope): string {
    switch (node.type) {
      case 'Identifier':
        return this.reference(node, scope);
      case 'AwaitExpression':
        return `(yield ${awaited(scope, this.emit(node.argument, scope))})`;
      case 'YieldExpression':
        return this.yielded(node, scope);
      case 'ReturnStatement':
        if (scope.kind !== 'async-generator' || !node.argument) return this.children(node, scope);
        return this.children(node, scope, (child) => `(yield ${awaited(scope, this.emit(child, scope))})`);
      case 'ThrowStatement':
        return this.children(node, scope, (child) => `__eo_at(${this.lineOf(node)}, (${this.emit(child, scope)}))`);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        return node.async ? asyncFunction(this, node) : this.plainFunction(node, FUNCTION_SCOPE);
      case 'ArrowFunctionExpression':
        return node.async ? asyncArrow(this, node, scope) : this.plainFunction(node, { ...scope, kind: 'plain' });
      case 'MethodDefinition':
        return node.value.async ? asyncMethod(this, node, node.value, scope) : this.member(node, scope);
      case 'Property':
        return this.property(node, scope);
      case 'PropertyDefinition':
        return this.member(node, scope);
      case 'StaticBlock':
        return this.children(node, FIELD_SCOPE);
      case 'CallExpression':
        return call(this, node, scope);
      case 'ChainExpression':
        return chain(this, node, scope);
      case 'NewExpression':
        return construct(this, node, scope);
      case 'SpreadElement':
        return `...${sized(this, node.argument, scope)}`;
      case 'ImportExpression':
        return dynamicImport(this, node, scope);
      case 'UnaryExpression':
        return this.unary(node, scope);
      case 'AssignmentExpression':
      case 'UpdateExpression':
        return this.assignment(node, scope);
      case 'BinaryExpression':
      case 'TemplateLiteral':
        return this.sum(node, scope);
      case 'TaggedTemplateExpression':
        return this.tagged(node, scope);
      case 'MemberExpression':
        return this.memberAccess(node, scope);
      case 'ForOfStatement':
        return node.await ? forAwait(this, node, [], scope) : this.loop(node, node.body, scope);
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.loop(node, node.body, scope);
      case 'LabeledStatement':
        return this.labeled(node, scope);
      case 'VariableDeclaration':
        return this.declaration(node, scope);
      case 'BreakStatement':
      case 'ContinueStatement':
        return this.text(node);
      case 'MetaProperty':
        if (node.meta.name === 'import') throw new UnsupportedSyntax(node, 'import.meta is not available here');
        return this.text(node);
      default:
        return this.children(node, scope);
    }
  }

  text(node: AnyNode): string {
    return this.source.slice(node.start, node.end);
  }

  /** The source of `node` with the texts of its children in their places. */
  children(
    node: AnyNode,
    scope: Scope,
    write: (child: AnyNode) => string = (child) => this.emit(child, scope),
  ): string {
    const isList = STATEMENT_LISTS.has(node.type);
    let text = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      let written = write(child);
      // `a = 1⏎ await b` would become a call of 1: a statement that begins with a bracket only now gets its semicolon.
      const isStatement = isList && !(node.type === 'SwitchCase' && child === node.test);
      if (isStatement && written.startsWith('(') && this.source[child.start] !== '(') written = `;${written}`;
      if (isStatement && NOTED_STATEMENTS.has(child.type) && !isDirective(child))
        written = `__eo_at(${this.lineOf(child)});${written}`;
      text += this.source.slice(at, child.start) + written;
      at = child.end;
    }
    return text + this.source.slice(at, node.end);
  }

  /** As many line ends as `text` lacks of those in the source between two places. */
  missingLines(start: number, end: number, text: string): string {
    return '\n'.repeat(Math.max(0, countLines(this.source.slice(start, end)) - countLines(text)));
  }

  /** A function's block, with its count of a step at the beginning. */
  functionBody(body: AnyNode, scope: Scope): string {
    if (body.type !== 'BlockStatement') return `(__eo_tick(${this.lineOf(body)}), ${this.emit(body, scope)})`;
    const text = this.children(body, scope);
    let entry = 1;
    for (const statement of body.body) {
      if (statement.type !== 'ExpressionStatement' || statement.directive === undefined) break;
      entry = statement.end - body.start;
    }
    return `${text.slice(0, entry)};__eo_tick(${this.lineOf(body)});${text.slice(entry)}`;
  }

  private plainFunction(node: FunctionNode | AnyNode, scope: Scope): string {
    const { body } = node as FunctionNode;
    return this.children(node as AnyNode, scope, (child) =>
      child === body ? this.functionBody(body, scope) : this.emit(child, scope),
    );
  }

  loopBody(body: AnyNode, scope: Scope): string {
    const tick = `__eo_tick(${this.lineOf(body)});`;
    const text = this.emit(body, scope);
    return body.type === 'BlockStatement' ? `{${tick}${text.slice(1)}` : `{${tick}${text}}`;
  }

  private loop(node: AnyNode, body: AnyNode, scope: Scope): string {
    return this.children(node, scope, (child) =>
      child === body ? this.loopBody(body, scope) : this.emit(child, scope),
    );
  }

  private labeled(node: Extract<AnyNode, { type: 'LabeledStatement' }>, scope: Scope): string {
    const labels: string[] = [];
    let body: AnyNode = node;
    while (body.type === 'LabeledStatement') {
      labels.push(body.label.name);
      body = body.body;
    }
    if (isForAwait(body)) {
      const text = forAwait(this, body, labels, scope);
      return this.missingLines(node.start, body.start, '') + text;
    }
    return this.children(node, scope, (child) => (child === node.label ? this.text(child) : this.emit(child, scope)));
  }

  private reference(node: Identifier, scope: Scope): string {
    const { names } = this;
    if (node.name === 'arguments') return scope.argumentsName ?? '__eo_absent.arguments';
    if (names.absent.has(node.name)) return `__eo_absent.${node.name}`;
    if (this.isOnGlobalObject(node.name)) return `__eo_scope.${node.name}`;
    return this.text(node);
  }

  /** Whether a name has to be read from the global object, because the program may have changed it there. */
  private isOnGlobalObject(name: string): boolean {
    return (
      this.names.usesGlobalObject &&
      isSupplied(name) &&
      !this.names.declared.has(name) &&
      name !== 'globalThis' &&
      name !== 'global'
    );
  }

  /** `typeof name` of a name that is nowhere is no error. */
  private unary(node: Extract<AnyNode, { type: 'UnaryExpression' }>, scope: Scope): string {
    const { operator, argument } = node;
    if (operator === 'typeof' && argument.type === 'Identifier' && this.names.absent.has(argument.name)) {
      return this.names.usesGlobalObject ? `typeof __eo_global.${argument.name}` : 'typeof void 0';
    }
    return this.children(node, scope);
  }

  private declaration(node: Extract<AnyNode, { type: 'VariableDeclaration' }>, scope: Scope): string {
    if (node.kind !== 'var' && node.kind !== 'let' && node.kind !== 'const') {
      throw new UnsupportedSyntax(node, `${node.kind} declarations are not available here: Node 20 does not know them`);
    }
    return this.children(node, scope);
  }

  /** The template itself is no text yet: the tag gets its parts. */
  private tagged(node: Extract<AnyNode, { type: 'TaggedTemplateExpression' }>, scope: Scope): string {
    return this.children(node, scope, (child) =>
      child === node.quasi ? this.children(child, scope) : this.emit(child, scope),
    );
  }

  /** Texts that are added up cost by their length (`sizes.ts`). */
  private sum(node: Extract<AnyNode, { type: 'BinaryExpression' | 'TemplateLiteral' }>, scope: Scope): string {
    const text = this.children(node, scope);
    const isSum = node.type === 'BinaryExpression' ? node.operator === '+' : node.expressions.length > 0;
    return isSum ? `__eo_on(${text})` : text;
  }

  private yielded(node: Extract<AnyNode, { type: 'YieldExpression' }>, scope: Scope): string {
    if (scope.kind !== 'async-generator' || !node.delegate) return this.children(node, scope);
    return `(yield new __eo_Delegate((${this.emit(node.argument!, scope)})))`;
  }

  private property(node: Extract<AnyNode, { type: 'Property' }>, scope: Scope): string {
    if (node.shorthand) {
      const written = this.emit(node.value, scope);
      return written === this.text(node) ? written : `${this.text(node.key)}: ${written}`;
    }
    if (node.value.type === 'FunctionExpression' && node.value.async && (node.method || node.kind !== 'init')) {
      return asyncMethod(this, node, node.value, scope);
    }
    return this.member(node, scope);
  }

  /** A member of a class or an object: its key is a name unless it is computed; a field's value has a scope of its own. */
  private member(
    node: Extract<AnyNode, { type: 'Property' | 'MethodDefinition' | 'PropertyDefinition' }>,
    scope: Scope,
  ): string {
    const isField = node.type === 'PropertyDefinition';
    return this.children(node, scope, (child) => {
      if (child === node.key) return node.computed ? this.emit(child, scope) : this.text(child);
      return this.emit(child, isField ? FIELD_SCOPE : scope);
    });
  }

  private memberAccess(node: MemberExpression, scope: Scope): string {
    if (node.object.type === 'Super' && scope.isSuperCaptured) return `__eo_superGet(${this.keyOf(node, scope)})`;
    return this.children(node, scope, (child) =>
      child === node.property && !node.computed ? this.text(child) : this.emit(child, scope),
    );
  }

  /** The key of a member access, as an expression. */
  keyOf(node: MemberExpression, scope: Scope): string {
    if (node.computed) return `(${this.emit(node.property, scope)})`;
    if (node.property.type !== 'Identifier')
      throw new UnsupportedSyntax(node, 'this use of super is not available here');
    return JSON.stringify(node.property.name);
  }

  private assignment(
    node: Extract<AnyNode, { type: 'AssignmentExpression' | 'UpdateExpression' }>,
    scope: Scope,
  ): string {
    const target = node.type === 'UpdateExpression' ? node.argument : node.left;
    if (!scope.isSuperCaptured || target.type !== 'MemberExpression' || target.object.type !== 'Super') {
      const text = this.children(node, scope);
      return node.operator === '+=' ? `__eo_on(${text})` : text;
    }
    if (node.type === 'UpdateExpression' || node.operator !== '=') {
      throw new UnsupportedSyntax(node, 'in an async function, assign to a property of super with = only');
    }
    return `__eo_superSet(${this.keyOf(target, scope)}, (${this.emit(node.right, scope)}))`;
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
