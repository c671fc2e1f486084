/** Reads the files that are to be graded, and finds out which lab each belongs to. */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { INPUT_MODULES } from '../grader/lab';
import { MAX_SOURCE_LENGTH } from '../runner/compile/parse-program';

const EXTENSIONS = ['.ts', '.mts', '.js'];

/** What lies in a lab's folder, or beside a learner's program, and is not to be graded. */
const NO_PROGRAMS = ['lab.ts', 'hints.ts', ...INPUT_MODULES.map((name) => `${name}.ts`)];

/** What the caller has to put right; printed without a stack, exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The programs at `target`: the file itself, or all in the folder and below, sorted. */
export async function programFiles(
  target: string,
): Promise<{ readonly isFolder: boolean; readonly files: readonly string[] }> {
  const entry = await stat(target).catch(() => null);
  if (entry === null) throw new UsageError(`${target}: there is no such file or folder.`);
  if (!entry.isDirectory()) {
    if (!isProgram(target)) throw new UsageError(`${target}: a program is a ${EXTENSIONS.join(', ')} file.`);
    return { isFolder: false, files: [target] };
  }
  const found = await readdir(target, { recursive: true, withFileTypes: true });
  const files = found
    .filter(
      (file) =>
        file.isFile() && isProgram(file.name) && !NO_PROGRAMS.includes(file.name) && !file.name.endsWith('.d.ts'),
    )
    .map((file) => path.join(file.parentPath, file.name))
    .filter((file) => !file.split(path.sep).includes('node_modules'))
    .sort();
  if (files.length === 0) throw new UsageError(`${target}: no ${EXTENSIONS.join(', ')} file in this folder.`);
  return { isFolder: true, files };
}

function isProgram(file: string): boolean {
  return EXTENSIONS.includes(path.extname(file));
}

/** @throws UsageError for a file that is not readable, not text, or too large */
export async function readProgram(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: cannot be read (${error.code ?? error.message}).`);
  });
  if (bytes.length > MAX_SOURCE_LENGTH) {
    throw new UsageError(`${file}: ${bytes.length} bytes; ${MAX_SOURCE_LENGTH} is the most that is graded.`);
  }
  if (bytes.includes(0)) throw new UsageError(`${file}: not a text file.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file}: not UTF-8 text.`);
  }
}

/**
 * The lab of a file: as asked for, else by a `// lab: <id>` comment in its first lines, else by `labs/<id>/` in its path.
 * @throws UsageError when none of the three names a lab
 */
export function labOf(file: string, source: string, asked: string | undefined, labs: readonly string[]): string {
  const comment = /^\s*\/\/\s*lab:\s*([\w-]+)/m.exec(source.split('\n', 20).join('\n'))?.[1];
  const inPath = /(?:^|[\\/])labs[\\/]([\w-]+)[\\/]/.exec(path.resolve(file))?.[1];
  const id = asked ?? comment ?? inPath;
  const list = `Labs: ${labs.join(', ')}.`;
  if (id === undefined) {
    throw new UsageError(
      `${file}: which lab is it for? Say --lab <id>, or write // lab: <id> at the top of the file. ${list}`,
    );
  }
  if (!labs.includes(id)) throw new UsageError(`${file}: there is no lab "${id}". ${list}`);
  return id;
}
