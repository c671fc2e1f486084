/** `npm run check`: the inner loop, under a minute. */
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { innerLoop } = await import('./inner-loop.mjs');
const { runSteps } = await import('./steps.mjs');
await runSteps(innerLoop);
