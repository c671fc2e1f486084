/** The runner: what it does with commands, conditions and results, on a driver that plays back what it is told to. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/scenarios/language/commands';
import {
  settled,
  type RunningCommand,
  type ScenarioDriver,
  type ScenarioRun,
} from '../../../src/scenarios/language/driver';
import { parseScenario } from '../../../src/scenarios/language/parse-scenario';
import { count, differences, reasons, resultTable, runScenarios } from '../../../src/scenarios/language/results';
import { runScenario } from '../../../src/scenarios/language/run-scenario';
import { NotYetRunnable, ScenarioError } from '../../../src/scenarios/language/scenario-error';

type Play = (command: Command, nowMs: number) => readonly string[] | RunningCommand;

/** Answers every command with what `play` says; its clock moves when somebody waits. */
class PlayedDriver implements ScenarioDriver {
  readonly name = 'a play';
  readonly letters = ['K', 'C'] as const;
  readonly seen: string[] = [];
  isClosed = false;

  constructor(private readonly play: Play) {}

  whyNot(): string | null {
    return null;
  }

  async open(): Promise<ScenarioRun> {
    let nowMs = 0;
    return {
      start: async (command) => {
        this.seen.push(command.command);
        const lines = this.play(command, nowMs);
        return Array.isArray(lines) ? settled(lines) : (lines as RunningCommand);
      },
      now: () => nowMs,
      pass: async (ms) => {
        nowMs += ms;
      },
      close: async () => {
        this.isClosed = true;
      },
    };
  }
}

function scenario(...lines: string[]) {
  const header = ['row: DIF-00', 'title: t', 'rules: LOG-1', 'brokers: 1', 'by: K C J', ''];
  return parseScenario('group/file', [...header, ...lines].join('\n'));
}

const run = (lines: string[], play: Play, letter: 'K' | 'C' | 'J' = 'C') =>
  runScenario(scenario(...lines), letter, new PlayedDriver(play));

describe('a scenario passes', () => {
  it('when every block prints what it expects', async () => {
    const outcome = await run(['send p t/0 a', 'send p t/0 b', '----', 'ok', 'ok'], () => ['ok']);
    expect(outcome).toEqual({ status: 'passed', observed: [['ok', 'ok']] });
  });

  it("when a client's own result comes, or another one that is right as well", async () => {
    const lines = ['commit p', '----', 'ok', '---- C', 'error A', '---- or', 'error B'];
    expect((await run(lines, () => ['error B'])).status).toBe('passed');
    expect((await run(lines, () => ['ok'], 'K')).status).toBe('passed');
    expect((await run(lines, () => ['ok'])).status).toBe('failed');
  });

  it('without the commands of other clients', async () => {
    const driver = new PlayedDriver(() => []);
    await runScenario(scenario('only K: begin p', 'only C J: abort p'), 'C', driver);
    expect(driver.seen).toEqual(['abort']);
  });

  it('when a condition comes true in time', async () => {
    const outcome = await run(['wait-until within=1s leader t/0 = 2'], (_, now) => [now < 500 ? '1' : '2']);
    expect(outcome.status).toBe('passed');
  });
});

describe('a scenario fails', () => {
  it('naming place, client, expected and observed', async () => {
    const outcome = await run(['commit p', '----', 'ok'], () => ['error X']);
    expect(outcome).toMatchObject({
      status: 'failed',
      difference: 'group/file.txt:7 with C: commit p\n  expected ok\n  observed error X',
    });
  });

  it('when a command of the set-up has an error', async () => {
    expect((await run(['begin p'], () => ['error X'])).status).toBe('failed');
  });

  it('when a condition does not come true, naming the last value', async () => {
    const outcome = await run(['wait-until within=1s leader t/0 = 2'], (_, now) => [`at ${now}`]);
    expect(outcome).toMatchObject({
      status: 'failed',
      difference: expect.stringContaining('the last value was "at 10'),
    });
  });

  it('when the driver breaks down, with what had been seen until then', async () => {
    const outcome = await run(['commit p', '----', 'ok', '', 'begin p'], ({ command }) => {
      if (command === 'begin') throw new ScenarioError('no such producer');
      return ['ok'];
    });
    expect(outcome).toEqual({
      status: 'failed',
      observed: [['ok'], null],
      difference: 'group/file.txt:11: begin p: no such producer',
    });
  });

  it('and everything is put away all the same', async () => {
    const driver = new PlayedDriver(() => {
      throw new Error('broken');
    });
    await runScenario(scenario('begin p'), 'C', driver);
    expect(driver.isClosed).toBe(true);
  });
});

describe('a command that is begun without waiting', () => {
  const lines = [
    'async s: send p t/0 a',
    'is-pending s',
    'await s',
    'is-pending s',
    '----',
    'pending',
    'ok',
    'settled',
  ];

  it('is asked for later', async () => {
    let isSettled = false;
    const running: RunningCommand = {
      isSettled: () => isSettled,
      result: async () => {
        isSettled = true;
        return ['ok'];
      },
    };
    expect((await run(lines, () => running)).status).toBe('passed');
  });

  it('has to have been begun', async () => {
    const outcome = await run(['await s'], () => []);
    expect(outcome).toMatchObject({ difference: expect.stringContaining('nothing was begun as "async s: …"') });
  });
});

describe('an effect outside Kafka', () => {
  const taken = (printed: string[]): Play => {
    let index = 0;
    return () => [printed[index++]!];
  };

  it('happens once for each time it is done (EOS-3)', async () => {
    const lines = ['take c', 'effect c sink', 'take c', 'effect c sink', 'effects sink', '----'];
    const outcome = await run([...lines, 't/0 0:a', 't/0 0:a', 'a a'], taken(['t/0 0:a', 't/0 0:a']));
    expect(outcome.status).toBe('passed');
  });

  it('is left out when its coordinates, or its value, have been seen (EOS-5)', async () => {
    const effects = ['effect c x once-by=offset', 'effect c y once-by=value'];
    const lines = ['take c', ...effects, 'take c', ...effects, 'effects x', 'effects y', '----'];
    const outcome = await run(
      [...lines, 't/0 0:a', 't/0 1:a', 'suppressed a', 'a a', 'a'],
      taken(['t/0 0:a', 't/0 1:a']),
    );
    expect(outcome.status).toBe('passed');
  });
});

describe('the table', () => {
  it('shows what was not run, and why', async () => {
    const driver = new PlayedDriver(({ command }) => {
      if (command === 'abort') throw new NotYetRunnable('no aborts yet');
      return ['ok'];
    });
    const results = await runScenarios([scenario('only C: abort p', 'commit p', '----', 'error X')], driver);
    expect(resultTable(results)).toBe('row     scenario    K     C     J     R\nDIF-00  group/file  FAIL  –     –');
    expect(reasons(results)).toContain('no aborts yet');
    expect(reasons(results)).toContain('a play cannot play client J\n  group/file (J)');
    expect(differences(results)).toHaveLength(1);
    expect(count(results)).toBe('0 passed, 1 failed, 2 not run');
  });
});
