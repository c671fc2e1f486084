/**
 * Makes the folders under labs/ importable. The modules, declared in `src/course/generated.d.ts`:
 *
 *     @course/labs          what a page shows of each lab: starter, solution, words, bound
 *     @course/lab-texts     text.<locale>.mdx of the locale being built
 *     @course/runs          the executions that lessons show, recorded now
 *     @course/engine        the engine bundle as text, for the sandbox
 *     @course/client-types  declarations of the client, for the editor
 *
 * The bundler keeps its cache when this file changes; `npm run build` empties it then, `npm run clear` always does.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadEngine } from './engine.mjs';
import { labCard, readLabs } from './labs.mjs';
import { recordRuns } from './runs.mjs';

const NAME = 'course';
const MODULES = ['labs', 'lab-texts', 'runs', 'engine', 'client-types'];

export default function coursePlugin(context) {
  const { siteDir, generatedFilesDir } = context;
  const locale = context.i18n.currentLocale;

  return {
    name: NAME,

    getPathsToWatch: () => ['labs', 'src/simulation', 'src/kafka', 'src/services', 'src/database', 'src/grader', 'src/runner']
      .map((folder) => path.join(siteDir, folder, '**/*.{ts,mdx}')),

    async loadContent() {
      const labs = await readLabs(siteDir);
      const engine = await loadEngine(siteDir);
      const runs = await recordRuns(siteDir, labs, engine);
      return { labs, engine, runs };
    },

    async contentLoaded({ content: { labs, engine, runs }, actions }) {
      const clientTypesFile = path.join(siteDir, 'src/kafka/client/confluent/api.d.ts');
      const clientTypes = existsSync(clientTypesFile) ? await readFile(clientTypesFile, 'utf8') : '';
      const cards = Object.fromEntries(labs.map((lab) => [lab.id, labCard(lab)]));
      await actions.createData('labs.js', `export const labs = ${asLiteral(cards)};\n`);
      await actions.createData('lab-texts.js', labTextsModule(labs, locale));
      await actions.createData('runs.js', `export const runs = ${asLiteral(runs)};\n`);
      await actions.createData('engine.js', engineModule(engine.code, engine.hash));
      await actions.createData('engine-server.js', engineModule('', engine.hash));
      await actions.createData('client-types.js', `export default ${JSON.stringify(clientTypes)};\n`);
    },

    configureWebpack(_config, isServer) {
      const file = (name) => path.join(generatedFilesDir, NAME, 'default', `${name}.js`);
      const alias = Object.fromEntries(MODULES.map((name) => [`@course/${name}$`, file(name)]));
      // Nothing is graded while pages are rendered, so the server's bundle does without the engine's text.
      if (isServer) alias['@course/engine$'] = file('engine-server');
      return { resolve: { alias: { ...alias, ...stubsOf(siteDir) } } };
    },
  };
}

/** Components that lessons name and that are not there yet. */
function stubsOf(siteDir) {
  const stub = path.join(siteDir, 'plugins/course/stubs/component.js');
  const names = ['src/components/lab', 'src/components/timeline/Run'];
  const isMissing = (name) => ['.tsx', '/index.tsx', '/index.ts'].every((end) => !existsSync(path.join(siteDir, name + end)));
  return Object.fromEntries(names.filter(isMissing).map((name) => [path.join(siteDir, name), stub]));
}

/** JSON as an expression that the JavaScript engine parses fast. */
function asLiteral(value) {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}

function engineModule(code, hash) {
  return `export default ${JSON.stringify(code)};\nexport const hash = ${JSON.stringify(hash)};\n`;
}

function labTextsModule(labs, locale) {
  const imports = labs.map((lab, index) => `import Text${index} from '@site/labs/${lab.id}/text.${locale}.mdx';`);
  const entries = labs.map((lab, index) => `  ${JSON.stringify(lab.id)}: Text${index},`);
  return `${imports.join('\n')}\nexport const texts = {\n${entries.join('\n')}\n};\n`;
}
