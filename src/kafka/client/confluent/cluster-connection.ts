/**
 * Getting in touch with the cluster, and what the cluster says about its topics and their leaders. With one broker nothing
 * is asked after the first time: its leaders cannot change.
 */
import type { SimEvent } from '../../../simulation/event-queue';
import { Request, type AnswerHandler } from '../../../simulation/network';
import { turn } from '../../../simulation/turn';
import type { KafkaReceiver, MetadataAnswer, MetadataRequest } from '../../protocol/messages';
import { ClusterMetadata } from '../cluster-metadata';
import { ERROR_CODES } from './error-codes';
import { errorOf, type KafkaJSError } from './errors';
import { RETRY_BACKOFF_MS, type ConfluentPorts } from './ports';

/** How long `connect()` looks for a broker before it rejects. */
const CONNECT_TIMEOUT_MS = 30_000;

/** Metadata requests are given up after so long, and go to another broker. */
const METADATA_TIMEOUT_MS = 5000;

export class ClusterConnection {
  readonly metadata = new ClusterMetadata();
  /** Called when leaders have been looked up after `seekLeader`. */
  onLeaders: (() => void) | null = null;
  /** Topics whose leaders are sought. */
  private readonly sought = new Set<string>();
  private seekTimer: SimEvent | null = null;
  private isSeeking = false;
  private lastSoughtAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly ports: ConfluentPorts) {}

  /** Number of partitions by topic, as last heard. */
  get partitions(): ReadonlyMap<string, number> {
    return this.metadata.partitions;
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
    this.onLeaders = null;
    this.ports.incarnation.handles -= 1;
    if (this.seekTimer !== null) this.ports.incarnation.clearTimer(this.seekTimer);
  }

  /** Asks for topics, all of them for null; goes on when the answer is in `metadata`. */
  refresh(topics: readonly string[] | null, whenKnown: () => void, line: number): void {
    new MetadataQuery(this.ports, { api: 'Metadata', topics }, this.metadata, whenKnown, line).send();
  }

  /** The broker with an id that Metadata gave. */
  broker(id: number): KafkaReceiver {
    return this.ports.endpoint.broker(id);
  }

  /** The connection to a partition's leader broke. @returns whether another leader has to be looked for */
  leaderLost(topic: string, index: number): boolean {
    if (this.metadata.hasOneBroker) return false;
    this.leaderMoved(topic, index);
    return true;
  }

  /** A partition's leader says that it is not, or there is none. */
  leaderMoved(topic: string, index: number): void {
    this.metadata.forgetLeader(topic, index);
    this.seekLeader(topic);
  }

  /** Looks for the leaders of a topic, now or when the pause between two such questions is over. */
  seekLeader(topic: string): void {
    this.sought.add(topic);
    if (this.isSeeking || this.seekTimer !== null) return;
    const { incarnation } = this.ports;
    const wait = this.lastSoughtAt + RETRY_BACKOFF_MS - incarnation.world.now;
    if (wait <= 0) this.seek();
    else this.seekTimer = incarnation.setTimer(wait, this.seek);
  }

  private readonly seek = (): void => {
    this.seekTimer = null;
    this.isSeeking = true;
    const topics = [...this.sought];
    this.sought.clear();
    this.refresh(topics, this.onSought, 0);
  };

  private readonly onSought = (): void => {
    this.isSeeking = false;
    this.lastSoughtAt = this.ports.incarnation.world.now;
    this.onLeaders?.();
  };
}

class MetadataQuery implements AnswerHandler<MetadataAnswer> {
  constructor(
    private readonly ports: ConfluentPorts,
    private readonly message: MetadataRequest,
    private readonly metadata: ClusterMetadata,
    private readonly whenKnown: () => void,
    private readonly line: number,
  ) {}

  send(): void {
    const { incarnation, endpoint } = this.ports;
    const request = new Request('metadata', false, incarnation, this.message, endpoint as never, this);
    request.line = this.line;
    request.timeoutMs = METADATA_TIMEOUT_MS;
    request.send();
  }

  onAnswer(answer: MetadataAnswer): void {
    this.metadata.take(answer);
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
