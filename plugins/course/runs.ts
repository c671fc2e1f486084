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

/** Runs a program in a lab's world once more and gives the trace; `user` is who asks, for the message of an error. */
export type Recorder = (lab: string, source: string, execution: string, user: string) => Promise<Recording>;

/** The host is only started when something has to be recorded afresh. */
export async function createRecorder(
  cacheDir: string,
  engineHash: string,
  startHost: () => GradeHost,
): Promise<Recorder> {
  await mkdir(cacheDir, { recursive: true });
  let host: GradeHost | null = null;
  return async (lab, source, execution, user) => {
    const request: ReplayRequest = { lab, source, executionCode: execution };
    const cacheFile = path.join(cacheDir, `${hashOf(engineHash, JSON.stringify(request))}.json`);
    if (!existsSync(cacheFile)) {
      host ??= startHost();
      await writeFile(cacheFile, JSON.stringify(await replay(host, request, user)));
    }
    return JSON.parse(await readFile(cacheFile, 'utf8')) as Recording;
  };
}

/** Runs of the labs by `lab/name`. */
export async function recordRuns(labs: readonly LabFolder[], record: Recorder): Promise<Record<string, NamedRunData>> {
  const runs: Record<string, NamedRunData> = {};
  for (const lab of labs) {
    for (const [name, { version, execution }] of Object.entries(lab.definition.runs ?? {})) {
      const key = `${lab.id}/${name}`;
      const source = await readVersion(lab, version, key);
      runs[key] = { lab: lab.id, version, source, recording: await record(lab.id, source, execution, `run "${key}"`) };
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

async function replay(host: GradeHost, request: ReplayRequest, user: string): Promise<Recording> {
  try {
    return await host.replay(request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${user}: ${request.executionCode} cannot be recorded: ${reason}`, { cause: error });
  }
}

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
