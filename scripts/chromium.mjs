/**
 * Finds a Chromium for the end-to-end tests, or installs one the way the platform offers. Nothing is downloaded but
 * through the system's own package manager.
 */
import { findProgram, isProgram, tryInstall, windowsPlaces } from './find-program.mjs';
import { fail } from './install.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const PLACES = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: windowsPlaces(
    'Google/Chrome/Application/chrome.exe',
    'Chromium/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ),
};

/** Path of a Chromium, or null. CHROMIUM_PATH wins; when it is set it has to be right. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    return fail(`CHROMIUM_PATH is ${named}, which is not a program.`);
  }
  return findProgram(COMMANDS, PLACES[process.platform] ?? []);
}

/** Path of a Chromium, installed now if need be; ends the command with instructions where it cannot be. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  tryInstall('Chromium', { debian: 'chromium', cask: 'chromium' });
  return findChromium() ?? fail(instructions());
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
