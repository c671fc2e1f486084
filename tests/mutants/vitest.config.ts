/** For `npm run mutants` alone: the ordinary tests with one fault in the model. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config';
import { mutantPlugin } from './apply';
import { MUTANTS } from './list';

const root = path.resolve(__dirname, '../..');
const mutant = MUTANTS.find(({ id }) => id === process.env.MUTANT);
if (mutant === undefined) throw new Error(`MUTANT names no mutant of tests/mutants/list.ts: ${process.env.MUTANT}`);

export default defineConfig({
  ...base,
  root,
  plugins: [mutantPlugin(mutant, root)],
  // One failing test is enough; the rest would only take time.
  test: { ...base.test, bail: 1, fileParallelism: false, reporters: ['json'] },
});
