/** Getting in touch with the cluster; see `MetadataClient` for what follows. */
import { turn } from '../../../simulation/turn';
import { MetadataClient } from '../metadata-client';
import { ERROR_CODES } from './error-codes';
import { errorOf, type KafkaJSError } from './errors';
import { RETRY_BACKOFF_MS, type ConfluentPorts } from './ports';

/** How long `connect()` looks for a broker before it rejects. */
const CONNECT_TIMEOUT_MS = 30_000;

export class ClusterConnection extends MetadataClient {
  constructor(private readonly ports: ConfluentPorts) {
    super(ports, RETRY_BACKOFF_MS);
  }

  /** Keeps the process alive from here on, as the real client's threads do. */
  connect(servers: readonly string[], onReady: () => void, onFailed: (error: KafkaJSError) => void): void {
    const { incarnation, bootstrapServers } = this.ports;
    incarnation.handles += 1;
    const known = bootstrapServers.split(',');
    if (servers.some((server) => known.includes(server.trim()))) {
      this.refresh(null, onReady, turn.line);
      return;
    }
    incarnation.setTimer(CONNECT_TIMEOUT_MS, () => {
      incarnation.handles -= 1;
      onFailed(unreachable(servers, known));
    });
  }

  close(): void {
    this.stop();
    this.ports.incarnation.handles -= 1;
  }
}

/** The first error a client meets: no such host, or a host on which no broker listens. */
function unreachable(servers: readonly string[], known: readonly string[]): KafkaJSError {
  const hostOf = (server: string): string => server.trim().replace(/:\d+$/, '');
  const server = servers[0]?.trim() ?? '';
  const hasHost =
    server === '' || hostOf(server) === 'localhost' || known.some((address) => hostOf(address) === hostOf(server));
  if (server === '')
    return errorOf(ERROR_CODES.ERR__TRANSPORT, 'No bootstrap servers configured: Local: Broker transport failure');
  return hasHost
    ? errorOf(ERROR_CODES.ERR__TRANSPORT, `${server}/bootstrap: Connect to ${server} failed: Connection refused`)
    : errorOf(
        ERROR_CODES.ERR__RESOLVE,
        `${server}/bootstrap: Failed to resolve '${server}': Name or service not known`,
      );
}
