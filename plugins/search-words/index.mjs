/** Puts `loose-tokenize.mjs` in the place of the search plugin's module. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

export default function searchWordsPlugin() {
  const plugin = path.dirname(require.resolve('@easyops-cn/docusaurus-search-local/package.json'));
  const replaced = path.join(plugin, 'dist/client/client/utils/looseTokenize.js');
  return {
    name: 'search-words',
    configureWebpack: () => ({
      resolve: { alias: { [replaced]: fileURLToPath(new URL('loose-tokenize.mjs', import.meta.url)) } },
    }),
  };
}
