/** Who starts the program, and when it is started again: after a crash and after an error, not after a clean end. */
import { describe, expect, it } from 'vitest';
import type { Program, WorldPorts } from '../../../src/grader/program';
import { MAX_ERROR_EXITS, RESTART_DELAY_MS, Supervisor } from '../../../src/grader/supervisor';
import type { Incarnation } from '../../../src/simulation/process';
import { SimPromise } from '../../../src/simulation/sim-promise';
import type { World } from '../../../src/simulation/world';
import { newWorld } from '../../fixtures/kernel';

interface Setting {
  readonly world: World;
  readonly supervisor: Supervisor;
  /** Virtual time and number of each life that has begun. */
  readonly lives: string[];
}

/** A started program that does `main` in each life, and lives on. */
function started(main: (incarnation: Incarnation) => void = () => undefined): Setting {
  const world = newWorld();
  const lives: string[] = [];
  const program: Program = {
    start: (incarnation) => {
      incarnation.handles = 1;
      lives.push(`${world.now} life ${incarnation.number}`);
      main(incarnation);
      return SimPromise.resolve();
    },
    describeError: (error) => ({ name: 'Error', message: String(error) }),
  };
  const ports = { kafka: null, services: new Map(), env: {}, input: null } as unknown as WorldPorts;
  const supervisor = new Supervisor(world, 'consumer', program, ports);
  supervisor.start();
  return { world, supervisor, lives };
}

function goOn({ world }: Setting): void {
  while (world.step());
}

describe('a program is started again', () => {
  it('after a crash, as its next life', () => {
    const setting = started();
    setting.supervisor.current!.crash();
    goOn(setting);
    expect(setting.lives).toEqual(['0 life 1', `${RESTART_DELAY_MS} life 2`]);
    expect(setting.supervisor.errorExits).toBe(0);
  });

  it('after an exit with an error, until it has made too many (L2)', () => {
    const setting = started((incarnation) => incarnation.exit(1, null));
    goOn(setting);
    expect(setting.lives).toHaveLength(MAX_ERROR_EXITS);
    expect([setting.supervisor.errorExits, setting.supervisor.hasGivenUp]).toEqual([MAX_ERROR_EXITS, true]);
  });

  it('however often it is crashed from outside', () => {
    const setting = started();
    for (let crashes = 0; crashes < MAX_ERROR_EXITS; crashes += 1) {
      setting.supervisor.current!.crash();
      goOn(setting);
    }
    expect(setting.supervisor.hasGivenUp).toBe(false);
    expect(setting.lives).toHaveLength(MAX_ERROR_EXITS + 1);
  });

  it('not after an exit with code 0, which is its own will', () => {
    const setting = started((incarnation) => incarnation.exit(0, null));
    goOn(setting);
    expect(setting.lives).toEqual(['0 life 1']);
    expect(setting.supervisor.errorExits).toBe(0);
  });

  it('not after a stop, but by the start that follows it', () => {
    const setting = started();
    setting.supervisor.stop();
    goOn(setting);
    expect(setting.supervisor.current!.isGone).toBe(true);
    expect(setting.lives).toEqual(['0 life 1']);
    setting.supervisor.start();
    setting.supervisor.current!.crash();
    goOn(setting);
    expect(setting.lives).toEqual(['0 life 1', '0 life 2', `${RESTART_DELAY_MS} life 3`]);
  });

  it('not once a turn of it did not end', () => {
    const setting = started();
    setting.world.stuck = { diagnosis: 'endless-loop', line: 1, incarnation: 1 };
    setting.supervisor.current!.crash();
    goOn(setting);
    expect(setting.lives).toEqual(['0 life 1']);
  });
});

describe('a program that freezes is taken for dead (GRP-9)', () => {
  /** Its first life has frozen, and its second one lives beside it. */
  function frozen(): Setting & { readonly zombie: Incarnation } {
    const setting = started();
    const zombie = setting.supervisor.current!;
    zombie.freeze({ name: 'commit#1', line: 0 });
    setting.world.step();
    return { ...setting, zombie };
  }

  it('a second instance is started beside it', () => {
    const { lives, zombie, supervisor } = frozen();
    expect(lives).toEqual(['0 life 1', `${RESTART_DELAY_MS} life 2`]);
    expect([zombie.isAlive, supervisor.current!.number]).toEqual([true, 2]);
  });

  it('and no third one, whatever becomes of the zombie', () => {
    const setting = frozen();
    setting.zombie.freeze({ name: 'commit#2', line: 0 });
    goOn(setting);
    setting.zombie.crash();
    goOn(setting);
    expect(setting.lives).toHaveLength(2);
  });

  it('is not replaced where the program has been started anew meanwhile', () => {
    const setting = started();
    setting.supervisor.current!.freeze({ name: 'commit#1', line: 0 });
    setting.supervisor.start();
    goOn(setting);
    expect(setting.lives).toEqual(['0 life 1', '0 life 2']);
  });

  it('is replaced once where it dies before its successor starts', () => {
    const setting = started();
    setting.supervisor.current!.freeze({ name: 'commit#1', line: 0 });
    setting.supervisor.current!.crash();
    goOn(setting);
    expect(setting.lives).toEqual(['0 life 1', `${RESTART_DELAY_MS} life 2`]);
  });

  it('lives on for whoever asks, with or without one that is about to crash', () => {
    const { supervisor, zombie } = frozen();
    const successor = supervisor.current!;
    expect([supervisor.hasAlive(null), supervisor.hasAlive(successor), supervisor.hasAlive(zombie)]).toEqual([
      true,
      true,
      true,
    ]);
    zombie.crash();
    expect([supervisor.hasAlive(null), supervisor.hasAlive(successor)]).toEqual([true, false]);
  });

  it('is stopped together with its successor', () => {
    const { supervisor, zombie } = frozen();
    zombie.resume();
    supervisor.stop();
    expect(supervisor.hasAlive(null)).toBe(false);
  });
});

describe('a takeover is due (GRP-7)', () => {
  function zombieGone(): Setting {
    const setting = started();
    const zombie = setting.supervisor.current!;
    zombie.freeze({ name: 'commit#1', line: 0 });
    setting.world.step();
    expect(setting.supervisor.isTakeoverDue).toBe(false);
    zombie.crash();
    return setting;
  }

  it('from the end of the other instance on, for as long as its group may wait for it', () => {
    const { world, supervisor } = zombieGone();
    expect(supervisor.isTakeoverDue).toBe(true);
    world.now = RESTART_DELAY_MS + world.freezeMs - 1;
    expect(supervisor.isTakeoverDue).toBe(true);
    world.now += 1;
    expect(supervisor.isTakeoverDue).toBe(false);
  });

  it('only while there is somebody to take over', () => {
    const { supervisor } = zombieGone();
    supervisor.current!.exit(0, null);
    expect(supervisor.isTakeoverDue).toBe(false);
  });

  it('no more once the program has been started anew', () => {
    const { supervisor } = zombieGone();
    supervisor.start();
    expect(supervisor.isTakeoverDue).toBe(false);
  });

  it('never for a program that has had one instance at a time', () => {
    const setting = started();
    setting.supervisor.current!.crash();
    goOn(setting);
    expect(setting.supervisor.isTakeoverDue).toBe(false);
  });
});

it('when an execution is over, each life lets go of its world', () => {
  const setting = started();
  const lives = [setting.supervisor.current!];
  lives[0]!.crash();
  goOn(setting);
  lives.push(setting.supervisor.current!);
  let isReleased = false;
  Object.assign(lives[1]!, { environment: {}, kafkaClient: { release: () => (isReleased = true) } });
  setting.supervisor.release();
  expect([isReleased, lives[1]!.environment, lives[1]!.kafkaClient]).toEqual([true, null, null]);
  expect(lives.map(({ world }) => world)).toEqual([null, null]);
});
