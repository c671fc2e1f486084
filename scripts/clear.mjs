/** `npm run clear`: removes everything that can be made again, packages aside. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from './install.mjs';

for (const folder of ['build', '.docusaurus', '.cache', 'node_modules/.cache', 'test-results', 'playwright-report']) {
  rmSync(path.join(projectDir, folder), { recursive: true, force: true });
}
