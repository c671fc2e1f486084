/** `npm run dev`: hot reload for authors, one language at a time. `npm run dev -- --locale ru` for Russian. */
import { ensureInstalled } from './install.mjs';
import { runTool } from './run.mjs';

ensureInstalled();
process.exit(await runTool('docusaurus', ['start', ...process.argv.slice(2)], { from: '@docusaurus/core' }));
