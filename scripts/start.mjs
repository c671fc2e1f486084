/** `npm start`: installs what is missing, builds what has changed, serves the course in both languages. */
import { ensureInstalled } from './install.mjs';
import { buildIfChanged } from './build.mjs';
import { readServeOptions, serve } from './serve.mjs';

const options = readServeOptions();
ensureInstalled();
const isBuiltNow = await buildIfChanged();
if (!isBuiltNow) console.log('Nothing has changed since the last build.');
const address = await serve(options);
console.log(`\nExactly Once? is ready:\n  English  ${address}\n  Русский  ${address}ru/\n\nStop with Ctrl+C.`);
