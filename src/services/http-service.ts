/**
 * An HTTP service of a lab, e.g. a mailer or a shop's till: it takes a request, has its effect and answers, and the
 * answer can get lost after the effect has happened.
 *
 * It keeps nothing that a lab's rules do not ask for: a service that is asked twice ships twice.
 */
import type { Endpoint, Request } from '../simulation/network';
import type { World } from '../simulation/world';

export interface HttpRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly body: string;
  /** Value of the header `Idempotency-Key`; absent when there is none. */
  readonly idempotencyKey?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Business id of the record that the request applied; null when nothing was applied. */
  readonly applied: string | null;
  /** The request sets a state: once it has been applied, it changes nothing any more. */
  readonly isIdempotent?: boolean;
}

/** The lab's rules of a service; called at the moment of the effect. */
export interface HttpHandler {
  readonly name: string;
  readonly handle: (request: HttpRequest) => HttpAnswer;
  /**
   * It remembers the requests that came with an `Idempotency-Key` and what it has answered: the same request under the same
   * key is done once and answered again, another one under a key that is taken is refused.
   */
  readonly honoursKeys?: boolean;
}

/** How a request is called in traces and stories. */
export function requestLabel({ method, path }: HttpRequest): string {
  return `${method} ${path}`;
}

/** What a service says that has failed before it did anything. */
const FAILURE: HttpAnswer = { status: 500, body: 'internal server error', applied: null };

/** A key stands for one request. */
const KEY_TAKEN: HttpAnswer = {
  status: 422,
  body: 'this Idempotency-Key was used for another request',
  applied: null,
};

/** What a service has answered to a request under a key. */
interface Remembered {
  readonly request: string;
  readonly answer: HttpAnswer;
}

export class HttpService implements Endpoint<HttpRequest, HttpAnswer> {
  private remembered: Map<string, Remembered> | null = null;

  constructor(
    private readonly world: World,
    private readonly service: HttpHandler,
  ) {}

  receive(request: Request<HttpRequest, HttpAnswer>): void {
    const answer = request.isRefused ? FAILURE : this.handle(request.message);
    const line = request.line || undefined;
    const label = requestLabel(request.message);
    if (answer.applied === null || this.isWithoutEffect(answer)) this.noteRefusal(request, answer, label, line);
    else this.noteEffect(request, answer.applied, label, line);
    request.applied();
    this.noteAnswer(request, answer, label);
    request.answer(answer);
  }

  private isWithoutEffect({ applied, isIdempotent }: HttpAnswer): boolean {
    if (isIdempotent !== true) return false;
    return this.world.history.effects.some(
      ({ record, service }) => record === applied && service === this.service.name,
    );
  }

  /** A rule that throws is a mistake in the lab, which the learner should not pay for with a riddle. */
  private handle(message: HttpRequest): HttpAnswer {
    const { idempotencyKey: key } = message;
    if (key === undefined || this.service.honoursKeys !== true) return this.answerOf(message);
    this.remembered ??= new Map();
    const request = `${requestLabel(message)} ${message.body}`;
    const known = this.remembered.get(key);
    if (known !== undefined) return known.request === request ? { ...known.answer, applied: null } : KEY_TAKEN;
    const answer = this.answerOf(message);
    // A refusal has done nothing: the key may be used again.
    if (answer.status < 400) this.remembered.set(key, { request, answer });
    return answer;
  }

  /** What the future can depend on, for telling states of the world apart. */
  fingerprint(): string {
    return this.remembered === null ? '' : [...this.remembered.keys()].sort().join();
  }

  private answerOf(message: HttpRequest): HttpAnswer {
    const answer = this.service.handle(message);
    if (typeof answer.status !== 'number')
      throw new Error(`the service ${this.service.name} has answered without a status`);
    return answer;
  }

  private noteEffect(
    request: Request<HttpRequest, HttpAnswer>,
    record: string,
    label: string,
    line: number | undefined,
  ): void {
    const { name: service } = this.service;
    const { history } = this.world;
    const isFabricated = !history.wasDelivered(record);
    const { number: incarnation } = request.sender;
    const isZombie = history.isReplaced(record, incarnation) ? true : undefined;
    history.effects.push({ record, service, incarnation, isFabricated, isZombie });
    if (this.world.recorder === null) return;
    const count = history.effects.filter((effect) => effect.record === record && effect.service === service).length;
    const detail = { request: request.name, service, label, record, count, fabricated: isFabricated };
    const place = { lane: request.sender.name, peer: service, incarnation: request.sender.number, line };
    this.world.record(place, { kind: 'effect', ...detail });
  }

  private noteRefusal(
    request: Request<HttpRequest, HttpAnswer>,
    answer: HttpAnswer,
    label: string,
    line: number | undefined,
  ): void {
    if (this.world.recorder === null || answer.status < 400) return;
    const { name: service } = this.service;
    const detail = { request: request.name, service, label, status: answer.status };
    const place = { lane: request.sender.name, peer: service, incarnation: request.sender.number, line };
    this.world.record(place, { kind: 'service-refused', ...detail });
  }

  private noteAnswer(request: Request<HttpRequest, HttpAnswer>, answer: HttpAnswer, label: string): void {
    if (this.world.recorder === null || request.losesAnswer || request.sender.isGone) return;
    const place = { lane: this.service.name, peer: request.sender.name, incarnation: request.sender.number };
    this.world.record(place, { kind: 'answer', request: request.name, label, status: answer.status });
  }
}
