/** When two executions are in one state: what a checker or a program could tell apart has to be in its key (exploration.md c.4, d18). */
import { describe, expect, it } from 'vitest';
import { stateKey, type Observes } from '../../../src/grader/known-states';
import { Cluster } from '../../../src/kafka/cluster';
import { CallEvent } from '../../../src/simulation/event-queue';
import type { History } from '../../../src/simulation/history';
import { Request, type Choice, type Endpoint, type RequestKind } from '../../../src/simulation/network';
import type { World } from '../../../src/simulation/world';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

interface Looks {
  readonly stage?: string;
  readonly incarnation?: number;
  readonly observes?: Partial<Observes>;
  readonly isOrderJudged?: boolean;
}

type Change = (history: History, world: World, cluster: Cluster) => unknown;

const effect =
  (record: string, more: object = {}): Change =>
  (history) => {
    history.effects.push({ record, service: 'shop', incarnation: 1, isFabricated: false, ...more });
  };
const delivery =
  (offset: number, more: object = {}): Change =>
  (history) => {
    history.deliveries.push({ group: 'g', partition: 'in-0', offset, incarnation: 1, ...more });
  };
const end =
  (how: 'crash' | 'exit'): Change =>
  (history) => {
    history.end({ incarnation: 1, how, code: 1, origin: null, error: null });
  };

/** A request that a process has sent, and that is under way since. */
const sent =
  (message: unknown, kind: RequestKind = 'commit', choice: Choice = 'default'): Change =>
  (_history, world) => {
    const handler = { onAnswer: () => undefined, onLost: () => undefined };
    const receiver = { receive: () => undefined };
    const request = new Request(kind, true, newIncarnation(world), message, receiver, handler);
    request.leave(choice);
  };
const laterBy =
  (ms: number): Change =>
  (_history, world) =>
    void (world.now += ms);

/** The key of a world in which three records of one key have come, and this has happened. */
function key(changes: readonly Change[], looks: Looks = {}): string | null {
  const world = newWorld();
  const cluster = new Cluster(world, [{ name: 'in', partitions: 1 }]);
  ['a', 'b', 'c'].forEach((id, offset) => world.history.input.push({ id, partition: 'in-0', offset, key: 'k' }));
  for (const change of changes) change(world.history, world, cluster);
  const { stage = 'working', incarnation = 2, observes, isOrderJudged = false } = looks;
  const seen = { time: false, chance: false, ...observes };
  return stateKey(world, cluster, stage, incarnation, seen, isOrderJudged);
}

describe('two executions are in one state', () => {
  it.each<[string, readonly Change[], readonly Change[]]>([
    [
      'however often beyond twice an effect was applied',
      [effect('a'), effect('a')],
      [effect('a'), effect('a'), effect('a')],
    ],
    [
      'however often beyond twice a record was delivered',
      [delivery(0), delivery(0)],
      [delivery(0), delivery(0), delivery(0)],
    ],
    ['in whatever order effects came, where it is not judged', [effect('a'), effect('b')], [effect('b'), effect('a')]],
    ['with an effect that is gone, and without it', [effect('a', { isUndone: true })], []],
    ['whether crashes led there or not', [end('crash')], []],
    ['whichever life had the delivery', [delivery(0)], [delivery(0, { incarnation: 2 })]],
    [
      'with a record done that has its effect',
      [delivery(0, { isHandled: true }), effect('a')],
      [delivery(0), effect('a')],
    ],
  ])('%s', (_, one, other) => {
    expect(key(one)).not.toBeNull();
    expect(key(one)).toBe(key(other));
  });

  it('however many requests were sent before those that are under way', () => {
    const arrived: Change = (_history, world) => void world.step();
    expect(key([sent('x'), arrived, laterBy(-1), sent('x')])).toBe(key([sent('x')]));
    expect(key([sent('x'), arrived])).toBe(key([]));
    expect(key([sent('x'), laterBy(1)])).not.toBe(key([sent('x')]));
  });

  it('whenever a request was sent that takes as long from now on', () => {
    expect(key([laterBy(100), sent('x')])).toBe(key([sent('x')]));
  });

  it('with an answer on its way to the dead, and without it', () => {
    const answered: Change = (_history, world) => {
      const receiver: Endpoint<unknown, unknown> = { receive: (request) => request.answer('done') };
      const handler = { onAnswer: () => undefined, onLost: () => undefined };
      new Request('commit', true, newIncarnation(world), 'x', receiver, handler).send();
      world.step();
    };
    expect(key([answered])).toBe(key([]));
  });

  it.each([{ key: 'other' }, { partition: 'in-1' }])(
    'in whatever order effects came that have no order among them, where order is judged (A12): %o',
    (more) => {
      const other: Change = ({ input }) => void (input[1] = { ...input[1]!, ...more });
      const judged = { isOrderJudged: true };
      expect(key([other, effect('a'), effect('b')], judged)).toBe(key([other, effect('b'), effect('a')], judged));
      expect(key([effect('of no record')], judged)).not.toBeNull();
    },
  );

  it('whatever waits that is no request', () => {
    const timer: Change = (_history, world) => world.schedule(new CallEvent(() => undefined), 10);
    expect(key([timer])).toBe(key([]));
  });

  it('whatever the time and the life, of a program that looks at neither', () => {
    const later: Change = (_history, world) => void (world.now += 5);
    expect(key([later], { incarnation: 3 })).toBe(key([]));
  });
});

describe('two executions are in different states', () => {
  it.each<[string, readonly Change[], readonly Change[]]>([
    ['by an effect (A7, A9)', [effect('a')], []],
    ['by a repeated effect (A9)', [effect('a'), effect('a')], [effect('a')]],
    ['by whose effect it was', [effect('a')], [effect('b')]],
    ['by an effect that was made up', [effect('a', { isFabricated: true })], [effect('a')]],
    ['by which effect was made up', [effect('a', { isFabricated: true })], [effect('b', { isFabricated: true })]],
    ['by a delivery (A10, A15)', [delivery(0)], []],
    ['by a repeated delivery (A10)', [delivery(0), delivery(0)], [delivery(0)]],
    ['by which record was delivered', [delivery(0)], [delivery(1)]],
    ['by the group of a delivery', [delivery(0)], [delivery(0, { group: 'h' })]],
    ['by the partition of a delivery', [delivery(0)], [delivery(0, { partition: 'in-1' })]],
    ['by an exit of the program itself (L2)', [end('exit')], [end('crash')]],
    ['by a record that was dropped, and not in hand (N4)', [delivery(0, { isHandled: true })], [delivery(0)]],
    ['by how much of the input has come', [(history) => void history.input.pop()], []],
    [
      'by what a log holds',
      [(_history, _world, cluster) => cluster.append('in', 0, [{ key: null, value: 'x', headers: {}, timestamp: 0 }])],
      [],
    ],
  ])('%s', (_, one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it.each<[string, readonly Change[], readonly Change[]]>([
    ['that is there', [sent('x')], []],
    ['by what it says', [sent('x')], [sent('y')]],
    ['by its kind', [sent('x')], [sent('x', 'produce')]],
    ['by whether it will be refused', [sent('x')], [sent('x', 'commit', 'refuse')]],
    ['by when it arrives', [sent('x')], [sent('x', 'commit', 'delay')]],
    ['by the order in which they were sent', [sent('x'), sent('y')], [sent('y'), sent('x')]],
  ])('by a request of the dead that is under way: %s', (_, one, other) => {
    expect(key(one)).not.toBe(key(other));
  });

  it('by which effect of a key came last, where order is judged (A12)', () => {
    const redone = [effect('a'), effect('b'), effect('a'), effect('b')];
    const judged = { isOrderJudged: true };
    expect(key([...redone, effect('a')], judged)).not.toBe(key([...redone, effect('b')], judged));
  });

  it('by the stage of the workload', () => {
    expect(key([], { stage: 'stopping' })).not.toBe(key([]));
  });
  it('by the order of effects, where it is judged (A12)', () => {
    const judged = { isOrderJudged: true };
    expect(key([effect('a'), effect('b')], judged)).not.toBe(key([effect('b'), effect('a')], judged));
    const undone = effect('b', { isUndone: true });
    expect(key([effect('a'), undone], judged)).toBe(key([effect('a')], judged));
    expect(key([effect('a'), effect('c'), effect('b')], judged)).not.toBe(
      key([effect('a'), effect('b'), effect('c')], judged),
    );
  });
  it('by time or by life, of a program that looks at them', () => {
    const later: Change = (_history, world) => void (world.now += 5);
    expect(key([later], { observes: { time: true } })).not.toBe(key([], { observes: { time: true } }));
    const chance = { observes: { chance: true } };
    expect(key([], { ...chance, incarnation: 3 })).not.toBe(key([], chance));
  });
  it('and a program that has sent records is in none that could be told', () => {
    const send: Change = ({ sends }) => {
      sends.push({ record: 'x', partition: 'out-0', outcome: 'ok', incarnation: 1, offset: 0, transaction: null });
    };
    expect(key([send])).toBeNull();
  });
});
