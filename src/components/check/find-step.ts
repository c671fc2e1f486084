import type { Recording } from '../../simulation/trace';

/**
 * Step of the event that a lesson names as `<kind> <n>`: `commit 2` is the second commit of the run.
 * @throws Error that names the kinds there are
 */
export function findStep({ events }: Recording, name: string): number {
  const [kind, ordinal = '1'] = name.split(' ');
  const found = events.filter((event) => event.kind === kind)[Number(ordinal) - 1];
  if (found !== undefined) return found.step;
  const counts = new Map<string, number>();
  for (const event of events) counts.set(event.kind, (counts.get(event.kind) ?? 0) + 1);
  const known = [...counts].map(([name_, count]) => `${name_} 1–${count}`).join(', ');
  throw new Error(`at="${name}": the run has no such event. It has: ${known}`);
}
