/** Requests to brokers that are dead or stand still (REP-9, MOD-4). */
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../../../src/kafka/errors';
import { BrokerLab } from './broker-lab';

const lab3 = (): BrokerLab => {
  const lab = new BrokerLab({ brokers: 3 });
  lab.rest();
  return lab;
};

describe('a dead broker', () => {
  it('breaks the connection of whoever asks', () => {
    const lab = lab3();
    lab.cluster.kill(1);
    const sent = lab.produce(1, 'all', ['a']);
    lab.rest();
    expect(sent).toMatchObject({ isLost: true, answer: null });
  });

  it('MOD-3 (a): breaks the connections of those who wait, after the append and before the answer', () => {
    const lab = lab3();
    lab.cluster.pause(3);
    lab.pass(600);
    const [sent, read] = [lab.produce(1, 'all', ['a']), lab.fetch(1, 0)];
    lab.pass(10);
    lab.cluster.kill(1);
    lab.rest();
    expect([sent.isLost, read.isLost]).toEqual([true, true]);
    expect(lab.log(2)).toEqual(['a']);
  });

  it('is asked for nothing at the bootstrap address while another one runs', () => {
    const lab = lab3();
    lab.cluster.kill(1);
    lab.pass(9500);
    const box = lab.ask(2, { api: 'Metadata', topics: null });
    lab.rest();
    expect(box.answer?.brokers).toEqual([{ nodeId: 2 }, { nodeId: 3 }]);
  });
});

describe('a paused broker', () => {
  it('keeps a request until it runs again', () => {
    const lab = lab3();
    lab.cluster.pause(1);
    const sent = lab.produce(1, 'all', ['a']);
    lab.pass(3000);
    expect(sent.isSettled).toBe(false);
    lab.cluster.resume(1);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
  });

  it('lets its sender give up after the sender’s own time-out, and carries the request out all the same', () => {
    const lab = lab3();
    lab.cluster.pause(1);
    const sent = lab.produce(1, '1', ['a'], { requestTimeoutMs: 2000 });
    lab.rest();
    expect(sent).toMatchObject({ isLost: true, answeredAt: expect.any(Number) });
    lab.cluster.resume(1);
    lab.rest();
    expect(lab.log(1)).toEqual(['a']);
    expect(sent.answer).toBeNull();
  });

  it('a time-out that is over when the broker runs again is not felt', () => {
    const lab = lab3();
    lab.cluster.pause(1);
    const sent = lab.produce(1, '1', ['a'], { requestTimeoutMs: 2000 });
    lab.pass(1000);
    lab.cluster.resume(1);
    lab.rest();
    expect(sent.errorCode).toBe(ERRORS.NONE);
    lab.pass(5000);
    expect(sent.isLost).toBe(false);
  });

  it('also those who waited before it stood still give up', () => {
    const lab = lab3();
    lab.cluster.pause(3);
    lab.pass(600);
    const sent = lab.produce(1, 'all', ['a'], { requestTimeoutMs: 2000, timeoutMs: 60_000 });
    lab.pass(100);
    lab.cluster.pause(1);
    lab.pass(2500);
    expect(sent.isLost).toBe(true);
  });

  it('loses what lay in its sockets when it is killed', () => {
    const lab = lab3();
    lab.cluster.pause(1);
    const sent = lab.produce(1, '1', ['a']);
    lab.pass(10);
    lab.cluster.kill(1);
    lab.rest();
    expect(sent.isLost).toBe(true);
    expect(lab.log(1)).toEqual([]);
  });

  it('a follower’s poll stays open for replica.fetch.wait.max.ms: an answer waits in its socket, and is lost by a kill', () => {
    const lab = lab3();
    lab.cluster.pause(2);
    lab.pass(400);
    lab.produce(1, '1', ['soon']);
    lab.pass(200);
    lab.produce(1, '1', ['late']);
    lab.pass(10);
    expect(lab.log(2)).toEqual([]);
    lab.cluster.resume(2);
    expect(lab.log(2)).toEqual(['soon']);
    lab.rest();
    expect(lab.log(2)).toEqual(['soon', 'late']);
  });

  it('REP-9: hears of a new leader only after what lay in its sockets', () => {
    const lab = lab3();
    lab.cluster.pause(1);
    lab.pass(9500);
    const zombie = lab.produce(1, '1', ['z']);
    lab.pass(5);
    lab.cluster.resume(1);
    const after = lab.produce(1, '1', ['y']);
    lab.rest();
    expect(zombie.errorCode).toBe(ERRORS.NONE);
    expect(after.errorCode).toBe(ERRORS.NOT_LEADER_OR_FOLLOWER);
    expect(lab.log(1)).toEqual([]);
  });
});
