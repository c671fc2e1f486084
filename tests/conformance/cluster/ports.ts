/** Finds ports for a cluster. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { allPorts, PORT_SPAN, type ClusterSize } from './settings';

const LOWEST = 14_000;
/** Where Linux begins to take ports for outgoing connections, unless it says otherwise. */
const EPHEMERAL_DEFAULT = 32_768;

/**
 * A base port from which on all ports of a cluster are free. It lies below the ports of outgoing connections: else a
 * client's socket could take a broker's port between its kill and its restart.
 *
 * @throws when no such range is free.
 */
export async function findBasePort(size: ClusterSize): Promise<number> {
  const highest = Math.min(ephemeralStart(), EPHEMERAL_DEFAULT) - PORT_SPAN - 100;
  const count = Math.floor((highest - LOWEST) / PORT_SPAN);
  // Two runs that start at the same moment should not probe the same ports.
  const first = Math.floor(Math.random() * count);
  for (let step = 0; step < count; step += 1) {
    const base = LOWEST + ((first + step) % count) * PORT_SPAN;
    if (await areFree(allPorts(base, size))) return base;
  }
  throw new Error(`No ${PORT_SPAN} neighbouring ports between ${LOWEST} and ${highest} are free for a Kafka cluster.`);
}

function ephemeralStart(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/)[0]);
  } catch {
    // Not Linux. Others begin at 32768 or above.
    return EPHEMERAL_DEFAULT;
  }
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) {
    if (!(await isFree(port))) return false;
  }
  return true;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
