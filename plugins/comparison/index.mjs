/**
 * Makes `@course/comparison` importable: what the lesson `three-guarantees` says of loss, repetition and cost, measured by
 * the engine when the site is built. Declared in `src/components/measured/generated.d.ts`.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const NAME = 'comparison';

export default function comparisonPlugin({ siteDir, generatedFilesDir }) {
  return {
    name: NAME,

    loadContent: () => readComparison(siteDir),

    async contentLoaded({ content, actions: { createData } }) {
      await createData('comparison.js', `export const comparison = ${JSON.stringify(content.rows)};\n`);
    },

    configureWebpack: () => ({
      resolve: { alias: { '@course/comparison$': path.join(generatedFilesDir, NAME, 'default', 'comparison.js') } },
    }),
  };
}

/** What `read-comparison.ts` has written: it imports TypeScript, which this process cannot. */
async function readComparison(siteDir) {
  const outputFile = path.join(siteDir, '.cache', 'comparison.json');
  const script = path.join(siteDir, 'plugins/comparison/read-comparison.ts');
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', script, siteDir, outputFile], { cwd: siteDir });
  } catch (error) {
    throw new Error(`The comparison cannot be measured.\n${error.stderr || error.message}`, { cause: error });
  }
  return JSON.parse(await readFile(outputFile, 'utf8'));
}
