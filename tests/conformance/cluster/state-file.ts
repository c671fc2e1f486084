/**
 * What is known of a cluster besides the processes themselves: one folder a cluster under .cache/kafka/clusters/, and in it
 * `state.json`. It is what `kafka:stop`, and the next run after one that was killed, find the processes by.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, signal, waitUntilGone, type ProcessIdentity } from './process-identity';
import type { ClusterSize } from './settings';
import { cacheDir } from './toolchain';

const clustersDir = path.join(cacheDir, 'clusters');

export interface ClusterState {
  readonly size: ClusterSize;
  readonly kafkaVersion: string;
  readonly basePort: number;
  /** The run that the cluster belongs to; null when it outlives the command that started it. */
  readonly owner: ProcessIdentity | null;
  /** By node id. */
  readonly processes: Readonly<Record<string, ProcessIdentity>>;
}

export interface KnownCluster {
  readonly dir: string;
  readonly state: ClusterState;
}

/** A new folder for a cluster. */
export function newClusterDir(): string {
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const dir = path.join(clustersDir, `${stamp}-${process.pid}`);
  mkdirSync(dir, { recursive: true });
  return dir;
}

export function writeState(dir: string, state: ClusterState): void {
  const file = path.join(dir, 'state.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** Clusters of which a process is still running, or that a run still owns. */
export function knownClusters(): KnownCluster[] {
  if (!existsSync(clustersDir)) return [];
  return readdirSync(clustersDir)
    .map((name) => path.join(clustersDir, name))
    .filter((dir) => existsSync(path.join(dir, 'state.json')))
    .map((dir) => ({ dir, state: JSON.parse(readFileSync(path.join(dir, 'state.json'), 'utf8')) as ClusterState }));
}

/** The cluster that `kafka:start` left running, if it still does. */
export function standingCluster(): KnownCluster | null {
  return (
    knownClusters().find(({ state }) => state.owner === null && Object.values(state.processes).some(isRunning)) ?? null
  );
}

/** Ends all processes of the cluster, stopped ones too, and waits for it. `keep` keeps its logs and data. */
export async function endCluster({ dir, state }: KnownCluster, { keep }: { readonly keep: boolean }): Promise<void> {
  const processes = Object.values(state.processes);
  for (const process of processes) signal(process, 'SIGKILL');
  for (const process of processes) await waitUntilGone(process);
  if (keep) rmSync(path.join(dir, 'state.json'), { force: true });
  else rmSync(dir, { recursive: true, force: true });
}

/** Ends what earlier runs left behind: their clusters go on after a SIGKILL of the run. Says how many there were. */
export async function endAbandonedClusters(): Promise<number> {
  const abandoned = knownClusters().filter(({ state }) => {
    if (state.owner !== null) return !isRunning(state.owner);
    return !Object.values(state.processes).some(isRunning);
  });
  for (const cluster of abandoned) await endCluster(cluster, { keep: false });
  return abandoned.length;
}
