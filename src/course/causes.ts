/**
 * What could have led to an event, what it could have led to, and what went on beside it without either.
 *
 * "Before" is Lamport's: an event is before another when a chain leads from it there, each link being the cause that the
 * trace names, or the next event of the same life of a process, or of the same log or service. Time says nothing of
 * this: what happens in another process at the same moment is beside it.
 */
import type { Recording, TraceEvent } from '../simulation/trace';

export type Relation = 'before' | 'after' | 'beside' | 'itself';

/** For each event the earlier ones that lead to it directly. The same for every step, so it is worth keeping. */
export type Links = readonly (readonly number[])[];

/** @returns by step */
export function relationsTo(
  recording: Recording,
  step: number,
  links = linksOf(recording.events),
): readonly Relation[] {
  const relations: Relation[] = recording.events.map(() => 'beside');
  if (recording.events[step] === undefined) return relations;
  relations[step] = 'itself';
  // Links lead back only, so one pass in each direction is enough.
  for (let at = step; at >= 0; at -= 1) {
    if (relations[at] === 'beside') continue;
    for (const earlier of links[at] ?? []) if (relations[earlier] === 'beside') relations[earlier] = 'before';
  }
  for (let at = step + 1; at < relations.length; at += 1) {
    const follows = (links[at] ?? []).some(
      (earlier) => relations[earlier] === 'after' || relations[earlier] === 'itself',
    );
    if (follows) relations[at] = 'after';
  }
  return relations;
}

export function linksOf(events: readonly TraceEvent[]): Links {
  const lastOf = new Map<string, number>();
  return events.map((event, index) => {
    const links = event.cause === null ? [] : [event.cause];
    const place = placeOf(event);
    const last = lastOf.get(place);
    if (last !== undefined) links.push(last);
    lastOf.set(place, index);
    return links;
  });
}

/** A life of a process is a place of its own: what its memory held is gone with it. */
function placeOf({ lane, incarnation }: TraceEvent): string {
  return incarnation === undefined ? lane : `${lane}#${incarnation}`;
}
