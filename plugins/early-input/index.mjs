/** Puts early-input.js into the head of every page. */
import { readFile } from 'node:fs/promises';

const SCRIPT = new URL('early-input.js', import.meta.url);

export default function earlyInputPlugin() {
  return {
    name: 'early-input',
    loadContent: () => readFile(SCRIPT, 'utf8'),
    injectHtmlTags: ({ content }) => ({
      headTags: [{ tagName: 'script', innerHTML: withoutComments(content) }],
    }),
  };
}

function withoutComments(script) {
  return script
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\n\s*/g, ' ')
    .trim();
}
