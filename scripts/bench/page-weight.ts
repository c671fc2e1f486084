/** What a page costs before its lab is touched. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const PAGES = [
  '404.html',
  'index.html',
  'lessons/log-and-offsets/index.html',
  'lessons/at-least-once/index.html',
  'ru/lessons/at-least-once/index.html',
];

/** Bytes of the page's scripts and styles after gzip, in kB. */
export function weightOf(
  build: string,
  page: string,
): { readonly html: number; readonly scripts: number; readonly styles: number } {
  const html = readFileSync(path.join(build, page));
  const text = html.toString('utf8');
  const size = (files: readonly string[]): number =>
    files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(build, file.split('?')[0]!))).length, 0) / 1000;
  const scripts = [...text.matchAll(/<script[^>]+src="?([^"\s>]+)/g)].map((match) => match[1]!);
  const styles = [...text.matchAll(/<link[^>]+href="?([^"\s>]+\.css)/g)].map((match) => match[1]!);
  return { html: gzipSync(html).length / 1000, scripts: size(scripts), styles: size(styles) };
}

export function pageWeights(build: string): string {
  const lines = [
    'kB after gzip, before a lab is touched; the engine and the editor are loaded when they are asked for.',
    '',
    '| page | HTML | scripts named by the page | styles |',
    '|---|---|---|---|',
  ];
  for (const page of PAGES) {
    const { html, scripts, styles } = weightOf(build, page);
    lines.push(`| ${page} | ${html.toFixed(1)} | ${scripts.toFixed(1)} | ${styles.toFixed(1)} |`);
  }
  return `${lines.join('\n')}\n`;
}
