/**
 * Makes importable what the reference pages are made of. The modules, declared in `src/components/reference/generated.d.ts`:
 *
 *     @reference/fidelity    scenario × client: the model beside what real clusters printed
 *     @reference/transcripts what loads the transcripts of a scenario, a chunk for each guarantee
 *     @reference/clients     what the JavaScript clients do, with their runs
 *     @reference/modules     what programs can import of Node's own
 *     @reference/rules       each rule with the code that names it and the tests that hold it
 *     @reference/catalogue   faults and anomalies, with the labs that look for them
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const NAME = 'reference';
const WHOLE = ['fidelity', 'clients', 'modules', 'rules', 'catalogue'];

export default function referencePlugin({ siteDir, generatedFilesDir }) {
  const fileOf = (name) => path.join(generatedFilesDir, NAME, 'default', `${name}.js`);
  return {
    name: NAME,

    getPathsToWatch: () => [path.join(siteDir, 'tests/{scenarios,conformance}/**/*.{ts,txt,json}')],

    loadContent: () => readReference(siteDir),

    async contentLoaded({ content, actions: { createData } }) {
      for (const name of WHOLE) await createData(`${name}.js`, dataModule(content[name]));
      const guarantees = Object.keys(content.transcripts);
      for (const guarantee of guarantees)
        await createData(`transcripts/${guarantee}.js`, dataModule(content.transcripts[guarantee]));
      const loaders = guarantees.map(
        (name) => `  ${JSON.stringify(name)}: () => import('./transcripts/${name}.js'),\n`,
      );
      await createData('transcripts.js', `export const transcripts = {\n${loaders.join('')}};\n`);
    },

    configureWebpack: () => ({
      resolve: {
        alias: Object.fromEntries([...WHOLE, 'transcripts'].map((name) => [`@reference/${name}$`, fileOf(name)])),
      },
    }),
  };
}

/** What `read-reference.ts` has written: it imports TypeScript, which this process cannot. */
async function readReference(siteDir) {
  const outputFile = path.join(siteDir, '.cache', 'reference.json');
  await mkdir(path.dirname(outputFile), { recursive: true });
  const script = path.join(siteDir, 'plugins/reference/read-reference.ts');
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', script, siteDir, outputFile], { cwd: siteDir });
  } catch (error) {
    throw new Error(`The reference cannot be read.\n${error.stderr || error.message}`, { cause: error });
  }
  return JSON.parse(await readFile(outputFile, 'utf8'));
}

/** JSON as a module that the JavaScript engine parses fast. */
function dataModule(value) {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});\n`;
}
