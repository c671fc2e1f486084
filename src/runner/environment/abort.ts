/** `EventTarget`, `AbortController` and what belongs to them. */
import { currentProgram } from './program-state';
import { setTimeout } from './timers';

const CODES: Readonly<Record<string, number>> = {
  AbortError: 20,
  TimeoutError: 23,
  DataCloneError: 25,
  InvalidStateError: 11,
};

export class DOMException extends Error {
  override readonly name: string;
  readonly code: number;

  constructor(message = '', name = 'Error') {
    super(message);
    this.name = name;
    this.code = CODES[name] ?? 0;
  }
}

export class Event {
  readonly type: string;
  readonly cancelable: boolean;
  target: EventTarget | null = null;
  defaultPrevented = false;

  constructor(type: unknown, init: { readonly cancelable?: boolean } = {}) {
    this.type = String(type);
    this.cancelable = init.cancelable === true;
  }

  get currentTarget(): EventTarget | null {
    return this.target;
  }

  preventDefault(): void {
    if (this.cancelable) this.defaultPrevented = true;
  }
}

type EventListener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

interface Registration {
  readonly type: string;
  readonly listener: EventListener;
  readonly once: boolean;
}

export class EventTarget {
  #listeners: Registration[] = [];

  addEventListener(
    type: unknown,
    listener: EventListener | null,
    options?: boolean | { readonly once?: boolean },
  ): void {
    if (listener === null || listener === undefined) return;
    if (this.#listeners.some((entry) => entry.type === type && entry.listener === listener)) return;
    const once = typeof options === 'object' && options !== null && options.once === true;
    this.#listeners = [...this.#listeners, { type: String(type), listener, once }];
  }

  removeEventListener(type: unknown, listener: EventListener | null): void {
    this.#listeners = this.#listeners.filter((entry) => entry.type !== type || entry.listener !== listener);
  }

  dispatchEvent(event: Event): boolean {
    event.target = this;
    for (const { type, listener, once } of this.#listeners) {
      if (type !== event.type) continue;
      if (once) this.removeEventListener(type, listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}

/** Only the engine makes signals. */
const ENGINE = Symbol('engine');
let create: () => AbortSignal;
let fire: (signal: AbortSignal, reason: unknown) => void;

export class AbortSignal extends EventTarget {
  #reason: unknown = undefined;
  #isAborted = false;
  onabort: ((event: Event) => unknown) | null = null;

  constructor(key?: unknown) {
    super();
    if (key !== ENGINE) throw new TypeError('Illegal constructor');
  }

  get aborted(): boolean {
    return this.#isAborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#isAborted) throw this.#reason;
  }

  static {
    create = () => new AbortSignal(ENGINE);
    fire = (signal, reason) => {
      if (signal.#isAborted) return;
      signal.#isAborted = true;
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason;
      const event = new Event('abort');
      signal.onabort?.(event);
      signal.dispatchEvent(event);
    };
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = create();
    fire(signal, reason);
    return signal;
  }

  /** As in Node, such a timer does not keep the process alive. */
  static timeout(delayMs: number): AbortSignal {
    const signal = create();
    const expire = (): void =>
      fire(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    if (currentProgram().incarnation.isAlive) setTimeout(expire, delayMs).unref();
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const result = create();
    for (const signal of signals) {
      if (signal.aborted) fire(result, signal.reason);
      else signal.addEventListener('abort', () => fire(result, signal.reason));
    }
    return result;
  }
}

export class AbortController {
  readonly signal = create();

  abort(reason?: unknown): void {
    fire(this.signal, reason);
  }
}
