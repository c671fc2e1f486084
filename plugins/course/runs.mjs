/** Records the executions that lessons show. Cached by what they depend on: the engine, the program, the plan. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createHost } from './engine.mjs';

/** Runs by `lab/name`. */
export async function recordRuns(siteDir, labs, engine) {
  const cacheDir = path.join(siteDir, '.cache', 'runs');
  await mkdir(cacheDir, { recursive: true });
  const wanted = labs.flatMap((lab) =>
    Object.entries(lab.definition.runs ?? {}).map(([name, run]) => ({ lab, name, ...run })),
  );

  let host = null;
  const runs = {};
  for (const { lab, name, version, execution } of wanted) {
    const key = `${lab.id}/${name}`;
    const source = await readVersion(lab, version, key);
    const request = { lab: lab.id, source, executionCode: execution };
    const cacheFile = path.join(cacheDir, `${hashOf([engine.hash, JSON.stringify(request)])}.json`);
    if (!existsSync(cacheFile)) {
      host ??= await createHost(siteDir);
      if (host === null) return {};
      await writeFile(cacheFile, JSON.stringify(await record(host, request, key)));
    }
    runs[key] = { lab: lab.id, version, source, recording: JSON.parse(await readFile(cacheFile, 'utf8')) };
  }
  await host?.close?.();
  return runs;
}

async function readVersion(lab, version, key) {
  const file = path.join(lab.folder, `${version}.ts`);
  if (!existsSync(file)) throw new Error(`labs/${lab.id}/lab.ts: the run "${key}" names ${version}.ts, which is not there.`);
  return readFile(file, 'utf8');
}

async function record(host, request, key) {
  try {
    return await host.replay(request);
  } catch (error) {
    throw new Error(`The run "${key}" (${request.executionCode}) cannot be recorded: ${error.message}`, { cause: error });
  }
}

function hashOf(parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
