/**
 * Finds a Chromium for the end-to-end tests, or installs one the way the platform offers. Nothing is downloaded but
 * through the system's own package manager.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { fail } from './install.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const PLACES = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((variable) => process.env[variable])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      path.join(folder, 'Google/Chrome/Application/chrome.exe'),
      path.join(folder, 'Chromium/Application/chrome.exe'),
      path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

/** Path of a Chromium, or null. CHROMIUM_PATH wins; when it is set it has to be right. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    return fail(`CHROMIUM_PATH is ${named}, which is not a program.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const ending = process.platform === 'win32' ? '.exe' : '';
  const candidates = COMMANDS.flatMap((command) => folders.map((folder) => path.join(folder, command + ending)));
  return [...candidates, ...(PLACES[process.platform] ?? [])].find(isProgram) ?? null;
}

/** Path of a Chromium, installed now if need be; ends the command with instructions where it cannot be. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot && hasCommand('apt-get')) {
    install('apt-get', ['update', '-q']);
    install('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
  } else if (process.platform === 'darwin' && hasCommand('brew')) {
    install('brew', ['install', '--cask', 'chromium']);
  }
  return findChromium() ?? fail(instructions());
}

function install(command, args) {
  console.log(`No Chromium found. Installing one: ${command} ${args.join(' ')}`);
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function instructions() {
  const advice = {
    linux: 'Debian, Ubuntu: sudo apt-get install chromium   Fedora: sudo dnf install chromium',
    darwin: 'With Homebrew: brew install --cask chromium   or install Google Chrome',
    win32: 'Install Google Chrome or Microsoft Edge',
  };
  return (
    'The end-to-end tests need a Chromium, and none was found.\n' +
    `${advice[process.platform] ?? 'Install Chromium'}\n` +
    'or name one: CHROMIUM_PATH=/path/to/chromium npm test'
  );
}

function hasCommand(command) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => isProgram(path.join(folder, command)));
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
