/**
 * A proxy between one client and the brokers, in front of the listener that they advertise for it. It cuts the streams into
 * frames, so it can lose the answer to a request of a given kind after the broker has carried it out.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Route {
  readonly from: number;
  readonly to: number;
}

interface Loss {
  readonly apiKey: number;
  readonly how: 'close' | 'swallow';
  left: number;
}

const PRODUCE = 0;

interface Link {
  readonly client: Socket;
  readonly broker: Socket;
}

/** What becomes of a frame: it goes on, or the connection ends with it. */
export type Fate = 'forward' | 'lose';

/** Looks at every request before a broker sees it, and at every answer before the client does. */
export interface Watcher {
  onRequest(apiKey: number): Fate;
  onAnswer(apiKey: number): Fate;
}

export class Proxy {
  /** Besides what {@link lose} asks for. */
  watcher: Watcher | null = null;
  private readonly servers: Server[] = [];
  private readonly links = new Set<Link>();
  private losses: Loss[] = [];
  private lastProducer: Link | null = null;

  /** @throws when a port is taken */
  static async listen(routes: readonly Route[]): Promise<Proxy> {
    const proxy = new Proxy();
    for (const route of routes) await proxy.listenAt(route);
    return proxy;
  }

  /** The next `times` answers to requests of that kind do not arrive; 0 forgets what is left of an earlier order. */
  lose(apiKey: number, times: number, how: 'close' | 'swallow'): void {
    this.losses = this.losses.filter((loss) => loss.apiKey !== apiKey);
    if (times > 0) this.losses.push({ apiKey, how, left: times });
  }

  /** Whether the connection is open on which records were sent last. */
  get isProducerConnected(): boolean {
    return this.lastProducer !== null && this.links.has(this.lastProducer);
  }

  async close(): Promise<void> {
    for (const { client, broker } of this.links) {
      client.destroy();
      broker.destroy();
    }
    await Promise.all(this.servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }

  private listenAt({ from, to }: Route): Promise<void> {
    const server = createServer((client) => this.link(client, to));
    this.servers.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(from, '127.0.0.1', resolve);
    });
  }

  private link(client: Socket, to: number): void {
    const broker = connect({ host: '127.0.0.1', port: to });
    const link: Link = { client, broker };
    this.links.add(link);
    client.setNoDelay(true);
    broker.setNoDelay(true);
    const asked = new Map<number, number>();
    const requests = new Frames((frame) => {
      const apiKey = frame.readInt16BE(4);
      asked.set(frame.readInt32BE(8), apiKey);
      if (apiKey === PRODUCE) this.lastProducer = link;
      if (this.watcher?.onRequest(apiKey) === 'lose') this.cut(link);
      else broker.write(frame);
    });
    const answers = new Frames((frame) => {
      const correlationId = frame.readInt32BE(4);
      const apiKey = asked.get(correlationId) ?? -1;
      asked.delete(correlationId);
      const loss = this.losses.find((candidate) => candidate.left > 0 && candidate.apiKey === apiKey);
      if (loss !== undefined) this.carryOut(loss, link);
      else if (this.watcher?.onAnswer(apiKey) === 'lose') this.cut(link);
      else client.write(frame);
    });
    client.on('data', (data) => requests.take(data));
    broker.on('data', (data) => answers.take(data));
    const end = (): void => this.cut(link);
    for (const socket of [client, broker]) socket.on('close', end).on('error', end);
  }

  private carryOut(loss: Loss, link: Link): void {
    loss.left -= 1;
    if (loss.how === 'close') this.cut(link);
  }

  private cut(link: Link): void {
    this.links.delete(link);
    link.client.destroy();
    link.broker.destroy();
  }
}

/** Cuts a stream into frames; each has its length in its first four bytes. */
class Frames {
  private held = Buffer.alloc(0);

  constructor(private readonly onFrame: (frame: Buffer) => void) {}

  take(data: Buffer): void {
    this.held = Buffer.concat([this.held, data]);
    while (this.held.length >= 4) {
      const end = 4 + this.held.readInt32BE(0);
      if (this.held.length < end) return;
      const frame = this.held.subarray(0, end);
      this.held = this.held.subarray(end);
      this.onFrame(frame);
    }
  }
}
