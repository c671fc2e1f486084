/** Requests that are held up, and requests that overtake: what TCP keeps in order stays in order. */
import { describe, expect, it } from 'vitest';
import { Request, type Choice, type Chooser, type Endpoint, type RequestKind } from '../../../src/simulation/network';
import type { Incarnation } from '../../../src/simulation/process';
import { isSameConnection } from '../../../src/simulation/late';
import { newIncarnation, newWorld } from '../../fixtures/kernel';

class Receiver implements Endpoint<string, string> {
  readonly received: string[] = [];

  receive(request: Request<string, string>): void {
    this.received.push(`${request.sender.world.now} ${request.message}`);
    request.applied();
    request.answer('done');
  }
}

function chooser(onSend: Record<string, Choice>, onEffect: Record<string, Choice> = {}): Chooser {
  return {
    onSend: ({ message }) => onSend[message as string] ?? 'default',
    onEffect: ({ message }) => onEffect[message as string] ?? 'default',
    onLoss: () => undefined,
    holds: () => false,
  };
}

interface Sent {
  readonly message: string;
  readonly kind?: RequestKind;
  readonly timeoutMs?: number;
}

/** Sends requests at once and lets the world go on to its end. */
function play(choices: Chooser, sent: readonly Sent[]): { received: string[]; told: string[] } {
  const world = newWorld(choices);
  const incarnation = newIncarnation(world);
  const receiver = new Receiver();
  const told: string[] = [];
  for (const one of sent) post(incarnation, receiver, one, told);
  while (world.step());
  expect(world.outstanding).toBe(0);
  return { received: receiver.received, told };
}

function post(incarnation: Incarnation, receiver: Receiver, sent: Sent, told: string[]): void {
  const { world } = incarnation;
  const request = new Request<string, string>(sent.kind ?? 'produce', true, incarnation, sent.message, receiver, {
    onAnswer: () => void told.push(`${world.now} ${sent.message} answered`),
    onLost: () => void told.push(`${world.now} ${sent.message} lost`),
  });
  request.timeoutMs = sent.timeoutMs ?? 0;
  request.send();
}

const RECEIVER = new Receiver();
const NOTHING = { onAnswer: (): void => undefined, onLost: (): void => undefined };

describe('two requests are on one connection', () => {
  const world = newWorld();
  const sender = newIncarnation(world);
  const sent = (kind: RequestKind, more: Partial<Pick<Request, 'connection' | 'sender' | 'endpoint'>> = {}): Request =>
    Object.assign(new Request(kind, true, sender, null, RECEIVER as never, NOTHING), more);
  const one = {};

  it.each<[string, boolean, Request, Request]>([
    ['records and records', true, sent('produce'), sent('produce')],
    ['a commit and a heartbeat', true, sent('commit'), sent('heartbeat')],
    ['records and a commit', false, sent('produce'), sent('commit')],
    ['two calls of a service', false, sent('effect'), sent('effect')],
    ['two that name the same one', true, sent('produce', { connection: one }), sent('commit', { connection: one })],
    ['two that name different ones', false, sent('produce', { connection: one }), sent('produce', { connection: {} })],
    ['of which only one names its own', false, sent('produce', { connection: one }), sent('produce')],
    ['of which only the other names its own', false, sent('produce'), sent('produce', { connection: one })],
    ['to different receivers', false, sent('produce'), sent('produce', { endpoint: new Receiver() as never })],
    ['of different senders', false, sent('produce'), sent('produce', { sender: newIncarnation(world, 2) })],
  ])('%s: %s', (_, isSame, a, b) => {
    expect(isSameConnection(a, b)).toBe(isSame);
  });
});

describe('a request that is held up', () => {
  it('is given up by its sender and arrives all the same', () => {
    const { received, told } = play(chooser({ a: 'delay' }), [{ message: 'a', timeoutMs: 30_000 }]);
    expect(received).toEqual(['35000 a']);
    expect(told).toEqual(['30000 a lost']);
  });

  it('is answered late where the sender waits for as long as it takes', () => {
    const { received, told } = play(chooser({ a: 'delay' }), [{ message: 'a', kind: 'effect' }]);
    expect(received).toEqual(['45000 a']);
    expect(told).toEqual(['45001 a answered']);
  });

  it('holds up what is behind it on its connection, and nothing else', () => {
    const sent: Sent[] = [
      { message: 'a', timeoutMs: 30_000 },
      { message: 'b', timeoutMs: 30_000 },
      { message: 'c', kind: 'commit', timeoutMs: 30_000 },
    ];
    const { received, told } = play(chooser({ a: 'delay' }), sent);
    expect(received).toEqual(['1 c', '35000 a', '35000 b']);
    // The connection is given up with everything on it.
    expect(told).toEqual(['2 c answered', '30000 a lost', '30000 b lost']);
  });

  it('takes with it, when it is given up, what was sent later on its connection', () => {
    const world = newWorld(chooser({ a: 'delay' }));
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    const receiver = new Receiver();
    const told: string[] = [];
    post(incarnation, receiver, { message: 'a', timeoutMs: 30_000 }, told);
    world.now = 100;
    post(incarnation, receiver, { message: 'b', timeoutMs: 30_000 }, told);
    while (world.step());
    expect(told).toEqual(['30000 a lost', '30000 b lost']);
    expect(receiver.received).toEqual(['35000 a', '35000 b']);
    expect(world.recorder!.events.map(({ kind }) => kind)).toEqual(['request-late', 'answer-lost', 'answer-lost']);
  });

  it('takes nothing with it that was sent before it, nor on another connection', () => {
    const behind = play(chooser({ a: 'delay' }), [
      { message: 'a', timeoutMs: 60_000 },
      { message: 'b', timeoutMs: 30_000 },
    ]);
    expect(behind.told).toEqual(['30000 b lost', '60000 a lost']);
    const beside = play(chooser({ a: 'delay', b: 'delay' }), [
      { message: 'a', timeoutMs: 30_000 },
      { message: 'b', kind: 'commit', timeoutMs: 60_000 },
    ]);
    expect(beside.told).toEqual(['30000 a lost', '60000 b lost']);
  });

  it('holds up nothing that is sent once its connection has been given up', () => {
    const world = newWorld(chooser({ a: 'delay' }));
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    const receiver = new Receiver();
    post(incarnation, receiver, { message: 'a', timeoutMs: 30_000 }, []);
    world.step();
    expect(world.now).toBe(30_000);
    post(incarnation, receiver, { message: 'b', timeoutMs: 30_000 }, []);
    while (world.step());
    expect(receiver.received).toEqual(['30001 b', '35000 a']);
  });

  it('is no longer waited for once it has arrived in time', () => {
    const world = newWorld(chooser({ a: 'delay' }));
    const incarnation = newIncarnation(world);
    incarnation.handles = 1;
    const told: string[] = [];
    for (const sent of [{ message: 'a' }, { message: 'b', timeoutMs: 60_000 }]) post(incarnation, RECEIVER, sent, told);
    while (world.step());
    expect([told, world.now]).toEqual([['45001 a answered', '45001 b answered'], 45_001]);
  });

  it('holds up no call of a service but itself', () => {
    const sent: Sent[] = ['a', 'b'].map((message) => ({ message, kind: 'effect' }));
    expect(play(chooser({ a: 'delay' }), sent).received).toEqual(['1 b', '45000 a']);
  });

  it('arrives also when its sender has died', () => {
    const world = newWorld(chooser({ a: 'delay', b: 'crash' }));
    const incarnation = newIncarnation(world);
    const receiver = new Receiver();
    const told: string[] = [];
    for (const message of ['a', 'b']) post(incarnation, receiver, { message, kind: 'effect' }, told);
    while (world.step());
    expect([receiver.received, told]).toEqual([['45000 a'], []]);
  });
});

describe('an answer that is held up', () => {
  it('comes too late for a sender that does not wait for ever', () => {
    const { received, told } = play(chooser({}, { a: 'delay' }), [{ message: 'a', timeoutMs: 30_000 }]);
    expect([received, told]).toEqual([['1 a'], ['30000 a lost']]);
  });

  it('comes late for one that does', () => {
    const { told } = play(chooser({}, { a: 'delay' }), [{ message: 'a', kind: 'effect' }]);
    expect(told).toEqual(['45001 a answered']);
  });
});

describe('a request that overtakes', () => {
  it('arrives before those that are under way', () => {
    const sent: Sent[] = ['a', 'b', 'c'].map((message) => ({ message, kind: 'effect' }));
    expect(play(chooser({ c: 'overtake' }), sent).received).toEqual(['0 c', '1 a', '1 b']);
  });
});
