/**
 * Runs a TypeScript program of the project on a fresh clone too: installs the packages first.
 *
 *     node scripts/run-ts.mjs scripts/kafka-cluster.ts start
 */
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { runTool } = await import('./run.mjs');
process.exitCode = await runTool('tsx', process.argv.slice(2));
