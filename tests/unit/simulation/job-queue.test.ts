/** The microtask queue of a process: Node's order, an end to endless chains, and nothing after the process is gone. */
import { describe, expect, it } from 'vitest';
import { JobQueue, MAX_JOBS_PER_TURN } from '../../../src/simulation/job-queue';

function queueWithLog(): { readonly queue: JobQueue; readonly log: string[]; push(...names: string[]): void } {
  const queue = new JobQueue();
  const log: string[] = [];
  const push = (...names: string[]): void =>
    names.forEach((name) => queue.push((first: string) => log.push(first), name, null, null));
  return { queue, log, push };
}

describe('the jobs of a process', () => {
  it('run in the order of queueing, each with its three values', () => {
    const queue = new JobQueue();
    const log: unknown[] = [];
    const job = (first: number, second: number, third: number): void => void log.push([first, second, third]);
    queue.push(job, 1, 2, 3);
    queue.push(job, 4, 5, 6);
    expect(queue.drain()).toBe(true);
    expect(log).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('run each once, whenever they are queued', () => {
    const { queue, log, push } = queueWithLog();
    push('first');
    queue.push(() => push('queued by a job'), null, null, null);
    queue.drain();
    push('later');
    queue.drain();
    queue.drain();
    expect(log).toEqual(['first', 'queued by a job', 'later']);
  });

  it('run behind the callbacks of process.nextTick', () => {
    const { queue, log, push } = queueWithLog();
    queue.push(() => queue.pushTick(() => log.push('tick of a job')), null, null, null);
    push('job');
    queue.pushTick(() => log.push('tick'));
    queue.drain();
    expect(log).toEqual(['tick', 'job', 'tick of a job']);
  });

  it('are work as long as they wait', () => {
    const { queue, push } = queueWithLog();
    expect(queue.hasWork).toBe(false);
    push('job');
    expect(queue.hasWork).toBe(true);
    queue.drain();
    expect(queue.hasWork).toBe(false);
    queue.pushTick(() => undefined);
    expect(queue.hasWork).toBe(true);
  });
});

describe('an endless chain of jobs', () => {
  it.each<[string, (queue: JobQueue, work: () => void) => void]>([
    ['promise jobs', (queue, work) => queue.push(work, null, null, null)],
    ['callbacks of process.nextTick', (queue, work) => queue.pushTick(work)],
  ])('is given up: %s', (_, add) => {
    const queue = new JobQueue();
    let rounds = 0;
    const chain = (): void => {
      rounds += 1;
      add(queue, chain);
    };
    add(queue, chain);
    expect(queue.drain()).toBe(false);
    expect(rounds).toBe(MAX_JOBS_PER_TURN + 1);
    expect(queue.hasWork).toBe(true);
  });

  it('is none that ends in time', () => {
    const queue = new JobQueue();
    const work = (): void => undefined;
    queue.pushTick(work);
    for (let jobs = 1; jobs < MAX_JOBS_PER_TURN; jobs += 1) queue.push(work, null, null, null);
    expect(queue.drain()).toBe(true);
  });
});

describe('a process that is gone', () => {
  it('takes its jobs with it, and gets no new ones', () => {
    const { queue, log, push } = queueWithLog();
    push('before');
    queue.pushTick(() => log.push('tick before'));
    queue.close();
    push('after');
    queue.pushTick(() => log.push('tick after'));
    expect(queue.hasWork).toBe(false);
    expect(queue.drain()).toBe(true);
    expect(log).toEqual([]);
  });

  it('runs no job behind the one that has ended it', () => {
    const { queue, log, push } = queueWithLog();
    queue.push(() => queue.close(), null, null, null);
    push('behind');
    queue.drain();
    expect(log).toEqual([]);
  });
});
