/** The table of imports between rings (ARCHITECTURE.md), and cycles. */
import path from 'node:path';
import ts from 'typescript';
import { findingAt, visit, type Finding, type Source } from './source';

interface Ring {
  readonly folder: string;
  /** Folders that it may import besides itself. */
  readonly mayImport: readonly string[];
  /** Packages: none, any but those that draw, or any. */
  readonly packages: 'none' | 'no-page' | 'any';
}

const SIMULATION = ['src/simulation/'];
const MODELS = [...SIMULATION, 'src/kafka/', 'src/database/', 'src/services/'];
const GRADER = [...MODELS, 'src/grader/anomalies/', 'src/grader/'];
const RUNNER = [...GRADER, 'src/runner/'];
const SCENARIOS = [...SIMULATION, 'src/kafka/', 'src/scenarios/'];
const COURSE = [...RUNNER, 'src/scenarios/', 'src/course/'];
const PAGE = ['src/components/', 'src/pages/', 'src/theme/', 'src/css/'];

/** The first folder that matches a file is its ring. */
const RINGS: readonly Ring[] = [
  { folder: 'src/simulation/', mayImport: [], packages: 'none' },
  { folder: 'src/kafka/', mayImport: SIMULATION, packages: 'none' },
  { folder: 'src/database/', mayImport: SIMULATION, packages: 'none' },
  { folder: 'src/services/', mayImport: SIMULATION, packages: 'none' },
  { folder: 'src/grader/anomalies/', mayImport: [...SIMULATION, 'src/grader/'], packages: 'none' },
  { folder: 'src/grader/', mayImport: GRADER, packages: 'none' },
  { folder: 'src/runner/', mayImport: GRADER, packages: 'no-page' },
  { folder: 'src/scenarios/', mayImport: SCENARIOS, packages: 'no-page' },
  // Declares modules for the page; nothing of it remains when the program runs.
  { folder: 'src/course/generated.d.ts', mayImport: COURSE, packages: 'any' },
  { folder: 'src/course/', mayImport: COURSE, packages: 'no-page' },
  { folder: 'src/cli/', mayImport: [...COURSE, 'labs/'], packages: 'no-page' },
  ...PAGE.map((folder): Ring => ({ folder, mayImport: [...COURSE, ...PAGE], packages: 'any' })),
];

const PAGE_PACKAGES =
  /^(react|react-dom|@docusaurus|@theme|@theme-original|@theme-init|@course|@mdx-js|@monaco-editor|monaco-editor)(\/|$)/;

interface Import {
  readonly node: ts.Node;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

/** Findings of imports that the table does not allow. */
export function checkImports(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const ring = ringOf(source.path);
    if (ring === undefined) return [];
    return importsOf(source).flatMap((imported) => {
      const message = whyForbidden(source.path, ring, imported.specifier);
      return message === null ? [] : [findingAt(source, imported.node, message)];
    });
  });
}

function whyForbidden(file: string, ring: Ring, specifier: string): string | null {
  const target = targetOf(file, specifier);
  if (target === null) {
    if (ring.packages === 'any') return null;
    const isAllowed = ring.packages === 'no-page' && !PAGE_PACKAGES.test(specifier);
    if (isAllowed) return null;
    return `${ring.folder} may not import the package "${specifier}"; leave it to an outer ring and take what it gives as an argument.`;
  }
  const targetFolder = ringOf(target)?.folder ?? `${target.split('/')[0]}/`;
  if (targetFolder === ring.folder || ring.mayImport.includes(targetFolder)) return null;
  const allowed = ring.mayImport.length === 0 ? 'nothing' : ring.mayImport.join(', ');
  return `${ring.folder} may not import ${target}; it may import ${allowed}. Move the code inwards or pass it in.`;
}

function ringOf(file: string): Ring | undefined {
  return RINGS.find((ring) => file.startsWith(ring.folder));
}

/** Findings of files that import each other in a circle; imports of types alone do not count. */
export function checkCycles(sources: readonly Source[]): Finding[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const graph = new Map(sources.map((source) => [source.path, valueImports(source, byPath)]));
  return sources.flatMap((source) => {
    const cycle = shortestWayBack(source.path, graph);
    // Every file of a circle would tell of it; the first by name does.
    if (cycle === null || [...cycle].sort()[0] !== source.path) return [];
    const message = `import cycle: ${[...cycle, source.path].join(' → ')}. Move what both need into a file of its own.`;
    return [{ file: source.path, line: 1, message }];
  });
}

function valueImports(source: Source, byPath: ReadonlyMap<string, Source>): string[] {
  return importsOf(source)
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ specifier }) => targetOf(source.path, specifier))
    .flatMap((target) => (target === null ? [] : [resolveFile(target, byPath)]))
    .filter((target): target is string => target !== null);
}

/** The files from `start` on whose imports lead back to it, or null. */
function shortestWayBack(start: string, graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const ways = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    for (const next of graph.get(way[way.length - 1]) ?? []) {
      if (next === start) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return null;
}

function resolveFile(target: string, byPath: ReadonlyMap<string, Source>): string | null {
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`];
  return candidates.find((candidate) => byPath.has(candidate)) ?? null;
}

/** Path inside the project, or null for a package. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  if (specifier.startsWith('@site/')) return specifier.slice('@site/'.length);
  return null;
}

function importsOf(source: Source): Import[] {
  const imports: Import[] = [];
  visit(source, (node) => {
    const imported = importOf(node);
    if (imported !== null) imports.push(imported);
  });
  return imports;
}

function importOf(node: ts.Node): Import | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { node, specifier: node.moduleSpecifier.text, isTypeOnly: bringsTypesOnly(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier)) {
    return { node, specifier: node.moduleSpecifier.text, isTypeOnly: node.isTypeOnly };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { node, specifier: node.argument.literal.text, isTypeOnly: true };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    // Loaded when asked for, after both modules are there: no cycle, still an import.
    return argument !== undefined && ts.isStringLiteral(argument)
      ? { node, specifier: argument.text, isTypeOnly: true }
      : null;
  }
  return null;
}

function bringsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  if (name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return false;
  return namedBindings.elements.length > 0 && namedBindings.elements.every((element) => element.isTypeOnly);
}
