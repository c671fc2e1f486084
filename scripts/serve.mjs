/**
 * Serves build/ as a static host would: compressed, with clean addresses, and the 404 page of the language.
 *
 *     node scripts/serve.mjs --port 3000 --host 127.0.0.1 --strict-port
 */
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, fail, projectDir } from './install.mjs';

const buildDir = path.join(projectDir, 'build');
/** Ports tried one after the other before giving up. */
const PORTS_TRIED = 20;

const USAGE = `Options, after "--" (npm start -- --port 4000):
  --port <number>   first port to try; 3000, or what PORT says
  --host <address>  where to listen; 127.0.0.1
  --strict-port     no other port when that one is in use`;

/** Reads `--port`, `--host` and `--strict-port`; PORT is the fallback of the first. */
export function readServeOptions(args = process.argv.slice(2)) {
  const values = readArguments(args);
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`--port ${values.port}: not a port number.`);
  return { port, host: values.host, isPortStrict: values['strict-port'] };
}

function readArguments(args) {
  const options = {
    port: { type: 'string', default: process.env.PORT ?? '3000' },
    host: { type: 'string', default: '127.0.0.1' },
    'strict-port': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return fail(`${error.message}\n\n${USAGE}`);
  }
}

/** Starts the server and returns its address. */
export async function serve({ port, host, isPortStrict }) {
  if (!existsSync(path.join(buildDir, 'index.html'))) fail('There is no build to serve. Run: npm start');
  const { default: sirv } = await import('sirv');
  const { default: compression } = await import('compression');
  const files = sirv(buildDir, { etag: true, dev: true, onNoMatch: answerNotFound });
  const compress = compression();
  const server = createServer((request, response) => compress(request, response, () => files(request, response)));
  const lastPort = isPortStrict || port === 0 ? port : port + PORTS_TRIED - 1;

  for (let candidate = port; candidate <= lastPort; candidate += 1) {
    const error = await listen(server, candidate, host);
    if (error === null) {
      if (candidate !== port) console.log(`Port ${port} is in use; taking ${candidate}.`);
      return `http://${host === '127.0.0.1' ? 'localhost' : host}:${server.address().port}/`;
    }
    if (error.code !== 'EADDRINUSE') fail(`Cannot listen on ${host}:${candidate}: ${error.message}`);
  }
  return fail(
    `Port ${port}${lastPort > port ? ` and those up to ${lastPort}` : ''} in use. Choose one: npm start -- --port 4000`,
  );
}

function answerNotFound(request, response) {
  const language = request.url.startsWith('/ru/') ? 'ru' : '';
  response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(readFileSync(path.join(buildDir, language, '404.html')));
}

/** Null when listening, else the error. */
function listen(server, port, host) {
  return new Promise((resolve) => {
    const onError = (error) => resolve(error);
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      resolve(null);
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = readServeOptions();
  ensureInstalled();
  void serve(options).then((address) => console.log(`Serving build/ at ${address}`));
}
