/**
 * What will happen, ordered by virtual time and, at equal times, by the order of scheduling. A binary heap: an execution
 * has a few dozen waiting events.
 */
import type { VirtualTimeMs } from './trace';

/** Something that happens at one instant of virtual time. */
export abstract class SimEvent {
  time: VirtualTimeMs = 0;
  order = 0;
  isCancelled = false;
  /** Trace step that led to the scheduling; -1 for none. */
  cause = -1;

  /**
   * A background event (heartbeat, session check, long poll) does not keep an execution going: when only such events
   * wait and no answer is outstanding, the world has come to rest.
   */
  constructor(readonly isBackground: boolean) {}

  abstract fire(): void;

  /** To be called before an event that has fired is scheduled again. */
  protected renew(): void {
    this.isCancelled = false;
  }
}

/** An event that calls a function. */
export class CallEvent extends SimEvent {
  constructor(
    private readonly call: () => void,
    isBackground = false,
  ) {
    super(isBackground);
  }

  fire(): void {
    this.call();
  }
}

export class EventQueue {
  private readonly heap: SimEvent[] = [];
  private nextOrder = 0;
  /** Waiting events that are not in the background and not cancelled. */
  foreground = 0;

  /** Events that wait and are not cancelled, in no particular order. */
  pending(): readonly SimEvent[] {
    return this.heap.filter(({ isCancelled }) => !isCancelled);
  }

  /** @param time absolute virtual time, not before the present (the caller's duty). */
  schedule(event: SimEvent, time: VirtualTimeMs): void {
    event.time = time;
    event.order = this.nextOrder++;
    if (!event.isBackground) this.foreground += 1;
    const heap = this.heap;
    let index = heap.length;
    heap.push(event);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(event, heap[parent]!)) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = event;
  }

  /** An event that is cancelled stays in the heap and is skipped. Cancelling twice is harmless. */
  cancel(event: SimEvent): void {
    if (event.isCancelled) return;
    event.isCancelled = true;
    if (!event.isBackground) this.foreground -= 1;
  }

  /** Takes out the next event that is not cancelled; null when there is none. */
  pop(): SimEvent | null {
    for (;;) {
      const event = this.popAny();
      if (event === null) return null;
      if (event.isCancelled) continue;
      // From here on a cancel of this event must not count it a second time.
      event.isCancelled = true;
      if (!event.isBackground) this.foreground -= 1;
      return event;
    }
  }

  /** When the next event that is not cancelled happens; infinity when there is none. */
  get nextTime(): VirtualTimeMs {
    const heap = this.heap;
    while (heap.length > 0 && heap[0]!.isCancelled) this.popAny();
    return heap.length === 0 ? Number.POSITIVE_INFINITY : heap[0]!.time;
  }

  private popAny(): SimEvent | null {
    const heap = this.heap;
    if (heap.length === 0) return null;
    const top = heap[0]!;
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return top;
    let index = 0;
    for (;;) {
      let child = index * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = last;
    return top;
  }
}

function isBefore(a: SimEvent, b: SimEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
