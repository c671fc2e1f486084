/**
 * A recording of the model as the timeline shows it: records have names, lives of one client share a lane, and a client
 * that asks a dead broker again and again is told of once.
 */
import type { Recorder } from '../../simulation/recorder';
import type { LaneId, Recording, TraceEvent } from '../../simulation/trace';
import { groupOf, nameOfLife } from './script';
import type { Setup } from './state';

/** `P1-2` is the second life of P1. */
const LIFE = /^([PC]\d)(?:-(\d+))?$/;

export function readableRecording(recorder: Recorder, setup: Setup): Recording {
  const names = new RecordNames(setup);
  const lanes = new Lanes(recorder.events);
  const events = withoutRepeatedLosses(recorder.events).map((event) => lanes.moved(names.named(event)));
  return {
    executionCode: '',
    traceHash: recorder.hash(),
    lanes: recorder.lanes.filter(({ id }) => lanes.of(id).lane === id),
    events,
    ledger: [],
  };
}

/** What a client sends all the time by itself. */
const UNASKED: ReadonlySet<string> = new Set(['fetch', 'heartbeat', 'metadata', 'join', 'list-offsets', 'committed']);

/** Leaves out losses that say nothing new since something happened to a broker or a process. */
function withoutRepeatedLosses(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const told = new Set<string>();
  const steps = new Map<number, number>();
  const kept: TraceEvent[] = [];
  for (const event of events) {
    if (event.kind === 'broker' || event.kind.startsWith('process-')) told.clear();
    const isLoss = event.kind === 'request-lost' || event.kind === 'answer-lost';
    const key = isLoss ? `${event.lane} ${event.label}` : '';
    const isRepeat = isLoss && UNASKED.has(event.label) && told.has(key);
    // What follows from an event that is left out follows from its cause.
    const cause = event.cause === null ? null : (steps.get(event.cause) ?? null);
    if (isRepeat) {
      if (cause !== null) steps.set(event.step, cause);
      continue;
    }
    if (isLoss) told.add(key);
    steps.set(event.step, kept.length);
    kept.push({ ...event, step: kept.length, cause });
  }
  return kept;
}

/** Values are the names of the records; events that do not carry one look it up at the offset. */
class RecordNames {
  private readonly values = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  constructor(private readonly setup: Setup) {}

  named(event: TraceEvent): TraceEvent {
    if (event.kind === 'append') {
      if (event.value !== null) this.values.set(placeOf(event), event.value);
      return { ...event, record: event.value };
    }
    if (event.kind === 'deliver' || event.kind === 'handled')
      return { ...event, record: this.values.get(placeOf(event)) ?? null };
    return event.kind === 'effect' ? { ...event, count: this.countInGroup(event.lane, event.record) } : event;
  }

  /** How many times the group has processed the record by now, whichever of its members. */
  private countInGroup(client: LaneId, record: string | null): number {
    const index = Number(LIFE.exec(client)?.[1]?.slice(1) ?? 1) - 1;
    const key = `${groupOf(this.setup, this.setup.consumers[index] ?? {})} ${record}`;
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count;
  }
}

function placeOf({ topic, partition, offset }: { topic: string; partition: number; offset: number }): string {
  return `${topic}-${partition}@${offset}`;
}

interface Place {
  readonly lane: LaneId;
  /** Null for what is no client. */
  readonly incarnation: number | null;
}

/** A new life goes on in the lane of the old one, unless that one may still act: then there is a lane for each. */
class Lanes {
  private readonly places = new Map<LaneId, Place>();

  constructor(events: readonly TraceEvent[]) {
    const gone = new Set<LaneId>();
    for (const event of events) {
      if (event.kind === 'process-crash' || event.kind === 'process-exit') gone.add(event.lane);
      if (event.kind === 'process-start') this.place(event.lane, gone);
    }
  }

  private place(name: LaneId, gone: ReadonlySet<LaneId>): void {
    const [, client, number] = LIFE.exec(name) ?? [];
    if (client === undefined) return;
    const life = Number(number ?? 1);
    const earlier = Array.from({ length: life - 1 }, (_, index) => nameOfLife(client, index + 1));
    const isAlone = earlier.every((other) => gone.has(other));
    this.places.set(name, isAlone ? { lane: client, incarnation: life } : { lane: name, incarnation: 1 });
  }

  of(lane: LaneId): Place {
    return this.places.get(lane) ?? { lane, incarnation: null };
  }

  moved(event: TraceEvent): TraceEvent {
    const place = this.of(event.lane);
    const peer = event.peer === undefined ? null : this.of(event.peer);
    const incarnation = place.incarnation ?? peer?.incarnation ?? null;
    return {
      ...event,
      lane: place.lane,
      ...(peer === null ? {} : { peer: peer.lane }),
      ...(incarnation === null ? {} : { incarnation }),
    };
  }
}
