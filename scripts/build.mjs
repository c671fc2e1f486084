/**
 * Builds the site in both languages into build/, unless nothing has changed since the last build.
 *
 *     node scripts/build.mjs           builds if needed
 *     node scripts/build.mjs --force   builds
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, fail, projectDir } from './install.mjs';
import { writeOfflineList } from './offline-list.mjs';
import { runTool } from './run.mjs';

/** Everything that can change a byte of the built site. */
const INPUTS = [
  'docs',
  'experiments',
  'i18n',
  'labs',
  'plugins',
  'scripts/offline-list.mjs',
  'src',
  'static',
  // The reference tells of tests, scenarios and recordings.
  'tests/conformance',
  'tests/mutants',
  'tests/scenarios',
  'tests/tidy',
  'tests/unit',
  'docusaurus.config.ts',
  'sidebars.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/**
 * The bundler keeps its cache across changes of plugins and configuration and would hand out the old bundle, so these
 * empty it.
 */
const BUNDLER_INPUTS = ['plugins', 'docusaurus.config.ts', 'package-lock.json'];

const stampFile = path.join(projectDir, '.cache', 'build.json');
const bundlerCache = path.join(projectDir, 'node_modules', '.cache', 'rspack');

/** Builds if something has changed; returns whether it built. */
export async function buildIfChanged({ force = false } = {}) {
  const stamp = { inputs: hashOf(INPUTS), bundler: hashOf(BUNDLER_INPUTS) };
  const last = readStamp();
  if (!force && last.inputs === stamp.inputs && isBuilt()) return false;
  if (last.bundler !== stamp.bundler) rmSync(bundlerCache, { recursive: true, force: true });
  // No stamp while building: a build that was interrupted must not count as one.
  rmSync(stampFile, { force: true });

  console.log(
    'Building the site in English and Russian. About half a minute; the next time only if something changed.',
  );
  const code = await runTool('docusaurus', ['build'], { from: '@docusaurus/core' });
  if (code !== 0) fail('The site could not be built; the reason is above.');
  writeOfflineList(path.join(projectDir, 'build'));

  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
  return true;
}

function isBuilt() {
  return ['index.html', '404.html', 'ru/index.html'].every((file) => existsSync(path.join(projectDir, 'build', file)));
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return {};
  }
}

function hashOf(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) addToHash(hash, path.join(projectDir, input));
  return hash.digest('hex');
}

function addToHash(hash, file) {
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) {
    for (const name of readdirSync(file).sort()) addToHash(hash, path.join(file, name));
    return;
  }
  hash.update(path.relative(projectDir, file)).update('\0').update(readFileSync(file)).update('\0');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  const isBuiltNow = await buildIfChanged({ force: process.argv.includes('--force') });
  if (!isBuiltNow) console.log('build/ is up to date. To build all the same: npm run build -- --force');
}
