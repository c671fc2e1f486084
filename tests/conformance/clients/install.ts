/**
 * Installs the real clients outside of the course's own packages: kafkajs, and Confluent's client with its native library,
 * which is built from its own sources where no binary can be fetched. Built once for each version of Node and libc, and
 * kept in .cache/kafka.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, ToolMissing } from '../cluster/toolchain';

const CONFLUENT = '@confluentinc/kafka-javascript';
const PACKAGES = 'libcurl4-openssl-dev libssl-dev zlib1g-dev libsasl2-dev libzstd-dev liblz4-dev g++ make python3';

/**
 * A folder from which `kafkajs` and `@confluentinc/kafka-javascript` can be imported.
 *
 * @throws ToolMissing when the packages cannot be fetched or the native library cannot be built; the message has the
 *   remedy and the place of the build's log.
 */
export async function ensureClients(say: (line: string) => void): Promise<string> {
  const dir = path.join(cacheDir, `clients-${cacheKey()}`);
  if (existsSync(dir)) return dir;
  const partial = `${dir}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) {
    copyFileSync(path.join(import.meta.dirname, name), path.join(partial, name));
  }
  const log = path.join(cacheDir, 'clients.log');
  rmSync(log, { force: true });
  say('Fetching the clients under test: kafkajs and @confluentinc/kafka-javascript (once).');
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], partial, log);
  say('Fetching the native library of @confluentinc/kafka-javascript, or building it (about 75 s, once).');
  await run('npm', ['rebuild', CONFLUENT, '--foreground-scripts'], partial, log);
  checkNative(partial, log);
  // The sources of librdkafka, 200 MB, are of no use once it is built.
  rmSync(path.join(partial, 'node_modules', CONFLUENT, 'deps'), { recursive: true, force: true });
  if (existsSync(dir)) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, dir);
  return dir;
}

/** What the native library depends on: the packages, Node's binary interface, the C library. */
function cacheKey(): string {
  const lock = readFileSync(path.join(import.meta.dirname, 'package-lock.json'));
  const report = process.report.getReport() as unknown as {
    readonly header: { readonly glibcVersionRuntime?: string };
  };
  const libc = report.header.glibcVersionRuntime ?? 'other';
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 10);
  return `${process.platform}-${process.arch}-node${process.versions.modules}-libc${libc}-${hash}`;
}

/** Headers that lie beside Node are used; else node-gyp would fetch them. */
function nodeHeaders(): Record<string, string> {
  const prefix = path.resolve(process.execPath, '../..');
  return existsSync(path.join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
}

function run(command: string, args: readonly string[], cwd: string, log: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // No parallel make: the build of librdkafka breaks with it.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...nodeHeaders(), CKJS_LINKING: 'dynamic', JOBS: '1', MAKEFLAGS: '' },
    });
    const keep = (data: Buffer): void => appendFileSync(log, data);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(notInstalled(`${command} ${args.join(' ')} failed`, log));
    });
  });
}

function checkNative(dir: string, log: string): void {
  const script = `process.stdout.write(require('${CONFLUENT}').librdkafkaVersion)`;
  const result = spawnSync(process.execPath, ['-e', script], { cwd: dir, encoding: 'utf8' });
  if (result.status !== 0) throw notInstalled(`The native library does not load: ${result.stderr}`, log);
}

function notInstalled(reason: string, log: string): ToolMissing {
  return new ToolMissing(
    `${reason}. The log is ${log}\n` +
      `Without a binary for this system the library is built from its sources, which needs: apt-get install ${PACKAGES}`,
  );
}
