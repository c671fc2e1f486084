/**
 * Makes a fresh clone usable: checks Node and installs the packages of the lock file. Runs before anything is
 * installed, so this file may import only what Node brings.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Ends the command with a message for its user and no stack trace. */
export function fail(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

/** Makes sure that Node is recent enough and every package is there in the version of the lock file. */
export function ensureInstalled() {
  checkNode();
  const reason = whyInstall();
  if (reason === null) return;
  console.log(`Installing packages (npm ci): ${reason}. About a minute the first time.`);
  const result = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (result.error) fail(`npm could not be started: ${result.error.message}. It comes with Node: https://nodejs.org`);
  if (result.status !== 0) {
    fail(
      'npm ci failed; its messages are above. If the network or the package registry was the cause, try again; if the\n' +
        'lock file and package.json disagree, run "npm install" and commit package-lock.json.',
    );
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isSupported = major > 20 || (major === 20 && minor >= 19);
  if (!isSupported) {
    fail(
      `This project needs Node 20.19 or newer; this is Node ${process.versions.node}. Get one at https://nodejs.org`,
    );
  }
}

/**
 * Why packages have to be installed, or null. Compares what npm says it has installed with the lock file instead of
 * their times, because a checkout of another branch changes the times and often nothing else.
 */
function whyInstall() {
  const installedFile = path.join(projectDir, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'none are installed yet';
  const installed = readPackages(installedFile);
  for (const [name, wanted] of Object.entries(readPackages(path.join(projectDir, 'package-lock.json')))) {
    if (name === '' || wanted.optional || wanted.devOptional || wanted.peer) continue;
    if (installed[name]?.version !== wanted.version)
      return `${name.replace(/^.*node_modules\//, '')} is missing or old`;
  }
  return null;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    return fail(`${path.relative(projectDir, file)} cannot be read: ${error.message}`);
  }
}

function runNpm(args) {
  const isWindows = process.platform === 'win32';
  return spawnSync(isWindows ? 'npm.cmd' : 'npm', args, { cwd: projectDir, stdio: 'inherit', shell: isWindows });
}
