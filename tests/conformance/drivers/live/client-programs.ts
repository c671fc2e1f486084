/** Makes the programs of the driver processes: the JavaScript one is bundled, the Java one compiled, both into the cache. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { ensureClients } from '../../clients/install';
import { LOG4J } from '../../cluster/settings';
import { cacheDir, ensureKafka, ToolMissing } from '../../cluster/toolchain';
import type { ProcessCommand } from './client-process';

export type ProcessLetter = 'K' | 'C' | 'J';
export type ClientPrograms = Readonly<Record<ProcessLetter, ProcessCommand>>;

const javaSources = path.resolve(import.meta.dirname, '../../clients/java');
const nodeMain = path.resolve(import.meta.dirname, '../node/main.ts');

/** @throws ToolMissing */
export async function prepareClients(say: (line: string) => void): Promise<ClientPrograms> {
  const classPath = ensureKafka(say);
  const clients = await ensureClients(say);
  const driver = bundleDriver(clients);
  const classes = compileJava(classPath);
  const log4j = path.join(cacheDir, 'client-log4j2.yaml');
  writeFileSync(log4j, LOG4J.replace('level: INFO', 'level: ERROR'));
  const node = (letter: 'K' | 'C'): ProcessCommand => ({
    command: process.execPath,
    args: [driver, letter],
    cwd: clients,
  });
  const jvm = ['-Xmx160m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${log4j}`];
  return {
    K: node('K'),
    C: node('C'),
    J: { command: 'java', args: [...jvm, '-cp', `${classes}${path.delimiter}${classPath}`, 'Driver'], cwd: clients },
  };
}

/** Beside the clients' node_modules, so that they are found. */
function bundleDriver(clients: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [nodeMain],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['kafkajs', '@confluentinc/kafka-javascript'],
  });
  const text = outputFiles[0]!.text;
  const file = path.join(clients, `driver-${hash(text)}.cjs`);
  if (!existsSync(file)) {
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return file;
}

function compileJava(classPath: string): string {
  const sources = readdirSync(javaSources)
    .filter((name) => name.endsWith('.java'))
    .map((name) => path.join(javaSources, name));
  const key = hash(sources.map((file) => readFileSync(file, 'utf8')).join('\n'));
  const classes = path.join(cacheDir, `java-${key}`);
  if (existsSync(classes)) return classes;
  const partial = `${classes}.${process.pid}.partial`;
  mkdirSync(partial, { recursive: true });
  const result = spawnSync('javac', ['-d', partial, '-cp', classPath, ...sources], { encoding: 'utf8' });
  if (result.error !== undefined) {
    throw new ToolMissing('javac is not installed; a Java runtime alone does not do: apt-get install openjdk-17-jdk');
  }
  if (result.status !== 0) throw new Error(`The Java driver does not compile.\n${result.stderr}`);
  if (existsSync(classes)) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, classes);
  return classes;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
