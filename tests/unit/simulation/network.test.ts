/** Requests on their way: who waits for an answer, how long, and what a frozen or dead sender makes of it. */
import { describe, expect, it } from 'vitest';
import {
  LATENCY_MS,
  NO_FAULTS,
  PATIENCE_MS,
  Request,
  type Choice,
  type Endpoint,
} from '../../../src/simulation/network';
import type { Incarnation } from '../../../src/simulation/process';
import type { World } from '../../../src/simulation/world';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

type Call = Request<string, string>;

interface Setting {
  readonly world: World;
  readonly process: Incarnation;
  /** What the receiver and the sender are told, with the time. */
  readonly log: string[];
  send(message: string, timeoutMs?: number): Call;
}

interface Plan {
  readonly onSend?: Choice;
  readonly onEffect?: Choice;
  /** What the receiver does; by default it answers at once. */
  receive?(request: Call): void;
}

function answerAtOnce(request: Call): void {
  request.applied();
  request.answer('done');
}

function setting({ onSend = 'default', onEffect = 'default', receive = answerAtOnce }: Plan = {}): Setting {
  const log: string[] = [];
  let isFirst = true;
  const world = newWorld({
    ...NO_FAULTS,
    onSend: (request) => {
      log.push(`${world.now} ${String(request.message)} is decided about`);
      const choice = isFirst ? onSend : 'default';
      isFirst = false;
      return choice;
    },
    onEffect: () => onEffect,
  });
  const process = newIncarnation(world);
  process.handles = 1;
  const endpoint: Endpoint<string, string> = {
    receive: (request) => {
      log.push(`${world.now} ${request.message} arrives${request.isRefused ? ' and is refused' : ''}`);
      receive(request);
    },
  };
  const send = (message: string, timeoutMs = 0): Call => {
    const request: Call = new Request<string, string>('effect', true, process, message, endpoint, {
      onAnswer: (answer) => log.push(`${world.now} ${message} ${answer}`),
      onLost: () => log.push(`${world.now} ${message} lost`),
    });
    request.timeoutMs = timeoutMs;
    request.send();
    return request;
  };
  return { world, process, log, send };
}

function settle({ world }: Setting): void {
  while (world.step());
  expect(world.outstanding).toBe(0);
}

const events = ({ world }: Setting): string[] => world.recorder!.events.map(({ kind }) => kind);

describe('a frozen process (GRP-9)', () => {
  it('sends what it was about to send when it goes on, and is not decided about twice', () => {
    const play = setting({ onSend: 'pause' });
    play.send('a');
    settle(play);
    const { freezeMs } = play.world;
    expect(play.log).toEqual(['0 a is decided about', `${freezeMs + 1} a arrives`, `${freezeMs + 2} a done`]);
  });

  it('sends nothing else meanwhile, and that is decided about when it leaves', () => {
    const play = setting();
    play.process.pause();
    play.send('a');
    play.world.now = 5;
    play.process.resume();
    settle(play);
    expect(play.log).toEqual(['5 a is decided about', '6 a arrives', '7 a done']);
  });

  it('that dies sends nothing any more', () => {
    const play = setting({ onSend: 'pause' });
    play.send('a');
    play.send('b');
    play.process.crash();
    play.process.resume();
    play.send('c');
    settle(play);
    expect(play.log).toEqual(['0 a is decided about']);
  });
});

describe('a receiver', () => {
  it('is to fail where the request is refused, and only then', () => {
    const play = setting({ onSend: 'refuse' });
    play.send('a');
    play.send('b');
    settle(play);
    expect(play.log.filter((line) => line.includes('arrives'))).toEqual(['1 a arrives and is refused', '1 b arrives']);
  });

  it('that never answers lets its caller wait for as long as its client waits', () => {
    const play = setting({ onEffect: 'silence' });
    play.send('a');
    settle(play);
    expect(play.log.at(-1)).toBe(`${LATENCY_MS + PATIENCE_MS} a lost`);
    expect(events(play)).toEqual(['answer-lost']);
  });

  it('answers once', () => {
    const play = setting({
      receive: (request) => {
        request.answer('first');
        request.answer('second');
      },
    });
    play.send('a').answer('before it has arrived');
    settle(play);
    expect(play.log.slice(2)).toEqual(['2 a first']);
  });

  it('is asked for by the dead as well, and nothing is decided about that', () => {
    let decisions = 0;
    const onEffect = (): Choice => {
      decisions += 1;
      return 'default';
    };
    const world = newWorld({ ...NO_FAULTS, onEffect });
    const process = newIncarnation(world);
    const endpoint: Endpoint<string, string> = { receive: answerAtOnce };
    const handler = { onAnswer: () => undefined, onLost: () => undefined };
    new Request<string, string>('effect', true, process, 'a', endpoint, handler).send();
    process.crash();
    // It still arrives.
    expect(world.isAtRest).toBe(false);
    while (world.step());
    expect([world.now, decisions]).toEqual([LATENCY_MS, 0]);
  });

  it('that a request does not reach is not missed by the dead', () => {
    const play = setting({ onSend: 'lose' });
    play.send('a');
    play.process.crash();
    settle(play);
    expect([play.log, play.world.history.losses]).toEqual([['0 a is decided about'], 0]);
  });

  it('cannot reach a sender that is gone', () => {
    const play = setting();
    play.send('a');
    play.world.step();
    play.process.crash();
    settle(play);
    const late = play.send('b');
    expect(() => late.fire()).toThrow('nothing to wait for');
    expect(play.log).toEqual(['0 a is decided about', '1 a arrives']);
  });
});

describe('a request that its receiver keeps (a long poll)', () => {
  function parked(): Setting & { readonly request: Call } {
    const play = setting({ receive: (request) => request.park() });
    const request = play.send('a');
    expect(play.world.isAtRest).toBe(false);
    play.world.step();
    request.park();
    return { ...play, request };
  }

  it('does not keep the world busy, and is answered all the same', () => {
    const play = parked();
    expect([play.world.isAtRest, play.process.outstanding]).toEqual([true, 0]);
    play.request.answer('done');
    expect([play.world.isAtRest, play.process.outstanding]).toEqual([false, 1]);
    settle(play);
    expect(play.log.at(-1)).toBe('2 a done');
  });

  it('may end without an answer', () => {
    const play = parked();
    play.request.endUnanswered();
    expect(play.request.isOpen).toBe(false);
    play.request.answer('too late');
    settle(play);
    expect(play.log.at(-1)).toBe('1 a arrives');
  });

  it('is not parked before it has arrived', () => {
    const play = setting();
    const request = play.send('a');
    request.park();
    expect(play.world.outstanding).toBe(1);
    settle(play);
  });
});

describe('a receiver that falls silent', () => {
  function stalled(timeoutMs: number): Setting & { readonly request: Call } {
    const play = setting({ receive: () => undefined });
    const request = play.send('a', timeoutMs);
    play.world.step();
    play.world.now = 10;
    request.stall();
    request.stall();
    return { ...play, request };
  }

  it('is waited for until the time-out of the sender, counted from the sending', () => {
    const play = stalled(30_000);
    settle(play);
    expect(play.log.at(-1)).toBe('30000 a lost');
    expect(events(play)).toEqual(['answer-lost']);
  });

  it('that has been silent for longer than that is given up at once', () => {
    const play = stalled(5);
    settle(play);
    expect(play.log.at(-1)).toBe('10 a lost');
  });

  it('is not waited for by a sender that is gone', () => {
    const play = setting({ receive: () => undefined });
    const request = play.send('a', 30_000);
    play.world.step();
    play.process.crash();
    request.stall();
    expect(play.world.isAtRest).toBe(true);
  });

  it('is waited for without end by a sender that has no time-out', () => {
    const play = stalled(0);
    while (play.world.step());
    expect([play.log.at(-1), play.world.outstanding]).toEqual(['1 a arrives', 1]);
  });

  it('answers in time when it is back', () => {
    const play = stalled(30_000);
    play.request.unstall();
    play.request.answer('done');
    settle(play);
    expect([play.log.at(-1), play.world.now]).toEqual(['11 a done', 11]);
  });

  it('and answers without further ado', () => {
    const play = stalled(30_000);
    play.request.answer('done');
    settle(play);
    expect([play.log.at(-1), play.world.now]).toEqual(['11 a done', 11]);
  });

  it('may fall silent again', () => {
    const play = stalled(30_000);
    play.request.unstall();
    play.request.stall();
    settle(play);
    expect(play.log.at(-1)).toBe('30000 a lost');
  });
});

describe('a connection that breaks at the end of the receiver', () => {
  it.each([
    [true, 'answer-lost'],
    [false, 'request-lost'],
  ])('is felt a moment later; taken: %s, %s', (isTaken, event) => {
    const play = setting({ receive: (request) => request.breakOff(isTaken) });
    play.send('a');
    settle(play);
    expect(play.log.at(-1)).toBe('2 a lost');
    expect(events(play)).toEqual([event]);
    expect(play.world.history.losses).toBe(1);
  });

  it('makes no difference to what has been answered', () => {
    const play = setting({
      receive: (request) => {
        request.answer('done');
        request.breakOff(true);
      },
    });
    play.send('a');
    settle(play);
    expect(play.log.at(-1)).toBe('2 a done');
  });

  it('ends a long poll and the wait for a silent receiver', () => {
    const play = setting({ receive: (request) => request.park() });
    const request = play.send('a', 30_000);
    play.world.step();
    request.stall();
    request.breakOff(true);
    settle(play);
    expect([play.log.at(-1), play.world.now]).toEqual(['2 a lost', 2]);
  });
});

describe('what is held up or overtakes is in the trace', () => {
  it.each<[Plan, string]>([
    [{ onSend: 'delay' }, 'request-late'],
    [{ onEffect: 'delay' }, 'answer-late'],
    [{ onSend: 'overtake' }, 'request-overtakes'],
  ])('%o: %s', (plan, kind) => {
    const play = setting(plan);
    const request = play.send('a');
    settle(play);
    expect(request.nth).toBe(0);
    expect(play.world.recorder!.events[0]).toMatchObject({ kind, request: 'effect#0', label: 'effect' });
  });
});
