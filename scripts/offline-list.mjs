/** Lists the files of build/ for the page that downloads them: offline.json, with a version that changes with them. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

// Pictures for Open Graph are for those who pass by.
const LEFT_OUT =
  /(^|\/)(og\/.*|og-..\.png|sw\.js|offline\.json|sitemap\.xml|robots\.txt|llms\.txt|\.nojekyll|.*\.map)$/;

export function writeOfflineList(buildDir) {
  const hash = createHash('sha256');
  const files = filesOf(buildDir, '').filter((file) => !LEFT_OUT.test(file));
  const listed = files.map((file) => {
    const content = readFileSync(path.join(buildDir, file));
    hash.update(file).update('\0').update(content);
    // Pages are asked for by their folder.
    return { url: file.replace(/(^|\/)index\.html$/, '$1'), bytes: content.length };
  });
  const list = { version: hash.digest('hex').slice(0, 16), files: listed };
  writeFileSync(path.join(buildDir, 'offline.json'), JSON.stringify(list));
}

function filesOf(root, folder) {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesOf(root, file) : [file];
    });
}
