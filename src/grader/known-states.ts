/**
 * State hashing after crashes (exploration.md c.4). When the last fault of a plan is a crash, the program's memory is
 * gone: all that is to come depends on what the world remembers. An execution that reaches a state which an earlier one
 * with as many faults left has reached goes on exactly like it, and is not run to its end.
 *
 * The text has to hold everything the rest of the execution, and the checkers, can depend on; the plain search, which
 * knows nothing of this, is compared with the reduced one in `tests/unit/grader/reduction.test.ts`.
 */
import type { Cluster } from '../kafka/cluster';
import type { History } from '../simulation/history';
import { hashText } from '../simulation/hash';
import { Request } from '../simulation/network';
import type { World } from '../simulation/world';

export interface Observes {
  readonly time: boolean;
  readonly chance: boolean;
}

/**
 * @param stage how far the workload has come
 * @param observes what the program is known to look at beside its messages
 * @param isOrderJudged the lab has a rule on the order of effects (A12)
 * @returns null when the state cannot be told: the program has written records itself
 */
export function stateKey(
  world: World,
  cluster: Cluster,
  stage: string,
  incarnation: number,
  observes: Observes,
  isOrderJudged: boolean,
): string | null {
  const { history } = world;
  if (history.sends.length > 0) return null;
  const parts = [stage, cluster.fingerprint(), historyKey(history), underWay(world)];
  if (isOrderJudged) parts.push(lastEffects(history));
  if (observes.time) parts.push(`t${world.now}`);
  if (observes.chance) parts.push(`i${incarnation}`);
  // 64 bits of it: tens of thousands of texts would fill the heap, and that two of so few meet is out of the question.
  return hashText(parts.join('#'));
}

/** What the checkers ask: how often, up to "more than once", and how often the program has ended by itself. */
function historyKey({ input, effects, deliveries, ends }: History): string {
  const effectsOf = new Map<string, number>();
  for (const { record, isFabricated, isUndone } of effects) {
    if (isUndone) continue;
    const key = isFabricated ? `!${record}` : record;
    effectsOf.set(key, Math.min(2, (effectsOf.get(key) ?? 0) + 1));
  }
  const deliveriesOf = new Map<string, number>();
  const done = new Set<string>();
  for (const { group, partition, offset, isHandled } of deliveries) {
    const key = `${group}/${partition}/${offset}`;
    deliveriesOf.set(key, Math.min(2, (deliveriesOf.get(key) ?? 0) + 1));
    if (isHandled) done.add(`${partition}/${offset}`);
  }
  // N4: whether a record without an effect was dropped or was in hand when its process died.
  const dropped: string[] = [];
  for (const { id, partition, offset } of input)
    if (!effectsOf.has(id) && done.has(`${partition}/${offset}`)) dropped.push(id);
  let exits = 0;
  for (const { how } of ends) if (how === 'exit') exits += 1;
  return `${input.length}|${entries(effectsOf)}|${entries(deliveriesOf)}|${exits}|${dropped.join()}`;
}

/** By partition and key the newest record with an effect, and the one with the last effect. */
function lastEffects({ input, effects }: History): string {
  const byId = new Map(input.map((record) => [record.id, record]));
  const newest = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { record: id, isUndone } of effects) {
    const record = byId.get(id);
    if (record === undefined || isUndone) continue;
    const subject = `${record.partition}/${record.key ?? ''}`;
    newest.set(subject, Math.max(record.offset, newest.get(subject) ?? 0));
    last.set(subject, record.offset);
  }
  return `${entries(newest)}|${entries(last)}`;
}

function entries(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .map(([key, count]) => `${key}=${count}`)
    .sort()
    .join();
}

/** Requests of the dead that will still arrive. */
function underWay(world: World): string {
  const messages: string[] = [];
  for (const event of world.pending()) {
    if (!(event instanceof Request) || !event.isUnderWay) continue;
    const { kind, message, isRefused } = event;
    messages.push(`${event.time - world.now}:${event.order}:${kind}${isRefused ? '!' : ''}:${JSON.stringify(message)}`);
  }
  // The order of sending counts, its numbers do not.
  return messages
    .sort()
    .map((text) => text.replace(/^(\d+):\d+:/, '$1:'))
    .join();
}
