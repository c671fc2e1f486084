import { describe, expect, it } from 'vitest';
import type { Chooser, Endpoint, Request } from '../../../src/simulation/network';
import { SimPromise } from '../../../src/simulation/sim-promise';
import { ask, newIncarnation, newWorld, runToEnd, start } from '../../fixtures/kernel';

/** Counts what it applies and answers with the count. */
class Counter implements Endpoint<string, number> {
  readonly applied: string[] = [];

  receive(request: Request<string, number>): void {
    this.applied.push(request.message);
    request.applied();
    request.answer(this.applied.length);
  }
}

function chooserFor(at: { send?: number; effect?: number; choice: 'crash' | 'lose' }): Chooser {
  let sends = 0;
  let effects = 0;
  return {
    onSend: () => (++sends === at.send ? at.choice : 'default'),
    onEffect: () => (++effects === at.effect ? at.choice : 'default'),
    onLoss: () => undefined,
    holds: () => false,
  };
}

describe('a crash makes a process vanish', () => {
  it('before a request leaves: no effect, no finally, no later statement', () => {
    const world = newWorld(chooserFor({ send: 2, choice: 'crash' }));
    const service = new Counter();
    const log: string[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      yield ask(incarnation, service, 'first');
      try {
        yield ask(incarnation, service, 'second');
        log.push('after');
      } catch {
        log.push('catch');
      } finally {
        log.push('finally');
        ask(incarnation, service, 'clean-up');
      }
    });
    runToEnd(world);
    expect(service.applied).toEqual(['first']);
    expect(log).toEqual([]);
    expect(incarnation.isGone).toBe(true);
    expect(world.history.ends).toMatchObject([{ how: 'crash' }]);
  });

  it('after the effect: the effect stays, the answer never comes', () => {
    const world = newWorld(chooserFor({ effect: 1, choice: 'crash' }));
    const service = new Counter();
    const log: unknown[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      log.push(yield ask(incarnation, service, 'only'));
    });
    runToEnd(world);
    expect(service.applied).toEqual(['only']);
    expect(log).toEqual([]);
  });

  it('takes timers and queued jobs with it', () => {
    const world = newWorld(chooserFor({ effect: 1, choice: 'crash' }));
    const log: string[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      incarnation.setTimer(500, () => log.push('timer'));
      yield ask(incarnation, new Counter(), 'x');
    });
    runToEnd(world);
    expect(log).toEqual([]);
    expect(world.isAtRest).toBe(true);
  });

  it('takes jobs of the same turn with it that were queued before the crash', () => {
    const world = newWorld(chooserFor({ send: 1, choice: 'crash' }));
    const log: string[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      const settled = SimPromise.resolve();
      settled.then(() => ask(incarnation, new Counter(), 'x'));
      settled.then(() => log.push('job behind the crash'));
      yield settled;
    });
    runToEnd(world);
    expect(incarnation.isGone).toBe(true);
    expect(log).toEqual([]);
  });

  it('ignores what synchronous code after the crash still asks for', () => {
    const world = newWorld(chooserFor({ send: 1, choice: 'crash' }));
    const service = new Counter();
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      ask(incarnation, service, 'first');
      ask(incarnation, service, 'second');
      yield undefined;
    });
    runToEnd(world);
    expect(service.applied).toEqual([]);
  });
});

describe('a request has a separate sending, effect and answer', () => {
  it('lost request: no effect, and the sender only learns that the connection broke', () => {
    const world = newWorld(chooserFor({ send: 1, choice: 'lose' }));
    const service = new Counter();
    const log: string[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      try {
        yield ask(incarnation, service, 'x');
      } catch (error) {
        log.push((error as Error).message);
      }
    });
    runToEnd(world);
    expect(service.applied).toEqual([]);
    expect(log).toEqual(['lost']);
  });

  it('lost answer: the effect has happened, and the sender cannot tell', () => {
    const world = newWorld(chooserFor({ effect: 1, choice: 'lose' }));
    const service = new Counter();
    const log: string[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      try {
        yield ask(incarnation, service, 'x');
      } catch (error) {
        log.push((error as Error).message);
      }
    });
    runToEnd(world);
    expect(service.applied).toEqual(['x']);
    expect(log).toEqual(['lost']);
  });
});

describe('a paused process', () => {
  it('does nothing while it is paused and goes on in order when it resumes', () => {
    const world = newWorld();
    const log: string[] = [];
    const incarnation = newIncarnation(world);
    start(incarnation, function* () {
      incarnation.setTimer(10, () => log.push('timer'));
      yield ask(incarnation, new Counter(), 'x');
      log.push('answer');
    });
    incarnation.pause();
    runToEnd(world);
    expect(log).toEqual([]);
    expect(incarnation.isAlive).toBe(true);
    incarnation.resume();
    expect(log).toEqual(['answer', 'timer']);
  });
});

describe('a process ends by itself as in Node', () => {
  it('with code 0 when nothing keeps it alive', () => {
    const world = newWorld();
    start(newIncarnation(world), function* () {
      yield 1;
    });
    runToEnd(world);
    expect(world.history.ends).toMatchObject([{ how: 'exit', code: 0, error: null }]);
  });

  it('with code 13 when its top-level code awaits something that cannot come', () => {
    const world = newWorld();
    start(newIncarnation(world), function* () {
      yield SimPromise.pending();
    });
    expect(world.history.ends).toMatchObject([{ how: 'exit', code: 13 }]);
  });

  it('with code 1 and the error when its top-level code throws', () => {
    const world = newWorld();
    start(newIncarnation(world), function* () {
      yield undefined;
      throw new TypeError('no such thing');
    });
    expect(world.history.ends).toMatchObject([
      { code: 1, origin: 'start', error: { name: 'TypeError', message: 'no such thing' } },
    ]);
  });

  it('with code 1 on a rejection that nobody handles by the end of the turn', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    start(incarnation, function* () {
      SimPromise.reject(new Error('dropped'));
      yield undefined;
    });
    expect(world.history.ends).toMatchObject([{ code: 1, origin: 'rejection', error: { message: 'dropped' } }]);
  });

  it('but lives when the rejection is handled within the turn', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    start(incarnation, function* () {
      const rejected = SimPromise.reject(new Error('handled later in the turn'));
      yield undefined;
      rejected.catch(() => undefined);
    });
    expect(incarnation.isAlive).toBe(true);
  });
});

describe('a clean stop', () => {
  it('ends a program that does not listen at once', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    start(incarnation, function* () {
      yield undefined;
    });
    incarnation.terminate();
    expect(incarnation.isGone).toBe(true);
    expect(world.history.ends).toMatchObject([{ how: 'stop' }]);
  });

  it('lets a SIGTERM listener finish its work, and kills one that does not finish', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    const log: string[] = [];
    start(incarnation, function* () {
      incarnation.listeners.set('SIGTERM', [() => incarnation.setTimer(5, () => log.push('closed'))]);
      yield undefined;
    });
    incarnation.terminate();
    expect(incarnation.isAlive).toBe(true);
    runToEnd(world);
    expect(log).toEqual(['closed']);
    expect(world.history.ends).toMatchObject([{ how: 'stop' }]);
  });
});

describe('a request that nobody will answer (ACK-3)', () => {
  it('does not keep a process alive that waits for nothing else', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    const parking: Endpoint<string, number> = { receive: (request) => request.park() };
    start(incarnation, function* () {
      void ask(incarnation, parking, 'only');
      yield SimPromise.resolve();
    });
    runToEnd(world);
    expect(world.history.ends).toMatchObject([{ how: 'exit', code: 0 }]);
  });

  it('leaves a process alone that has a client connected', () => {
    const world = newWorld();
    const incarnation = newIncarnation(world);
    const parking: Endpoint<string, number> = { receive: (request) => request.park() };
    start(incarnation, function* () {
      incarnation.handles += 1;
      void ask(incarnation, parking, 'only');
      yield SimPromise.resolve();
    });
    runToEnd(world);
    expect(incarnation.isAlive).toBe(true);
  });
});
