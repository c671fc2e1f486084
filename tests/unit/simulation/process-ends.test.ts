/** Errors, endless turns and clean ends of a process: what Node does, and what ends an execution. */
import { describe, expect, it } from 'vitest';
import type { Incarnation } from '../../../src/simulation/process';
import { TERMINATION_GRACE_MS } from '../../../src/simulation/process';
import { SimPromise } from '../../../src/simulation/sim-promise';
import { turn } from '../../../src/simulation/turn';
import type { World } from '../../../src/simulation/world';
import { ask, newIncarnation, newWorld, runToEnd } from '../../fixtures/kernel';

interface Setting {
  readonly world: World;
  readonly process: Incarnation;
  readonly log: string[];
}

/** A process with a client connected. */
function connected(): Setting {
  const world = newWorld();
  const process = newIncarnation(world);
  process.handles = 1;
  process.isStartPending = false;
  return { world, process, log: [] };
}

function kinds({ recorder }: World): string[] {
  return recorder!.events.map(({ kind }) => kind);
}

describe('an error that leaves the program', () => {
  it('ends it with code 1, and nothing that was queued runs', () => {
    const { world, process, log } = connected();
    process.run(() => {
      SimPromise.resolve().then(() => log.push('job'));
      throw new Error('no such thing');
    });
    expect(world.history.ends).toMatchObject([{ code: 1, origin: 'callback', error: { message: 'no such thing' } }]);
    expect(world.recorder!.events).toMatchObject([{ kind: 'process-exit', code: 1, error: { name: 'Error' } }]);
    expect(log).toEqual([]);
  });

  it('goes to those who listen for uncaughtException, and the process lives', () => {
    const { process, log } = connected();
    process.listeners.set('uncaughtException', [
      (error, origin) => log.push(`${(error as Error).message} ${String(origin)}`),
      () => log.push('second listener'),
    ]);
    process.run(() => {
      throw new Error('heard');
    });
    expect([process.isAlive, log]).toEqual([true, ['heard uncaughtException', 'second listener']]);
  });

  it('is heard by nobody once the process has ended', () => {
    const { process, log } = connected();
    process.listeners.set('uncaughtException', [() => log.push('heard')]);
    process.run(() => {
      process.exit(0, null);
      throw new Error('behind the end');
    });
    expect(log).toEqual([]);
  });

  it('ends it with code 7 where such a listener throws', () => {
    const { world, process } = connected();
    process.listeners.set('uncaughtException', [
      () => {
        throw new Error('in the listener');
      },
    ]);
    process.run(() => {
      throw new Error('first');
    });
    expect(world.history.ends).toMatchObject([{ code: 7, error: { message: 'in the listener' } }]);
  });
});

describe('a rejection that nobody handles', () => {
  it('goes to those who listen for it, and the process goes on with its jobs', () => {
    const { process, log } = connected();
    process.listeners.set('unhandledRejection', [
      (reason) => {
        log.push((reason as Error).message);
        SimPromise.resolve().then(() => log.push('job of the listener'));
      },
    ]);
    process.run(() => {
      SimPromise.reject(new Error('one'));
      SimPromise.reject(new Error('two'));
    });
    expect([process.isAlive, log]).toEqual([true, ['one', 'two', 'job of the listener', 'job of the listener']]);
  });

  it('is the last one heard where its listener ends the process', () => {
    const { process, log } = connected();
    process.listeners.set('unhandledRejection', [
      (reason) => {
        log.push((reason as Error).message);
        process.exit(1, null);
      },
    ]);
    process.run(() => {
      SimPromise.reject(new Error('one'));
      SimPromise.reject(new Error('two'));
    });
    expect(log).toEqual(['one']);
  });

  it('ends the process once, whatever else has been rejected', () => {
    const { world, process } = connected();
    process.run(() => {
      SimPromise.reject(new Error('one'));
      SimPromise.reject(new Error('two'));
    });
    expect(world.history.ends).toMatchObject([{ code: 1, origin: 'rejection', error: { message: 'one' } }]);
  });

  it('is endless where the listener causes the next one', () => {
    const { world, process } = connected();
    process.listeners.set('unhandledRejection', [
      () => void SimPromise.resolve().then(() => SimPromise.reject(new Error('again'))),
    ]);
    process.run(() => void SimPromise.reject(new Error('first')));
    expect(world.stuck).toMatchObject({ diagnosis: 'endless-microtasks' });
    expect(process.isGone).toBe(true);
  });
});

describe('a turn that does not end ends the execution', () => {
  it('with the line of the loop', () => {
    const { world, process } = connected();
    process.run(() => {
      turn.at(3, null);
      for (;;) turn.tick(1);
    });
    expect(world.stuck).toEqual({ diagnosis: 'endless-loop', line: 1, incarnation: 1 });
    expect([process.isGone, turn.owner, turn.exhaustedAt]).toEqual([true, null, 0]);
    expect(world.recorder!.events.at(-1)).toMatchObject({ kind: 'stuck', reason: 'endless-loop', line: 1 });
  });

  it('with the line of the latest call, where promises follow each other', () => {
    const { world, process } = connected();
    const again = (): unknown => SimPromise.resolve().then(again);
    process.run(() => {
      turn.at(3, null);
      again();
    });
    expect(world.stuck).toEqual({ diagnosis: 'endless-microtasks', line: 3, incarnation: 1 });
  });

  it('also where it is a listener that does not end', () => {
    const { world, process } = connected();
    process.listeners.set('uncaughtException', [
      () => {
        for (;;) turn.tick(5);
      },
    ]);
    process.run(() => {
      throw new Error('first');
    });
    expect([world.stuck?.diagnosis, world.history.ends]).toEqual(['endless-loop', []]);
  });

  it('whatever the program catches or listens for', () => {
    const { world, process, log } = connected();
    process.listeners.set('uncaughtException', [() => log.push('heard')]);
    process.run(() => {
      SimPromise.resolve().then(() => log.push('job'));
      for (;;) turn.tick(5);
    });
    expect([world.stuck?.diagnosis, log]).toEqual(['endless-loop', []]);
  });
});

it('a crash is in the trace with the place where it struck', () => {
  const { world, process } = connected();
  world.fault = { phase: 'before', request: 'commit#1', line: 3 };
  process.crash();
  expect(world.recorder!.events).toMatchObject([
    { kind: 'process-crash', phase: 'before', request: 'commit#1', line: 3 },
  ]);
});

describe('a process that is asked to stop', () => {
  it('is killed when it has taken too long', () => {
    const { world, process } = connected();
    process.listeners.set('SIGTERM', [() => undefined]);
    process.terminate();
    expect(process.isAlive).toBe(true);
    runToEnd(world);
    expect([world.now, process.isGone]).toEqual([TERMINATION_GRACE_MS, true]);
    expect(kinds(world)).toEqual(['process-stop']);
  });

  it('ends as it wants within that time', () => {
    const { world, process } = connected();
    process.listeners.set('SIGTERM', [() => void process.setTimer(10, () => process.exit(0, null))]);
    process.terminate();
    runToEnd(world);
    expect(world.history.ends).toMatchObject([{ how: 'exit', code: 0 }]);
  });

  it('is asked once: one that is gone is not asked', () => {
    const { world, process } = connected();
    process.exit(0, null);
    process.terminate();
    process.crash();
    process.exit(1, null);
    expect(kinds(world)).toEqual(['process-exit']);
    expect(world.history.ends).toHaveLength(1);
  });
});

describe('a process that ends by itself', () => {
  it('lives for as long as a timer keeps it alive', () => {
    const { world, process } = connected();
    process.handles = 0;
    process.run(() => void process.setTimer(10, () => undefined));
    runToEnd(world);
    expect([world.now, world.history.ends]).toMatchObject([10, [{ how: 'exit', code: 0 }]]);
  });

  it.each<[string, (process: Incarnation) => void]>([
    ['in the background', (process) => void process.setTimer(10, () => undefined, true)],
    ["that is unref'd", (process) => void process.setProgramTimer(10, () => undefined, false, true)],
    ['that is cleared', (process) => process.clearTimer(process.setTimer(10, () => undefined))],
  ])('waits for no timer %s', (_, set) => {
    const { world, process } = connected();
    process.handles = 0;
    process.run(() => set(process));
    expect([world.now, process.isGone, world.isAtRest]).toEqual([0, true, true]);
  });

  it('ends with the code that it has set', () => {
    const { world, process } = connected();
    process.handles = 0;
    process.exitCode = 4;
    process.run(() => undefined);
    expect(world.history.ends).toMatchObject([{ code: 4 }]);
  });

  it('runs nothing any more, and leaves nothing to wait for', () => {
    const { world, process, log } = connected();
    process.setTimer(10, () => log.push('timer'));
    process.crash();
    expect(world.isAtRest).toBe(true);
    process.run(() => log.push('turn'));
    expect(log).toEqual([]);
  });

  it('leaves no answer outstanding, and tells those who wait for its end', () => {
    const { world, process, log } = connected();
    process.whenGone(() => log.push('gone'));
    process.run(() => void ask(process, { receive: () => undefined }, 'never answered'));
    expect(world.outstanding).toBe(1);
    process.crash();
    expect([world.outstanding, log]).toEqual([0, ['gone']]);
  });
});

describe('a process waits for a timer that fires once', () => {
  it('that was set for so long or longer', () => {
    const { process } = connected();
    process.setProgramTimer(500, () => undefined, true, true);
    expect([500, 501].map((delayMs) => process.waitsFor(delayMs))).toEqual([true, false]);
  });

  it('and for none of a process that is gone', () => {
    const { process } = connected();
    process.setProgramTimer(500, () => undefined, true, true);
    process.crash();
    expect(process.waitsFor(0)).toBe(false);
  });

  it('and for no round of a repeating one, nor once it has fired or is cleared', () => {
    const { world, process } = connected();
    process.setProgramTimer(500, () => undefined, true, false);
    process.clearTimer(process.setProgramTimer(500, () => undefined, true, true));
    process.setProgramTimer(400, () => undefined, true, true);
    expect(process.waitsFor(0)).toBe(true);
    while (world.step());
    expect(process.waitsFor(0)).toBe(false);
  });
});

describe('a process that freezes', () => {
  it('stands still for as long as the world says, and tells that it does', () => {
    const { world, process, log } = connected();
    const told: Incarnation[] = [];
    world.onFreeze = (frozen) => told.push(frozen);
    process.setTimer(10, () => log.push(`${world.now} timer`));
    process.freeze({ name: 'commit#1', line: 3 });
    expect([process.isPaused, process.isAlive, told]).toEqual([true, true, [process]]);
    runToEnd(world);
    expect([process.isPaused, log]).toEqual([false, [`${world.freezeMs} timer`]]);
    expect(world.recorder!.events).toMatchObject([
      { kind: 'process-pause', request: 'commit#1', line: 3, time: 0 },
      { kind: 'process-resume', time: world.freezeMs },
    ]);
  });

  it('does not wake up when it has died meanwhile', () => {
    const { world, process, log } = connected();
    process.freeze({ name: 'commit#1', line: 0 });
    process.run(() => log.push('held'));
    process.crash();
    runToEnd(world);
    process.pause();
    process.resume();
    expect([process.isGone, log, kinds(world)]).toEqual([true, [], ['process-pause', 'process-crash']]);
    // Neither came from a line of the program.
    for (const event of world.recorder!.events) expect(event).not.toHaveProperty('line');
  });

  it('goes on only until something ends it', () => {
    const { process, log } = connected();
    process.pause();
    process.run(() => process.exit(0, null));
    process.run(() => log.push('behind the end'));
    process.resume();
    expect(log).toEqual([]);
  });

  it('that is woken early is not woken again', () => {
    const { world, process } = connected();
    process.freeze({ name: 'commit#1', line: 0 });
    process.resume();
    runToEnd(world);
    expect(kinds(world)).toEqual(['process-pause']);
  });
});
