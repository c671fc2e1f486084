/**
 * Finds a Firefox, in which the tests hold the engine against Node and Chromium, or installs one the way the platform
 * offers. It is the second browser: where none can be had, its tests are left out, and it is said so.
 */
import { findProgram, isProgram, tryInstall, windowsPlaces } from './find-program.mjs';
import { fail } from './install.mjs';

const COMMANDS = ['firefox-esr', 'firefox'];

const PLACES = {
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: windowsPlaces('Mozilla Firefox/firefox.exe'),
};

/** Path of a Firefox, or null. FIREFOX_PATH wins; when it is set it has to be right. */
export function findFirefox() {
  const named = process.env.FIREFOX_PATH;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    return fail(`FIREFOX_PATH is ${named}, which is not a program.`);
  }
  return findProgram(COMMANDS, PLACES[process.platform] ?? []);
}

/** Path of a Firefox, installed now if need be; null, with instructions, where it cannot be. With CI set it has to be there. */
export function ensureFirefox() {
  const found = findFirefox();
  if (found !== null) return found;
  tryInstall('Firefox', { debian: 'firefox-esr', cask: 'firefox' });
  const installed = findFirefox();
  if (installed !== null) return installed;
  if (process.env.CI !== undefined) return fail(instructions());
  console.log(`${instructions()}\nWithout it, the tests that compare Firefox with Node and Chromium are skipped.`);
  return null;
}

function instructions() {
  const advice = {
    linux:
      'Debian: sudo apt-get install firefox-esr   Ubuntu: sudo snap install firefox   Fedora: sudo dnf install firefox',
    darwin: 'With Homebrew: brew install --cask firefox',
  };
  return (
    'There is no Firefox, and none could be installed.\n' +
    `${advice[process.platform] ?? 'Install Firefox'}\n` +
    'or name one: FIREFOX_PATH=/path/to/firefox npm test'
  );
}
