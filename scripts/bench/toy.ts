/** Runs the toy world as the engine is run: bundled, in a process of its own. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** Executions a second. */
export async function toyRate(root: string): Promise<number> {
  const outfile = path.join(root, '.cache', 'toy-world.cjs');
  await build({
    entryPoints: [path.join(root, 'scripts/bench/toy-world.ts')],
    bundle: true,
    platform: 'node',
    target: 'es2022',
    outfile,
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile]);
  return Number(stdout);
}
