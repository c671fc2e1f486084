/**
 * Programs that commit before they ship, and would pass if anything they can reach lived longer than a process; and
 * programs that want the host, or memory that no heap limit sees. None may pass.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '../fixtures/programs');

/** Source by name. */
export const SMUGGLERS: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(path.join(FOLDER, 'hostile')).map((file) => [
    file.replace(/\.ts$/, ''),
    readFileSync(path.join(FOLDER, 'hostile', file), 'utf8'),
  ]),
);

/** Puts a mark on every object it can reach, and prints how many of them were marked by an earlier life. */
export const CRAWLER = readFileSync(path.join(FOLDER, 'crawl-tag.ts'), 'utf8');

/** Reads from a stack what the grader is doing. */
export const STACK_READER = readFileSync(path.join(FOLDER, 'cheat-stack.ts'), 'utf8');
