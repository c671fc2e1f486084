/** `Headers`, `Request` and `Response`, as far as JSON over HTTP goes. */
import { Buffer } from 'buffer';
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import type { AbortSignal } from './abort';

type HeadersInit = Headers | Iterable<readonly [string, string]> | Readonly<Record<string, string>> | null | undefined;

export class Headers {
  readonly #entries = new Map<string, string>();

  constructor(init?: HeadersInit) {
    if (init === null || init === undefined) return;
    const entries =
      Symbol.iterator in (init as object)
        ? (init as Iterable<readonly [string, string]>)
        : Object.entries(init as object);
    for (const [name, value] of entries) this.append(name, String(value));
  }

  append(name: string, value: string): void {
    const key = headerName(name);
    const present = this.#entries.get(key);
    this.#entries.set(key, present === undefined ? String(value).trim() : `${present}, ${String(value).trim()}`);
  }

  set(name: string, value: string): void {
    this.#entries.set(headerName(name), String(value).trim());
  }

  get(name: string): string | null {
    return this.#entries.get(headerName(name)) ?? null;
  }

  has(name: string): boolean {
    return this.#entries.has(headerName(name));
  }

  delete(name: string): void {
    this.#entries.delete(headerName(name));
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }

  *entries(): IterableIterator<[string, string]> {
    yield* [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}

function headerName(name: unknown): string {
  const text = String(name);
  if (!/^[!#$%&'*+\-.^`|~\w]+$/.test(text))
    throw new TypeError(`Headers: ${JSON.stringify(text)} is an invalid header name.`);
  return text.toLowerCase();
}

/** A body as text: what services read. */
export function bodyText(body: unknown): string {
  if (body === null || body === undefined) return '';
  if (typeof body === 'string') return body;
  if (ArrayBuffer.isView(body))
    return Buffer.from(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength).toString('utf8');
  if (body instanceof ArrayBuffer) return Buffer.from(body).toString('utf8');
  return String(body);
}

/** What requests and responses share: a body that can be read once. */
class Body {
  readonly #text: string;
  #isUsed = false;

  constructor(text: string) {
    this.#text = text;
  }

  get bodyUsed(): boolean {
    return this.#isUsed;
  }

  text(): SimPromise<unknown> {
    return this.#read((text) => text);
  }

  json(): SimPromise<unknown> {
    return this.#read((text) => JSON.parse(text) as unknown);
  }

  arrayBuffer(): SimPromise<unknown> {
    return this.#read((text) => new Uint8Array(Buffer.from(text, 'utf8')).buffer);
  }

  protected copyText(): string {
    if (this.#isUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    return this.#text;
  }

  #read(convert: (text: string) => unknown): SimPromise<unknown> {
    const promise = SimPromise.pending<unknown>();
    try {
      if (this.#isUsed) throw new TypeError('Body is unusable: Body has already been read');
      this.#isUsed = true;
      fulfil(promise, convert(this.#text));
    } catch (error) {
      rejectWith(promise, error);
    }
    return promise;
  }
}

export interface ResponseInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: HeadersInit;
}

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The text that servers send beside a status. */
export function statusText(status: number): string {
  return STATUS_TEXTS[status] ?? '';
}

export class Response extends Body {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly redirected = false;
  readonly type = 'basic';

  constructor(body?: unknown, init: ResponseInit = {}, url = '') {
    super(bodyText(body));
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.headers = new Headers(init.headers);
    this.url = url;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  clone(): Response {
    return new Response(this.copyText(), this, this.url);
  }

  static json(value: unknown, init: ResponseInit = {}): Response {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(value), { ...init, headers });
  }
}

export interface RequestInit {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: HeadersInit;
  readonly signal?: AbortSignal | null;
}

export class Request extends Body {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal | null;

  constructor(input: unknown, init: RequestInit = {}) {
    const base = input instanceof Request ? input : null;
    const method = String(init.method ?? base?.method ?? 'GET').toUpperCase();
    const hasBody = init.body !== undefined && init.body !== null;
    if (hasBody && (method === 'GET' || method === 'HEAD'))
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    super(hasBody || base === null ? bodyText(init.body) : base.copyText());
    this.url = base === null ? String(input) : base.url;
    this.method = method;
    this.headers = new Headers(init.headers ?? base?.headers);
    this.signal = init.signal ?? base?.signal ?? null;
  }

  clone(): Request {
    return new Request(this);
  }

  /** What `fetch` sends; the body counts as read. */
  static bodyOf(request: Request): string {
    return request.copyText();
  }
}
