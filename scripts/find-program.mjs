/** Looks for programs of the system, and installs them the way the platform offers. Nothing is downloaded in another way. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

const EXE = process.platform === 'win32' ? '.exe' : '';

/** The first of these commands in the PATH, else the first of these files, or null. */
export function findProgram(commands, places) {
  const candidates = commands.flatMap((command) => searchPath().map((folder) => path.join(folder, command + EXE)));
  return [...candidates, ...places].find(isProgram) ?? null;
}

/** On Windows, a file of one of the folders in which programs are installed. */
export function windowsPlaces(...files) {
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((variable) => process.env[variable])
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => files.map((file) => path.join(folder, file)));
}

/** Tries to install a Debian package or a cask of Homebrew, where one is and may be used. */
export function tryInstall(name, { debian, cask }) {
  const isRoot = process.getuid?.() === 0;
  if (process.platform === 'linux' && isRoot && findProgram(['apt-get'], []) !== null) {
    install(name, 'apt-get', ['update', '-q']);
    install(name, 'apt-get', ['install', '-y', '-q', '--no-install-recommends', debian]);
  } else if (process.platform === 'darwin' && findProgram(['brew'], []) !== null) {
    install(name, 'brew', ['install', '--cask', cask]);
  }
}

function install(name, command, args) {
  console.log(`No ${name} found. Installing one: ${command} ${args.join(' ')}`);
  spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function searchPath() {
  return (process.env.PATH ?? '').split(path.delimiter);
}

export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
