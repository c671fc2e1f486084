/** Runs a program of node_modules/.bin with its output passed through. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { projectDir } from './install.mjs';

const require = createRequire(import.meta.url);

/**
 * Runs a package's program and gives its exit code back.
 *
 *     await runTool('vitest', ['run', 'tests/unit'])
 */
export function runTool(name, args, { env = {}, from = name } = {}) {
  const packageFile = findPackageFile(from);
  const { bin } = JSON.parse(readFileSync(packageFile, 'utf8'));
  const script = path.join(path.dirname(packageFile), typeof bin === 'string' ? bin : bin[name]);
  return runNode([script, ...args], { env });
}

/** Runs Node on the arguments and gives the exit code back. */
export function runNode(args, { env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: projectDir,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
      resolve(signal === null ? code : 130);
    });
  });
}

/** Not every package exports its package.json, so it is looked up by folder. */
function findPackageFile(name) {
  for (const folder of require.resolve.paths(name)) {
    const file = path.join(folder, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  throw new Error(`The package ${name} is not installed. Run: npm ci`);
}
