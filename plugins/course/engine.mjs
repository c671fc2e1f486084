/** The engine bundle, and the host that runs it in Node, both made by `src/runner`. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { importTypeScript } from './labs.mjs';

/** `{ code, hash }` of the engine bundle. */
export async function loadEngine(siteDir) {
  const file = path.join(siteDir, 'src/runner/engine-bundle.ts');
  if (!existsSync(file)) return { code: 'throw new Error("src/runner/engine-bundle.ts is missing")', hash: 'missing' };
  const { buildEngine } = await importTypeScript(file);
  return buildEngine();
}

/** A host that grades and replays here, as the command line does; null as long as there is none. */
export async function createHost(siteDir) {
  const file = path.join(siteDir, 'src/runner/node/host.ts');
  if (!existsSync(file)) return null;
  const { createNodeHost } = await importTypeScript(file);
  return createNodeHost();
}
