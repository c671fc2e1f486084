/**
 * Makes the folders under labs/ and experiments/ importable. The modules, declared in `src/course/generated.d.ts`:
 *
 *     @course/labs          by lab, what loads its card, text, answers and recorded runs: a chunk each
 *     @course/experiments   by experiment, what loads its recorded combinations
 *     @course/engine        the engine bundle as text, for the sandbox
 *     @course/database      SQLite as text, for the sandbox of labs that have a database
 *     @course/client-types  declarations of the client, for the editor
 *
 * The bundler keeps its cache when this file changes; `npm run build` empties it then, `npm run clear` always does.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { courseParts } from './course-parts.mjs';

const NAME = 'course';
const MODULES = ['labs', 'experiments', 'engine', 'database', 'client-types'];
const WATCHED = [
  'labs',
  'experiments',
  'src/simulation',
  'src/kafka',
  'src/services',
  'src/database',
  'src/grader',
  'src/runner',
];

export default function coursePlugin(context) {
  const { siteDir, generatedFilesDir } = context;
  const locale = context.i18n.currentLocale;

  return {
    name: NAME,

    getPathsToWatch: () => WATCHED.map((folder) => path.join(siteDir, folder, '**/*.{ts,mdx}')),

    loadContent: () => readCourse(siteDir),

    async contentLoaded({ content, actions: { createData } }) {
      const { labs, answers, runs, experiments, engine, database, clientTypes } = content;
      for (const [id, card] of Object.entries(labs)) {
        await createData(`labs/${id}/card.js`, dataModule(card));
        await createData(`labs/${id}/answers.js`, dataModule(answers[id]));
      }
      for (const [key, run] of Object.entries(runs)) await createData(`labs/${runFile(key)}`, dataModule(run));
      for (const [id, experiment] of Object.entries(experiments)) {
        await createData(`experiments/${id}.js`, dataModule(experiment));
      }
      await createData('experiments.js', experimentsModule(Object.keys(experiments)));
      await createData('labs.js', labsModule(Object.keys(labs), Object.keys(runs), locale));
      await createData('engine.js', engineModule(engine.code, engine.hash));
      await createData('engine-server.js', engineModule('', engine.hash));
      await createData('database.js', `export default ${JSON.stringify(database)};\n`);
      await createData('database-server.js', "export default '';\n");
      await createData('client-types.js', `export default ${JSON.stringify(clientTypes)};\n`);
    },

    /** The table of contents, for pages outside the lessons, and what tells whether a lab's evidence still stands. */
    async allContentLoaded({ allContent, actions }) {
      const [version] = allContent['docusaurus-plugin-content-docs'].default.loadedVersions;
      const { labs, engine } = allContent[NAME].default;
      actions.setGlobalData({ parts: courseParts(version, Object.values(labs)), engineHash: engine.hash });
    },

    configureWebpack(_config, isServer) {
      const file = (name) => path.join(generatedFilesDir, NAME, 'default', `${name}.js`);
      const alias = Object.fromEntries(MODULES.map((name) => [`@course/${name}$`, file(name)]));
      // Nothing is graded while pages are rendered, so the server's bundle does without the engine's text.
      if (isServer) {
        alias['@course/engine$'] = file('engine-server');
        alias['@course/database$'] = file('database-server');
      }
      return { resolve: { alias } };
    },
  };
}

/** What `read-course.ts` has written: labs and engine are TypeScript, which this process cannot import. */
async function readCourse(siteDir) {
  const outputFile = path.join(siteDir, '.cache', 'course.json');
  await mkdir(path.dirname(outputFile), { recursive: true });
  const script = path.join(siteDir, 'plugins/course/read-course.ts');
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', script, siteDir, outputFile], { cwd: siteDir });
  } catch (error) {
    throw new Error(`The labs cannot be read.\n${error.stderr || error.message}`, { cause: error });
  }
  return JSON.parse(await readFile(outputFile, 'utf8'));
}

/** JSON as a module that the JavaScript engine parses fast. */
function dataModule(value) {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(value))});\n`;
}

function engineModule(code, hash) {
  return `export default ${JSON.stringify(code)};\nexport const hash = ${JSON.stringify(hash)};\n`;
}

/** Loaders only, so that a page brings the labs that it shows and no other. */
function labsModule(ids, runKeys, locale) {
  const entry = (id) => {
    const runs = runKeys
      .filter((key) => key.startsWith(`${id}/`))
      .map((key) => `      ${JSON.stringify(key.slice(id.length + 1))}: () => import('./labs/${runFile(key)}'),\n`);
    return [
      `  ${JSON.stringify(id)}: {\n`,
      `    card: () => import('./labs/${id}/card.js'),\n`,
      `    text: () => import('@site/labs/${id}/text.${locale}.mdx'),\n`,
      `    answers: () => import('./labs/${id}/answers.js'),\n`,
      `    runs: {\n${runs.join('')}    },\n`,
      '  },\n',
    ].join('');
  };
  return `export const labs = {\n${ids.map(entry).join('')}};\n`;
}

function experimentsModule(ids) {
  const entries = ids.map((id) => `  ${JSON.stringify(id)}: () => import('./experiments/${id}.js'),\n`);
  return `export const experiments = {\n${entries.join('')}};\n`;
}

/** File of a run named `lab/name`. */
function runFile(key) {
  const [lab, name] = key.split('/');
  return `${lab}/run-${name}.js`;
}
