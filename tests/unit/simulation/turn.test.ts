/** What a turn knows of the learner's file, and when it counts as endless. */
import { afterEach, describe, expect, it } from 'vitest';
import { JobQueue } from '../../../src/simulation/job-queue';
import { MAX_TICKS_PER_EXECUTION, MAX_TICKS_PER_TURN, turn, TurnExhausted } from '../../../src/simulation/turn';

const owner = { jobs: new JobQueue(), rejected: [] };

function begin(): void {
  turn.begin(owner);
}

function tick(count: number, line = 1): void {
  for (let i = 0; i < count; i += 1) turn.tick(line);
}

afterEach(() => {
  turn.end();
  turn.reset();
  turn.exhaustedAt = 0;
});

describe('the line of a turn', () => {
  it('is that of the latest call, and none before the first', () => {
    begin();
    expect(turn.at(7, 'argument')).toBe('argument');
    turn.at(9, null);
    expect(turn.line).toBe(9);
    begin();
    expect(turn.line).toBe(0);
  });

  it.each<[string, (line: number) => void]>([
    ['call', (line) => void turn.at(line, null)],
    ['function entry', (line) => turn.tick(line)],
  ])('at its entry is that of the first %s since somebody watches', (_, pass) => {
    begin();
    turn.entryLine = 0;
    pass(3);
    turn.at(5, null);
    turn.tick(6);
    expect(turn.entryLine).toBe(3);
  });
});

describe('a turn does not end', () => {
  it('after too many steps, at the line where that was first found', () => {
    begin();
    tick(MAX_TICKS_PER_TURN);
    expect(turn.exhaustedAt).toBe(0);
    expect(() => turn.tick(4)).toThrow(TurnExhausted);
    expect(() => turn.tick(2)).toThrow(TurnExhausted);
    expect(turn.exhaustedAt).toBe(4);
  });

  it('counted anew in each turn', () => {
    begin();
    tick(MAX_TICKS_PER_TURN);
    begin();
    expect(() => tick(MAX_TICKS_PER_TURN)).not.toThrow();
  });

  it('where all turns of an execution together make too many steps', () => {
    // What an earlier execution has done counts for nothing in the next one.
    for (let executions = 0; executions < 2; executions += 1) {
      turn.reset();
      for (let ticks = 0; ticks < MAX_TICKS_PER_EXECUTION; ticks += MAX_TICKS_PER_TURN) {
        begin();
        tick(MAX_TICKS_PER_TURN);
      }
    }
    begin();
    expect(() => turn.tick(1)).toThrow(TurnExhausted);
  });
});
