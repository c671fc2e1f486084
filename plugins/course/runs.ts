/** Records the executions that lessons show. Cached by what they depend on: the engine, the program, the plan. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { GradeHost, ReplayRequest } from '../../src/runner/api';
import type { Recording } from '../../src/simulation/trace';
import type { LabFolder } from './labs';

export interface NamedRunData {
  readonly lab: string;
  readonly version: string;
  readonly source: string;
  readonly recording: Recording;
}

/** Runs by `lab/name`. The host is only started when something has to be recorded afresh. */
export async function recordRuns(
  cacheDir: string,
  labs: readonly LabFolder[],
  engineHash: string,
  startHost: () => GradeHost,
): Promise<Record<string, NamedRunData>> {
  await mkdir(cacheDir, { recursive: true });
  const runs: Record<string, NamedRunData> = {};
  let host: GradeHost | null = null;
  for (const lab of labs) {
    for (const [name, { version, execution }] of Object.entries(lab.definition.runs ?? {})) {
      const key = `${lab.id}/${name}`;
      const source = await readVersion(lab, version, key);
      const request: ReplayRequest = { lab: lab.id, source, executionCode: execution };
      const cacheFile = path.join(cacheDir, `${hashOf(engineHash, JSON.stringify(request))}.json`);
      if (!existsSync(cacheFile)) {
        host ??= startHost();
        await writeFile(cacheFile, JSON.stringify(await record(host, request, key)));
      }
      const recording = JSON.parse(await readFile(cacheFile, 'utf8')) as Recording;
      runs[key] = { lab: lab.id, version, source, recording };
    }
  }
  return runs;
}

async function readVersion(lab: LabFolder, version: string, key: string): Promise<string> {
  const file = path.join(lab.folder, `${version}.ts`);
  if (!existsSync(file))
    throw new Error(`labs/${lab.id}/lab.ts: the run "${key}" names ${version}.ts, which is not there.`);
  return readFile(file, 'utf8');
}

async function record(host: GradeHost, request: ReplayRequest, key: string): Promise<Recording> {
  try {
    return await host.replay(request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The run "${key}" (${request.executionCode}) cannot be recorded: ${reason}`, { cause: error });
  }
}

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
