/** `fetch`: reaches the services of the lab, and nothing else. */
import { requestLabel, type HttpAnswer, type HttpRequest } from '../../services/http-service';
import { Request as NetworkRequest, type AnswerHandler } from '../../simulation/network';
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import { turn } from '../../simulation/turn';
import { codedError } from './coded-error';
import { Request, Response, statusText, type RequestInit } from './fetch-messages';
import { currentProgram, type ProgramState } from './program-state';
import { setTimeout } from './timers';
import { parseAddress, type Address } from './url';

export function fetch(input: unknown, init?: RequestInit): SimPromise<unknown> {
  const promise = SimPromise.pending<unknown>();
  try {
    const request = new Request(input, init ?? {});
    const { signal } = request;
    if (signal?.aborted) rejectWith(promise, signal.reason);
    else {
      signal?.addEventListener('abort', () => rejectWith(promise, signal.reason));
      send(currentProgram(), request, promise);
    }
  } catch (error) {
    rejectWith(promise, error);
  }
  return promise;
}

function send(state: ProgramState, request: Request, promise: SimPromise<unknown>): void {
  const address = addressOf(request.url);
  const service = address.protocol === 'http:' ? state.ports.services.get(address.hostname) : undefined;
  if (service === undefined) {
    // Also a name that does not exist takes a moment to be looked up.
    setTimeout(() => rejectWith(promise, unreachable(address)), 1);
    return;
  }
  const { method } = request;
  const key = request.headers.get('idempotency-key');
  const message: HttpRequest = {
    method,
    path: address.path,
    body: Request.bodyOf(request),
    ...(key === null ? {} : { idempotencyKey: key }),
  };
  const isMutating = method !== 'GET' && method !== 'HEAD';
  const handler = new FetchHandler(state, address, message, promise);
  const sent = new NetworkRequest('effect', isMutating, state.incarnation, message, service, handler);
  sent.line = turn.line;
  handler.request = sent;
  sent.send();
}

class FetchHandler implements AnswerHandler<HttpAnswer> {
  request: NetworkRequest<HttpRequest, HttpAnswer> | null = null;

  constructor(
    private readonly state: ProgramState,
    private readonly address: Address,
    private readonly message: HttpRequest,
    private readonly promise: SimPromise<unknown>,
  ) {}

  onSent(): void {
    const { incarnation } = this.state;
    if (incarnation.world.recorder === null || this.request === null) return;
    const { name, line } = this.request;
    const place = {
      lane: incarnation.name,
      peer: this.address.hostname,
      incarnation: incarnation.number,
      line: line || undefined,
    };
    incarnation.world.record(place, {
      kind: 'request',
      request: name,
      api: 'fetch',
      label: requestLabel(this.message),
    });
  }

  onAnswer({ status, body }: HttpAnswer): void {
    const isJson = body.startsWith('{') || body.startsWith('[');
    const headers = { 'content-type': isJson ? 'application/json' : 'text/plain;charset=UTF-8' };
    fulfil(this.promise, new Response(body, { status, statusText: statusText(status), headers }, this.address.href));
  }

  /** As undici says it when the other side closes the connection, or does not answer in time. */
  onLost(): void {
    if (this.request?.isUnanswered === true) {
      const cause = codedError(Error, 'UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error');
      cause.name = 'HeadersTimeoutError';
      rejectWith(this.promise, failed(cause));
      return;
    }
    rejectWith(this.promise, failed(codedError(Error, 'ECONNRESET', 'read ECONNRESET')));
  }
}

function addressOf(url: string): Address {
  try {
    return parseAddress(url);
  } catch {
    const cause = codedError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
    throw withCause(new TypeError(`Failed to parse URL from ${url}`), cause);
  }
}

function unreachable({ protocol, hostname }: Address): Error {
  if (protocol !== 'http:' && protocol !== 'https:') return failed(new Error('unknown scheme'));
  return failed(codedError(Error, 'ENOTFOUND', `getaddrinfo ENOTFOUND ${hostname}`));
}

function failed(cause: Error): Error {
  return withCause(new TypeError('fetch failed'), cause);
}

function withCause(error: Error, cause: Error): Error {
  Object.defineProperty(error, 'cause', { value: cause, writable: true, enumerable: false, configurable: true });
  return error;
}
