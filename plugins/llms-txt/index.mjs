/** Writes llms.txt: the course as one page of plain text, with the address of every lesson. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

export default function llmsTxtPlugin(context) {
  let lines = [];
  return {
    name: 'llms-txt',
    async allContentLoaded({ allContent }) {
      const [version] = allContent['docusaurus-plugin-content-docs'].default.loadedVersions;
      lines = version.docs.map(
        ({ title, description, permalink }) =>
          `- [${title}](${context.siteConfig.url}${permalink.replace(/\/?$/, '/')}): ${description}`,
      );
    },
    async postBuild({ outDir, siteConfig }) {
      const text = [`# ${siteConfig.title}`, `> ${siteConfig.tagline}`, lines.join('\n')].join('\n\n');
      await writeFile(path.join(outDir, 'llms.txt'), `${text}\n`);
    },
  };
}
