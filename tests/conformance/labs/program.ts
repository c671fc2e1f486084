/** A lab's program as a process of Node: stripped of its types, otherwise as it is, with the real client. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { INPUT_MODULES, type Workload } from '../../../src/grader/lab';

const CLIENTS = ['@confluentinc/kafka-javascript', 'kafkajs'];

/**
 * The file that Node can run, in the folder of the installed clients. What the program imports from the module beside it is
 * the workload's input.
 *
 * @throws Error with esbuild's message when the program is not TypeScript
 */
export async function compileProgram(file: string, workload: Workload, clients: string): Promise<string> {
  const { input } = workload;
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: CLIENTS,
    logLevel: 'silent',
    plugins: [
      {
        name: 'input of the workload',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: new RegExp(`^\\./(${INPUT_MODULES.join('|')})$`) }, ({ path: name }) => ({
            path: name.slice('./'.length),
            namespace: 'input',
          }));
          onLoad({ filter: /.*/, namespace: 'input' }, ({ path: name }) => ({
            contents: `export const ${name} = ${JSON.stringify(input?.module === name ? input.values : [])};`,
          }));
        },
      },
    ],
  });
  const text = outputFiles[0]!.text;
  const folder = path.join(clients, 'programs');
  mkdirSync(folder, { recursive: true });
  const program = path.join(folder, `${createHash('sha256').update(text).digest('hex').slice(0, 12)}.mjs`);
  writeFileSync(program, text);
  return program;
}
