/**
 * A picture of each lesson and each page of the reference for Open Graph, at `/og/<id>.png` in the language of the site.
 * The theme names it in the page's head (`src/theme/DocItem/Metadata`). What was drawn is kept in .cache/ until a word of
 * it changes.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export default function pagePicturesPlugin({ siteDir, i18n }) {
  const kept = path.join(siteDir, '.cache', 'page-pictures');
  let pages = [];
  return {
    name: 'page-pictures',

    async allContentLoaded({ allContent }) {
      const [{ docs, sidebars }] = allContent['docusaurus-plugin-content-docs'].default.loadedVersions;
      const partOf = new Map(
        Object.values(sidebars)
          .flat()
          .filter((item) => item.type === 'category')
          .flatMap(({ label, items }) => items.map((item) => [item.id, label])),
      );
      const otherwise = i18n.currentLocale === 'ru' ? 'Справочник' : 'Reference';
      pages = docs.map(({ id, title, description }) => ({
        id,
        page: { title, description, part: partOf.get(id) ?? otherwise, lang: i18n.currentLocale },
      }));
    },

    async postBuild({ outDir }) {
      const program = await readFile(fileURLToPath(new URL('draw.mjs', import.meta.url)));
      await mkdir(kept, { recursive: true });
      for (const { id, page } of pages) {
        const hash = createHash('sha256').update(program).update(JSON.stringify(page)).digest('hex').slice(0, 24);
        const file = path.join(kept, `${hash}.png`);
        if (!existsSync(file)) await writeFile(file, await draw(page));
        const target = path.join(outDir, 'og', `${id}.png`);
        await mkdir(path.dirname(target), { recursive: true });
        await copyFile(file, target);
      }
    },
  };
}

/** The drawing packages are loaded only where something has to be drawn. */
async function draw(page) {
  const { drawPicture } = await import('./draw.mjs');
  return drawPicture(page);
}
