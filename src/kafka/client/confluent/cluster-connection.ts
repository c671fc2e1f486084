/**
 * Getting in touch with the cluster, and what the cluster says about its topics. Which broker leads and coordinates is
 * left out: there is one (MOD-2).
 */
import { Request, type AnswerHandler } from '../../../simulation/network';
import { turn } from '../../../simulation/turn';
import { ERRORS } from '../../errors';
import type { MetadataAnswer, MetadataRequest } from '../../protocol/messages';
import { ERROR_CODES } from './error-codes';
import { errorOf, type KafkaJSError } from './errors';
import { RETRY_BACKOFF_MS, type ConfluentPorts } from './ports';

/** How long `connect()` looks for a broker before it rejects. */
const CONNECT_TIMEOUT_MS = 30_000;

export class ClusterConnection {
  /** Number of partitions by topic, as last heard. */
  readonly partitions = new Map<string, number>();

  constructor(private readonly ports: ConfluentPorts) {}

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
    this.ports.incarnation.handles -= 1;
  }

  /** Asks for topics, all of them for null; goes on when the answer is in `partitions`. */
  refresh(topics: readonly string[] | null, whenKnown: () => void, line: number): void {
    new MetadataQuery(this.ports, { api: 'Metadata', topics }, this.partitions, whenKnown, line).send();
  }
}

class MetadataQuery implements AnswerHandler<MetadataAnswer> {
  constructor(
    private readonly ports: ConfluentPorts,
    private readonly message: MetadataRequest,
    private readonly partitions: Map<string, number>,
    private readonly whenKnown: () => void,
    private readonly line: number,
  ) {}

  send(): void {
    const { incarnation, endpoint } = this.ports;
    const request = new Request('metadata', false, incarnation, this.message, endpoint as never, this);
    request.line = this.line;
    request.send();
  }

  onAnswer(answer: MetadataAnswer): void {
    for (const { name, errorCode, partitions } of answer.topics) {
      if (errorCode === ERRORS.NONE) this.partitions.set(name, partitions.length);
    }
    this.whenKnown();
  }

  onLost(): void {
    this.ports.incarnation.setTimer(RETRY_BACKOFF_MS, () => this.send());
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
