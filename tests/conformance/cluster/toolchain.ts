/** Java, Maven, and the jars that they bring: what a real broker needs, and what to do where it is missing. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

export const KAFKA_VERSION = '4.3.0';

export const projectDir = path.resolve(import.meta.dirname, '../../..');
/** Everything of a run that is not kept in git: jars, built clients, data of brokers, logs. */
export const cacheDir = path.join(projectDir, '.cache/kafka');
const pom = path.join(projectDir, 'tests/conformance/clients/java/pom.xml');

const JAVA_MIN = 17;

/** Something outside of the project is missing; the message says what and how to get it. */
export class ToolMissing extends Error {
  override readonly name = 'ToolMissing';
}

/**
 * The class path entry with all jars of that Kafka version, fetched from Maven Central when they are not there yet.
 *
 * @throws ToolMissing without Java 17 or newer, without Maven, or when the jars cannot be fetched.
 */
export function ensureKafka(say: (line: string) => void, version = KAFKA_VERSION): string {
  requirePlatform();
  requireJava();
  const libs = path.join(cacheDir, `libs-${version}`);
  const classPath = path.join(libs, '*');
  if (existsSync(libs)) return classPath;
  requireMaven();
  say(`Fetching Apache Kafka ${version} from Maven Central (about 45 MB, once).`);
  const partial = `${libs}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const result = spawnSync(
    'mvn',
    [
      ...['-q', '-B', '-f', pom, `-Dkafka.version=${version}`, 'dependency:copy-dependencies'],
      `-DoutputDirectory=${partial}`,
    ],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw new ToolMissing(
      `Maven could not fetch Apache Kafka ${version}. Is Maven Central reachable?\n${result.stdout}${result.stderr}`,
    );
  }
  // Another run may have been quicker; its jars are the same.
  if (existsSync(libs)) rmSync(partial, { recursive: true, force: true });
  else renameSync(partial, libs);
  return classPath;
}

/** What is missing for a local cluster, as one sentence with the remedy, or null. */
export function missingTool(): string | null {
  try {
    requirePlatform();
    requireJava();
    if (!existsSync(path.join(cacheDir, `libs-${KAFKA_VERSION}`))) requireMaven();
    return null;
  } catch (error) {
    if (error instanceof ToolMissing) return error.message;
    throw error;
  }
}

function requirePlatform(): void {
  if (process.platform === 'win32') {
    throw new ToolMissing('A local cluster needs SIGSTOP, which Windows has not. Use WSL, or --bootstrap host:port.');
  }
}

function requireJava(): void {
  const result = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const found = /version "(\d+)/.exec(result.stderr ?? '')?.[1];
  if (result.error !== undefined || found === undefined) {
    throw new ToolMissing(
      `Java is not installed. Kafka needs Java ${JAVA_MIN} or newer: apt-get install openjdk-17-jdk`,
    );
  }
  if (Number(found) < JAVA_MIN) {
    throw new ToolMissing(
      `Kafka needs Java ${JAVA_MIN} or newer; this is Java ${found}: apt-get install openjdk-17-jdk`,
    );
  }
}

function requireMaven(): void {
  if (spawnSync('mvn', ['-v']).error !== undefined) {
    throw new ToolMissing('Maven is not installed; it fetches Kafka from Maven Central: apt-get install maven');
  }
}
