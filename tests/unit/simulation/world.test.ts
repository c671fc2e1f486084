/** Virtual time, causes, and what a world writes into a trace. */
import { describe, expect, it } from 'vitest';
import { CallEvent } from '../../../src/simulation/event-queue';
import { Request } from '../../../src/simulation/network';
import { World } from '../../../src/simulation/world';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

const say = (world: World, text: string): void =>
  world.record({ lane: 'consumer' }, { kind: 'console', level: 'log', text });

describe('the time of a world', () => {
  it('goes from event to event, and counts them', () => {
    const world = newWorld();
    const times: number[] = [];
    for (const delayMs of [30, 10]) world.schedule(new CallEvent(() => times.push(world.now)), delayMs);
    expect([world.step(), world.step(), world.step()]).toEqual([true, true, false]);
    expect([times, world.now, world.eventCount]).toEqual([[10, 30], 30, 2]);
  });

  it('goes on from the event that schedules the next one', () => {
    const world = newWorld();
    world.schedule(new CallEvent(() => world.schedule(new CallEvent(() => undefined), 5)), 10);
    while (world.step());
    expect(world.now).toBe(15);
  });
});

describe('a world is at rest', () => {
  it('when only background events wait and no answer is outstanding', () => {
    const world = newWorld();
    world.schedule(new CallEvent(() => undefined, true), 10);
    expect(world.isAtRest).toBe(true);
    world.outstanding = 1;
    expect(world.isAtRest).toBe(false);
    world.outstanding = 0;
    const event = new CallEvent(() => undefined);
    world.schedule(event, 10);
    expect([world.isAtRest, world.pending().length]).toEqual([false, 2]);
    world.cancel(event);
    expect([world.isAtRest, world.pending().length]).toEqual([true, 1]);
  });

  it('once its last event has fired, and no later cancelling changes that', () => {
    const world = newWorld();
    const event = new CallEvent(() => undefined);
    world.schedule(event, 10);
    world.step();
    world.cancel(event);
    expect(world.isAtRest).toBe(true);
    world.schedule(new CallEvent(() => undefined), 10);
    expect(world.isAtRest).toBe(false);
  });
});

describe('a trace says what led to what', () => {
  it('an event is a consequence of what was recorded last where it was scheduled', () => {
    const world = newWorld();
    say(world, 'first');
    world.schedule(new CallEvent(() => say(world, 'of the first')), 10);
    say(world, 'second');
    world.schedule(new CallEvent(() => say(world, 'of the second')), 5);
    while (world.step());
    expect(world.recorder!.events.map(({ step, cause, time }) => [step, cause, time])).toEqual([
      [0, null, 0],
      [1, 0, 0],
      [2, 1, 5],
      [3, 0, 10],
    ]);
  });

  it('and not without a recorder', () => {
    const world = new World();
    say(world, 'nobody listens');
    world.recordWay(
      new Request('commit', true, newIncarnation(world), null, { receive: () => undefined }, HANDLER),
      'request-late',
    );
    expect([world.recorder, world.cause]).toEqual([null, -1]);
  });
});

const HANDLER = { onAnswer: (): void => undefined, onLost: (): void => undefined };

describe('a line of the program is in the trace', () => {
  it('where there is one', () => {
    const world = newWorld();
    const process = newIncarnation(world);
    const request = new Request('commit', true, process, null, { receive: () => undefined }, HANDLER);
    world.recordWay(request, 'request-late');
    world.endStuck(process, 'endless-loop', 0);
    for (const event of world.recorder!.events.splice(0)) expect(event).not.toHaveProperty('line');
    request.line = 7;
    world.recordWay(request, 'request-late');
    world.endStuck(process, 'endless-loop', 8);
    expect(world.recorder!.events).toMatchObject([{ line: 7 }, { line: 8 }]);
  });
});

it('a program has looked at neither time nor chance before it does', () => {
  expect(newWorld().observes).toEqual({ time: false, chance: false });
});

describe('a loss is in the trace', () => {
  it.each([
    [true, 'request-lost'],
    [false, 'answer-lost'],
  ])('of the request: %s, %s', (wasRequest, kind) => {
    const world = newWorld();
    const request = new Request('commit', true, newIncarnation(world), null, { receive: () => undefined }, HANDLER);
    world.recordLoss(request, wasRequest);
    request.line = 7;
    world.recordLoss(request, wasRequest);
    const [client, program] = world.recorder!.events;
    expect(program).toMatchObject({ kind, label: 'commit', request: 'commit#0', line: 7, incarnation: 1 });
    expect(client).not.toHaveProperty('line');
    expect(world.history.losses).toBe(2);
  });

  it('and counts without one', () => {
    const world = new World();
    const request = new Request('commit', true, newIncarnation(world), null, { receive: () => undefined }, HANDLER);
    world.recordLoss(request, true);
    expect(world.history.losses).toBe(1);
  });
});
