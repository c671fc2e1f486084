/** `npm run e2e`: builds what has changed and runs the end-to-end tests; arguments go to Playwright. */
import { buildIfChanged } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureFirefox } from './firefox.mjs';
import { ensureInstalled } from './install.mjs';
import { runTool } from './run.mjs';

ensureInstalled();
const env = { CHROMIUM_PATH: ensureChromium(), FIREFOX_PATH: ensureFirefox() ?? '' };
await buildIfChanged();
process.exit(await runTool('playwright', ['test', ...process.argv.slice(2)], { from: '@playwright/test', env }));
