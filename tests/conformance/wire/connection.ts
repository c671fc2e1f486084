/** A socket to one broker that speaks Kafka's protocol and hides nothing: no retries, no metadata, no batching. */
import { connect, type Socket } from 'node:net';
import type { Api } from './api';
import { Reader, skipTags, Writer } from './codec';

const CLIENT_ID = 'conformance';
const CONNECT_TIMEOUT_MS = 3000;

/** The connection ended before the answer came; whether the request was carried out is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

interface Waiting {
  readonly describe: string;
  resolve(answer: Buffer): void;
  reject(error: Error): void;
}

export class Connection {
  private readonly waiting = new Map<number, Waiting>();
  private nextCorrelationId = 1;
  private received = Buffer.alloc(0);
  private lost: Error | null = null;

  private constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (data) => this.receive(data));
    socket.on('error', (error) => this.lose(error.message));
    socket.on('close', () => this.lose('closed'));
  }

  /** @throws ConnectionLost when nobody listens there, or nobody answers within three seconds */
  static open(host: string, port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      const fail = (reason: string): void => {
        socket.destroy();
        reject(new ConnectionLost(`${host}:${port}: ${reason}`));
      };
      const timer = setTimeout(() => fail('no connection within three seconds'), CONNECT_TIMEOUT_MS);
      socket.once('error', (error) => {
        clearTimeout(timer);
        fail(error.message);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeAllListeners('error');
        resolve(new Connection(socket, `${host}:${port}`));
      });
    });
  }

  get isOpen(): boolean {
    return this.lost === null;
  }

  /**
   * Sends the request at once and resolves with its answer. Several may be under way.
   *
   * @throws ConnectionLost when the socket closes first, or nothing comes within `timeoutMs`
   */
  async ask<Request, Response>(api: Api<Request, Response>, request: Request, timeoutMs = 20_000): Promise<Response> {
    const answer = new Reader(await this.exchange(api, request, timeoutMs));
    if (api.isFlexible) skipTags(answer);
    return api.response.read(answer);
  }

  /** Sends a request of acks=0, which is never answered. */
  tell<Request, Response>(api: Api<Request, Response>, request: Request): void {
    this.write(api, request, this.nextCorrelationId++);
  }

  close(): void {
    this.socket.destroy();
    this.lose('closed by the test');
  }

  private exchange<Request, Response>(
    api: Api<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Buffer> {
    const describe = `${api.name} to ${this.address}`;
    return new Promise((resolve, reject) => {
      if (this.lost !== null) {
        reject(new ConnectionLost(`${describe}: ${this.lost.message}`));
        return;
      }
      const id = this.nextCorrelationId++;
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new ConnectionLost(`${describe}: no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      const done = <T>(end: (value: T) => void) => {
        return (value: T): void => {
          clearTimeout(timer);
          this.waiting.delete(id);
          end(value);
        };
      };
      this.waiting.set(id, { describe, resolve: done(resolve), reject: done(reject) });
      this.write(api, request, id);
    });
  }

  private write<Request, Response>(api: Api<Request, Response>, request: Request, correlationId: number): void {
    const message = new Writer();
    message.int(2, api.key);
    message.int(2, api.version);
    message.int(4, correlationId);
    message.int(2, CLIENT_ID.length);
    message.raw(Buffer.from(CLIENT_ID));
    if (api.isFlexible) message.uvarint(0);
    api.request.write(message, request);
    const body = message.bytes();
    const frame = new Writer();
    frame.int(4, body.length);
    frame.raw(body);
    this.socket.write(frame.bytes());
  }

  private receive(data: Buffer): void {
    this.received = Buffer.concat([this.received, data]);
    while (this.received.length >= 4) {
      const end = 4 + this.received.readInt32BE(0);
      if (this.received.length < end) return;
      const frame = this.received.subarray(4, end);
      this.received = this.received.subarray(end);
      // Nobody may wait any more: then its time was over.
      this.waiting.get(frame.readInt32BE(0))?.resolve(frame.subarray(4));
    }
  }

  private lose(reason: string): void {
    this.lost ??= new Error(reason);
    for (const { describe, reject } of [...this.waiting.values()]) {
      reject(new ConnectionLost(`${describe}: ${reason}`));
    }
  }
}
