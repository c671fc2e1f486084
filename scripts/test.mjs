/** `npm test`: everything, from a fresh clone. The last line counts the steps: `11 passed, 0 failed`. */
import { ensureInstalled, fail } from './install.mjs';
import { auditPages } from './audit.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureFirefox } from './firefox.mjs';
import { innerLoop } from './inner-loop.mjs';
import { buildIfChanged } from './build.mjs';
import { runTool } from './run.mjs';
import { runSteps } from './steps.mjs';

if (process.argv.length > 2) {
  const usage = `npm test runs everything and takes no arguments. Parts of it:
  npm run check                   what is fast: format, lint, types, tidy, unit tests
  npm run unit -- <part of path>  unit tests
  npm run e2e -- <file>           end-to-end tests
  npm run audit:pages             Lighthouse`;
  if (!process.argv.includes('--help')) fail(usage);
  console.log(usage);
  process.exit(0);
}
ensureInstalled();
// Asked for first: a missing browser should not be found out after minutes of other work.
const chromium = ensureChromium();
console.log(`Chromium for the end-to-end tests: ${chromium}`);
const firefox = ensureFirefox();
if (firefox !== null) console.log(`Firefox for the comparison of browsers: ${firefox}`);

await runSteps([
  ...innerLoop,
  {
    name: 'programs',
    run: () => runTool('vitest', ['run', 'tests/labs.test.ts', 'tests/programs.test.ts', 'tests/hostile']),
    remedy: 'A verdict differs from what is declared for the program; the message above names the file.',
  },
  {
    name: 'scenarios',
    run: () => runTool('vitest', ['run', 'tests/scenarios', 'tests/conformance']),
    remedy:
      'The model does something else than Kafka did; the message names the scenario. One alone: npm run scenarios -- <part of its name>',
  },
  {
    name: 'live kafka',
    // Says that it was skipped where Java or Maven is missing.
    run: () => runTool('tsx', ['scripts/conformance.ts', '--quick']),
    remedy: 'A real Kafka did something else than was recorded. One row alone: npm run conformance -- <row>',
  },
  {
    name: 'build',
    run: async () => {
      const isBuiltNow = await buildIfChanged();
      if (!isBuiltNow) console.log('build/ is up to date.');
      return 0;
    },
    remedy: 'Docusaurus has named the page above.',
  },
  {
    name: 'e2e',
    run: () => {
      const env = { CHROMIUM_PATH: chromium, FIREFOX_PATH: firefox ?? '' };
      return runTool('playwright', ['test'], { from: '@playwright/test', env });
    },
    remedy: 'One file alone, after npm run build: npm run e2e -- tests/e2e/site.spec.ts',
  },
  {
    name: 'audit',
    run: () => auditPages(false),
    remedy: 'Lighthouse has named page and audit above. Alone, after npm run build: npm run audit:pages',
  },
]);
