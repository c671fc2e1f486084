/** A first walk over the program: which names it declares, and which it uses. */
import type { AnyNode, Node, Program } from 'acorn';
import { isSupplied, LANGUAGE_NAMES, LANGUAGE_OBJECTS, RESERVED_PREFIX, WITHHELD_NAMES } from './names';
import { UnsupportedSyntax } from './unsupported-syntax';

export interface ProgramNames {
  /** Names that the program mentions and is given: the environment's and the language's, in a fixed order. */
  readonly supplied: readonly string[];
  /** Names that exist nowhere: a use of one is a ReferenceError. */
  readonly absent: ReadonlySet<string>;
  /** Withheld names that the program also declares somewhere: shadowed around the module. */
  readonly shadowed: readonly string[];
  /** Names that the program declares anywhere. */
  readonly declared: ReadonlySet<string>;
  /** The program works on the global object itself, so names that it supplies may change. */
  readonly usesGlobalObject: boolean;
}

/** An `import` of the program: the imports transform has made a `require('x')` of it. */
export interface ImportedModule {
  readonly specifier: string;
  readonly line: number;
}

/** The modules that the program's top level imports. */
export function importedModules(program: Program): ImportedModule[] {
  const found: ImportedModule[] = [];
  const look = (node: AnyNode): void => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require') {
      const [specifier] = node.arguments;
      if (specifier?.type === 'Literal') found.push({ specifier: String(specifier.value), line: node.loc!.start.line });
    }
    for (const child of childrenOf(node))
      if (!child.type.includes('Function') && !child.type.includes('Class')) look(child);
  };
  look(program);
  return found;
}

/** A name that the program takes from a module, at the line where it first does. */
export interface ImportedName extends ImportedModule {
  readonly name: string;
}

/**
 * The names that the program's `import { name } from 'x'` bring and that it uses. The imports transform has made
 * `var _x = require('x')` of the statement and `_x.name` of each use.
 * @param source what the transform has read: a variable that is there too is the program's own
 */
export function importedNames(program: Program, source: string): ImportedName[] {
  const modules = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'var') continue;
    for (const { id, init } of statement.declarations) {
      if (id.type !== 'Identifier' || source.includes(id.name) || init?.type !== 'CallExpression') continue;
      const [specifier] = init.callee.type === 'Identifier' && init.callee.name === 'require' ? init.arguments : [];
      if (specifier?.type === 'Literal') modules.set(id.name, String(specifier.value));
    }
  }
  const found: ImportedName[] = [];
  const look = (node: AnyNode): void => {
    if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.property.type === 'Identifier') {
      const specifier = modules.get(node.object.name);
      if (specifier !== undefined && !node.computed)
        found.push({ specifier, name: node.property.name, line: node.loc!.start.line });
    }
    for (const child of childrenOf(node)) look(child);
  };
  if (modules.size > 0) look(program);
  return found;
}

/** The nodes directly below `node`, in the order of the source. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) children.push(item);
    } else if (isNode(value)) children.push(value);
  }
  return children.sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';
}

/** Collects the names of a program. */
export function scanNames(program: AnyNode): ProgramNames {
  const declared = new Set<string>();
  const used = new Set<string>();
  visit(program, declared, used);
  const absent = new Set<string>();
  const shadowed: string[] = [];
  for (const name of used) {
    if (isSupplied(name) || LANGUAGE_NAMES.has(name)) continue;
    if (!declared.has(name)) absent.add(name);
    else if (WITHHELD_NAMES.has(name)) shadowed.push(name);
  }
  for (const name of ['require', 'module', 'exports', 'arguments']) absent.delete(name);
  return {
    supplied: [...used].filter((name) => isSupplied(name) || LANGUAGE_OBJECTS.includes(name)).sort(),
    absent,
    shadowed: shadowed.sort(),
    declared,
    usesGlobalObject: ['globalThis', 'global'].some((name) => used.has(name) && !declared.has(name)),
  };
}

function visit(node: AnyNode, declared: Set<string>, used: Set<string>): void {
  switch (node.type) {
    case 'Identifier':
      if (node.name.startsWith(RESERVED_PREFIX)) {
        throw new UnsupportedSyntax(node, `names that begin with ${RESERVED_PREFIX} are reserved`, 'forbidden');
      }
      used.add(node.name);
      return;
    case 'VariableDeclarator':
      declare(node.id, declared);
      break;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.id) declare(node.id, declared);
      for (const param of node.params) declare(param, declared);
      break;
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (node.id) declare(node.id, declared);
      break;
    case 'CatchClause':
      if (node.param) declare(node.param, declared);
      break;
    case 'MemberExpression':
      visit(node.object, declared, used);
      if (node.computed) visit(node.property, declared, used);
      return;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      if (node.computed) visit(node.key, declared, used);
      if (node.value) visit(node.value, declared, used);
      return;
    case 'LabeledStatement':
      visit(node.body, declared, used);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return;
    default:
  }
  for (const child of childrenOf(node)) visit(child, declared, used);
}

/** Adds the names that a pattern binds. */
function declare(pattern: AnyNode, declared: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      declared.add(pattern.name);
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        declare(property.type === 'Property' ? property.value : property, declared);
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) declare(element, declared);
      return;
    case 'RestElement':
      declare(pattern.argument, declared);
      return;
    case 'AssignmentPattern':
      declare(pattern.left, declared);
      return;
    default:
  }
}

/** Whether `this`-like words of the enclosing function appear in `node`, arrow functions included. */
export function mentions(node: AnyNode, word: 'arguments' | 'super' | 'new.target'): boolean {
  switch (node.type) {
    case 'Identifier':
      return word === 'arguments' && node.name === 'arguments';
    case 'Super':
      return word === 'super';
    case 'MetaProperty':
      return word === 'new.target';
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'StaticBlock':
      return false;
    case 'MemberExpression':
      return mentions(node.object, word) || (node.computed && mentions(node.property, word));
    case 'PropertyDefinition':
      return node.computed && mentions(node.key, word);
    case 'Property':
    case 'MethodDefinition':
      return (node.computed && mentions(node.key, word)) || mentions(node.value, word);
    default:
      return childrenOf(node).some((child) => mentions(child, word));
  }
}
