/**
 * Makes the folders under labs/ importable. The modules, declared in `src/course/generated.d.ts`:
 *
 *     @course/labs          what a page shows of each lab: starter, solution, words, bound
 *     @course/lab-answers   hints and explanations, for after a run
 *     @course/lab-texts     text.<locale>.mdx of the locale being built
 *     @course/runs          the executions that lessons show, recorded now
 *     @course/engine        the engine bundle as text, for the sandbox
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
const MODULES = ['labs', 'lab-answers', 'lab-texts', 'runs', 'engine', 'client-types'];
const WATCHED = ['labs', 'src/simulation', 'src/kafka', 'src/services', 'src/database', 'src/grader', 'src/runner'];

export default function coursePlugin(context) {
  const { siteDir, generatedFilesDir } = context;
  const locale = context.i18n.currentLocale;

  return {
    name: NAME,

    getPathsToWatch: () => WATCHED.map((folder) => path.join(siteDir, folder, '**/*.{ts,mdx}')),

    loadContent: () => readCourse(siteDir),

    async contentLoaded({ content, actions: { createData } }) {
      const { labs, answers, runs, engine, clientTypes } = content;
      await createData('labs.js', `export const labs = ${asLiteral(labs)};\n`);
      await createData('lab-answers.js', `export const answers = ${asLiteral(answers)};\n`);
      await createData('lab-texts.js', labTextsModule(Object.keys(labs), locale));
      await createData('runs.js', `export const runs = ${asLiteral(runs)};\n`);
      await createData('engine.js', engineModule(engine.code, engine.hash));
      await createData('engine-server.js', engineModule('', engine.hash));
      await createData('client-types.js', `export default ${JSON.stringify(clientTypes)};\n`);
    },

    /** The table of contents, for pages outside the lessons. */
    async allContentLoaded({ allContent, actions }) {
      const [version] = allContent['docusaurus-plugin-content-docs'].default.loadedVersions;
      actions.setGlobalData({ parts: courseParts(version) });
    },

    configureWebpack(_config, isServer) {
      const file = (name) => path.join(generatedFilesDir, NAME, 'default', `${name}.js`);
      const alias = Object.fromEntries(MODULES.map((name) => [`@course/${name}$`, file(name)]));
      // Nothing is graded while pages are rendered, so the server's bundle does without the engine's text.
      if (isServer) alias['@course/engine$'] = file('engine-server');
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

/** JSON as an expression that the JavaScript engine parses fast. */
function asLiteral(value) {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}

function engineModule(code, hash) {
  return `export default ${JSON.stringify(code)};\nexport const hash = ${JSON.stringify(hash)};\n`;
}

function labTextsModule(ids, locale) {
  const imports = ids.map((id, index) => `import Text${index} from '@site/labs/${id}/text.${locale}.mdx';`);
  const entries = ids.map((id, index) => `  ${JSON.stringify(id)}: Text${index},`);
  return `${imports.join('\n')}\nexport const texts = {\n${entries.join('\n')}\n};\n`;
}
