/** The module `node:events`: `EventEmitter`, `once`. */
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';

type Listener = (...args: unknown[]) => unknown;
type EventName = string | symbol;

interface Registration {
  readonly call: Listener;
  readonly listener: Listener;
}

export class EventEmitter {
  readonly #registrations = new Map<EventName, Registration[]>();

  on(event: EventName, listener: Listener): this {
    return this.#add(event, { call: listener, listener }, false);
  }

  addListener(event: EventName, listener: Listener): this {
    return this.on(event, listener);
  }

  prependListener(event: EventName, listener: Listener): this {
    return this.#add(event, { call: listener, listener }, true);
  }

  once(event: EventName, listener: Listener): this {
    const call = (...args: unknown[]): unknown => {
      this.off(event, listener);
      return Reflect.apply(listener, this, args);
    };
    return this.#add(event, { call, listener }, false);
  }

  off(event: EventName, listener: Listener): this {
    const list = this.#registrations.get(event) ?? [];
    const index = list.map((entry) => entry.listener).lastIndexOf(listener);
    if (index >= 0)
      this.#registrations.set(
        event,
        list.filter((_, at) => at !== index),
      );
    return this;
  }

  removeListener(event: EventName, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: EventName): this {
    if (event === undefined) this.#registrations.clear();
    else this.#registrations.delete(event);
    return this;
  }

  /** An `error` that nobody listens for is thrown. */
  emit(event: EventName, ...args: unknown[]): boolean {
    const list = this.#registrations.get(event);
    if (list === undefined || list.length === 0) {
      if (event === 'error')
        throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error. (${String(args[0])})`);
      return false;
    }
    for (const { call } of list) Reflect.apply(call, this, args);
    return true;
  }

  listeners(event: EventName): Listener[] {
    return (this.#registrations.get(event) ?? []).map(({ listener }) => listener);
  }

  listenerCount(event: EventName): number {
    return this.#registrations.get(event)?.length ?? 0;
  }

  eventNames(): EventName[] {
    return [...this.#registrations.keys()].filter((name) => this.listenerCount(name) > 0);
  }

  setMaxListeners(): this {
    return this;
  }

  #add(event: EventName, registration: Registration, isFirst: boolean): this {
    if (typeof registration.listener !== 'function')
      throw new TypeError('The "listener" argument must be of type function');
    const list = this.#registrations.get(event) ?? [];
    this.#registrations.set(event, isFirst ? [registration, ...list] : [...list, registration]);
    return this;
  }
}

function once(emitter: EventEmitter, event: EventName): SimPromise<unknown> {
  const promise = SimPromise.pending<unknown>();
  const fail = (error: unknown): void => rejectWith(promise, error);
  emitter.once(event, (...args) => {
    emitter.off('error', fail);
    fulfil(promise, args);
  });
  if (event !== 'error') emitter.once('error', fail);
  return promise;
}

/** The module is the class, with the rest as its properties. */
export const eventsModule = Object.assign(EventEmitter, { EventEmitter, once });
