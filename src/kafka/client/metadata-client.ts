/**
 * Asks the cluster for its topics and their leaders, and again when a leader has turned out to be another one. Where there
 * is one replica nothing is asked when a connection breaks: the leader cannot have changed.
 */
import type { SimEvent } from '../../simulation/event-queue';
import { Request, type AnswerHandler } from '../../simulation/network';
import type { Incarnation } from '../../simulation/process';
import type { KafkaEndpoint, KafkaReceiver, MetadataAnswer, MetadataRequest } from '../protocol/messages';
import { ClusterMetadata } from './cluster-metadata';

/** What every client needs of the incarnation it runs in. */
export interface ClientPorts {
  readonly incarnation: Incarnation;
  readonly endpoint: KafkaEndpoint;
}

/** Metadata requests are given up after so long, and go to another broker. */
const METADATA_TIMEOUT_MS = 5000;

/** Whoever looks for leaders. */
export interface LeaderSeeker {
  /** Leaders have been looked up after `seekLeader`. */
  onLeaders(): void;
}

export class MetadataClient {
  readonly metadata = new ClusterMetadata();
  seeker: LeaderSeeker | null = null;
  /** Topics whose leaders are sought; null for none. */
  private sought: Set<string> | null = null;
  private seekTimer: SimEvent | null = null;
  private isSeeking = false;
  private lastSoughtAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly clientPorts: ClientPorts,
    /** Pause before a question is repeated. */
    private readonly backoffMs: number,
  ) {}

  /** Number of partitions by topic, as last heard. */
  get partitions(): ReadonlyMap<string, number> {
    return this.metadata.partitions;
  }

  /** Nothing more is asked. */
  stop(): void {
    this.seeker = null;
    if (this.seekTimer !== null) this.clientPorts.incarnation.clearTimer(this.seekTimer);
  }

  /** Asks for topics, all of them for null; goes on when the answer is in `metadata`. */
  refresh(topics: readonly string[] | null, whenKnown: () => void, line: number): void {
    const message: MetadataRequest = { api: 'Metadata', topics };
    new MetadataQuery(this.clientPorts, message, this.metadata, this.backoffMs, whenKnown, line).send();
  }

  /** The broker with an id that Metadata gave. */
  broker(id: number): KafkaReceiver {
    return this.clientPorts.endpoint.broker(id);
  }

  /** The connection to a partition's leader broke. @returns whether another leader has to be looked for */
  leaderLost(topic: string, index: number): boolean {
    if (this.metadata.isFixed(topic, index)) return false;
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
    (this.sought ??= new Set()).add(topic);
    if (this.isSeeking || this.seekTimer !== null) return;
    const { incarnation } = this.clientPorts;
    const wait = this.lastSoughtAt + this.backoffMs - incarnation.world.now;
    if (wait <= 0) this.seek();
    else this.seekTimer = incarnation.setTimer(wait, () => this.seek());
  }

  private seek(): void {
    this.seekTimer = null;
    this.isSeeking = true;
    const topics = [...(this.sought ?? [])];
    this.sought = null;
    this.refresh(topics, () => this.onSought(), 0);
  }

  private onSought(): void {
    this.isSeeking = false;
    this.lastSoughtAt = this.clientPorts.incarnation.world.now;
    this.seeker?.onLeaders();
  }
}

class MetadataQuery implements AnswerHandler<MetadataAnswer> {
  constructor(
    private readonly ports: ClientPorts,
    private readonly message: MetadataRequest,
    private readonly metadata: ClusterMetadata,
    private readonly backoffMs: number,
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
    this.ports.incarnation.setTimer(this.backoffMs, () => this.send());
  }
}
