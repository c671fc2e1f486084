/** The steps that `npm run check` and `npm test` share: everything that needs neither a build nor a browser. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from './install.mjs';
import { runTool } from './run.mjs';

export const innerLoop = [
  {
    name: 'format',
    run: () =>
      runTool('prettier', ['--check', '--cache', '--cache-location', '.cache/prettier', '--log-level', 'warn', '.']),
    remedy: 'npm run format puts it right.',
  },
  {
    name: 'lint',
    // Without its cache, which does not notice a changed tsconfig.json.
    run: () => runTool('eslint', ['--max-warnings', '0', '.']),
    remedy: 'ESLint has named file, line and rule above.',
  },
  {
    name: 'types',
    run: () => runTool('tsc', ['--noEmit'], { from: 'typescript' }),
    remedy: 'tsc has named the place above.',
  },
  {
    name: 'tidy',
    run: () => runTool('vitest', ['run', 'tests/tidy.test.ts']),
    remedy: 'Each message above names file, line and remedy.',
  },
  {
    name: 'unit',
    run: () => runTool('vitest', ['run', ...testFolders(['tests/unit', 'tests/mutants'])]),
    remedy: 'One file alone: npx vitest run tests/unit/….test.ts',
  },
];

/** Vitest takes a folder that is not there for a mistake. */
function testFolders(folders) {
  return folders.filter((folder) => existsSync(path.join(projectDir, folder)));
}
