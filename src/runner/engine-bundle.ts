/**
 * Builds the engine bundle: one script for page and command line. Equal sources give equal bytes, and the hash of the
 * bytes is the verdict's `modelHash`.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { LANGUAGE_OBJECTS } from './compile/names';
import { buildDatabase } from './database-bundle';
import { markEngine } from './engine-hash';

export interface EngineBundle {
  readonly code: string;
  /** First 12 hex digits of the code's SHA-256; the code's last line, a comment, says it as well. */
  readonly hash: string;
}

const ROOT = path.resolve(__dirname, '../..');

const LOCAL_NAMES = [...LANGUAGE_OBJECTS, 'Promise', 'Date', 'Math', 'WeakRef'];
/** Names that the lockdown replaces. */
const REBOUND_NAMES = LANGUAGE_OBJECTS.filter((name) => /Array$|^ArrayBuffer$/.test(name));

/**
 * The language's names are variables of the bundle: in Node's contexts every look at a global name is a call into C++,
 * which made the search ten times slower. Strict, because sloppy functions would hand the real global object to whoever
 * calls them without a `this`.
 */
const ENGINE_HEAD =
  `"use strict";((${LOCAL_NAMES.join(',')})=>{` +
  `const __eo_rebind=(name,value)=>{switch(name){${REBOUND_NAMES.map((name) => `case"${name}":${name}=value;break;`).join('')}}};`;
const ENGINE_TAIL = `})(${LOCAL_NAMES.join(',')});`;

/** Where bundles lie that child processes load. */
export const BUNDLE_FOLDER = path.join(ROOT, '.cache', 'engine');

/** Ids of the labs: the folders under `labs/` that hold a `lab.ts`. */
export async function labIds(): Promise<string[]> {
  const entries = await readdir(path.join(ROOT, 'labs'), { withFileTypes: true });
  const ids = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return ids.filter((id) => existsSync(path.join(ROOT, 'labs', id, 'lab.ts'))).sort();
}

export async function buildEngine(): Promise<EngineBundle> {
  const code = await bundle('src/runner/engine-entry.ts', {
    format: 'iife',
    platform: 'neutral',
    plugins: [labsPlugin],
    // So that the engine's hash stands for both.
    banner: { js: `/*database ${(await buildDatabase()).hash}*/${ENGINE_HEAD}` },
    footer: { js: ENGINE_TAIL },
  });
  const hash = hashOf(code);
  return { code: markEngine(code, hash), hash };
}

export interface NodeBundle {
  readonly engineFile: string;
  readonly databaseFile: string;
  readonly childFile: string;
  readonly hash: string;
}

/** The engine, the database and the program around them in the child process, as files. */
export async function writeNodeBundle(): Promise<NodeBundle> {
  const [engine, database] = await Promise.all([buildEngine(), buildDatabase()]);
  const child = await bundle('src/runner/node/child.ts', { format: 'cjs', platform: 'node', target: 'node20' });
  const engineFile = path.join(BUNDLE_FOLDER, `engine-${engine.hash}.js`);
  const childFile = path.join(BUNDLE_FOLDER, `child-${hashOf(child)}.cjs`);
  const databaseFile = path.join(BUNDLE_FOLDER, `database-${database.hash}.js`);
  await mkdir(BUNDLE_FOLDER, { recursive: true });
  await Promise.all([
    writeOnce(engineFile, engine.code),
    writeOnce(databaseFile, database.code),
    writeOnce(childFile, child),
  ]);
  return { engineFile, databaseFile, childFile, hash: engine.hash };
}

async function bundle(entry: string, options: BuildOptions): Promise<string> {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    write: false,
    // Not the identifiers: class names are in messages and in what programs print.
    minifySyntax: true,
    minifyWhitespace: true,
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    mainFields: ['module', 'main'],
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
    logLevel: 'silent',
    ...options,
  });
  return result.outputFiles![0]!.text;
}

const labsPlugin: Plugin = {
  name: 'labs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^virtual:labs$/ }, () => ({ path: 'labs', namespace: 'labs' }));
    onLoad({ filter: /.*/, namespace: 'labs' }, async () => {
      const ids = await labIds();
      const imports = ids.map((id, index) => `import lab${index} from './labs/${id}/lab';`);
      const list = ids.map((_, index) => `lab${index}`).join(', ');
      return { contents: `${imports.join('\n')}\nexport default [${list}];\n`, resolveDir: ROOT, loader: 'ts' };
    });
  },
};

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Several processes may write the same file at the same time. */
async function writeOnce(file: string, text: string): Promise<void> {
  if (existsSync(file)) return;
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}
