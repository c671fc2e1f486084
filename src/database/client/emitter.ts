/** Events of pools and clients, as Node's `EventEmitter` has them. */
export type Listener = (...args: never[]) => unknown;

interface Registration {
  readonly listener: Listener;
  readonly isOnce: boolean;
}

export class Emitter {
  #registrations: Map<string, Registration[]> | null = null;

  on(event: string, listener: Listener): this {
    return this.#add(event, listener, false);
  }

  addListener(event: string, listener: Listener): this {
    return this.#add(event, listener, false);
  }

  once(event: string, listener: Listener): this {
    return this.#add(event, listener, true);
  }

  off(event: string, listener: Listener): this {
    const list = this.#registrations?.get(event) ?? [];
    const index = list.findIndex((entry) => entry.listener === listener);
    if (index >= 0)
      this.#registrations!.set(
        event,
        list.filter((_, at) => at !== index),
      );
    return this;
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#registrations = null;
    else this.#registrations?.delete(event);
    return this;
  }

  /** An `error` that nobody listens for is thrown, and ends the process. */
  emit(event: string, ...args: unknown[]): boolean {
    const list = this.#registrations?.get(event) ?? [];
    if (list.length === 0) {
      if (event === 'error') throw args[0];
      return false;
    }
    for (const { listener, isOnce } of list) {
      if (isOnce) this.off(event, listener);
      Reflect.apply(listener as (...args: unknown[]) => unknown, this, args);
    }
    return true;
  }

  listenerCount(event: string): number {
    return this.#registrations?.get(event)?.length ?? 0;
  }

  #add(event: string, listener: Listener, isOnce: boolean): this {
    if (typeof listener !== 'function') throw new TypeError('The "listener" argument must be of type function');
    this.#registrations ??= new Map();
    this.#registrations.set(event, [...(this.#registrations.get(event) ?? []), { listener, isOnce }]);
    return this;
  }
}
