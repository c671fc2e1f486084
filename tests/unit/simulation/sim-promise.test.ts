/** `SimPromise` against the JavaScript engine's own promises: the same program, the same log, tick for tick. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Incarnation } from '../../../src/simulation/process';
import { SimPromise } from '../../../src/simulation/sim-promise';
import { World } from '../../../src/simulation/world';

type Log = (text: string) => void;
/** A program over a promise class: it is given `Promise` and a log. */
type PromiseProgram = (P: PromiseConstructor, log: Log) => void;

async function natively(program: PromiseProgram): Promise<string[]> {
  const log: string[] = [];
  program(Promise, (text) => log.push(text));
  await new Promise((resolve) => setImmediate(resolve));
  return log;
}

function simulated(program: PromiseProgram): string[] {
  const log: string[] = [];
  const incarnation = new Incarnation(new World(), 'test', 1, () => ({ name: 'Error', message: 'unexpected' }));
  incarnation.run(() => program(SimPromise as unknown as PromiseConstructor, (text) => log.push(text)));
  return log;
}

/** An operation on promises made before; `a` and `b` choose which. */
interface Operation {
  readonly kind:
    | 'resolve'
    | 'reject'
    | 'resolve-promise'
    | 'executor'
    | 'executor-twice'
    | 'then'
    | 'then-throw'
    | 'then-promise'
    | 'then-nothing'
    | 'catch'
    | 'finally'
    | 'finally-throw'
    | 'all'
    | 'race'
    | 'any'
    | 'allSettled'
    | 'thenable'
    | 'throwing-thenable';
  readonly a: number;
  readonly b: number;
}

function perform(operations: readonly Operation[]): PromiseProgram {
  return (P, log) => {
    const made: Promise<unknown>[] = [P.resolve('first')];
    operations.forEach(({ kind, a, b }, index) => {
      const pick = (at: number): Promise<unknown> => made[at % made.length]!;
      made.push(make(kind, P, pick(a), pick(b), index, log));
    });
    made.forEach((promise, index) => {
      promise.then(
        (value) => log(`${index} = ${show(value)}`),
        (reason: unknown) => log(`${index} ! ${show(reason)}`),
      );
    });
  };
}

function show(value: unknown): string {
  if (value instanceof Error) return value.constructor.name;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function make(
  kind: Operation['kind'],
  P: PromiseConstructor,
  a: Promise<unknown>,
  b: Promise<unknown>,
  index: number,
  log: Log,
): Promise<unknown> {
  switch (kind) {
    case 'resolve':
      return P.resolve(index);
    case 'reject':
      return P.reject(index) as Promise<unknown>;
    case 'resolve-promise':
      return new P((resolve) => resolve(a));
    case 'executor':
      return new P(() => {
        throw new RangeError('executor');
      });
    case 'executor-twice':
      return new P((resolve, reject) => {
        resolve(a);
        reject(index);
        resolve(b);
        throw new Error('late');
      });
    case 'then':
      return a.then((value) => {
        log(`then ${index}`);
        return value;
      });
    case 'then-throw':
      return a.then(() => {
        throw new TypeError(`then ${index}`);
      });
    case 'then-promise':
      return a.then(
        () => b,
        () => b,
      );
    case 'then-nothing':
      return a.then(null, undefined);
    case 'catch':
      return a.catch((reason: unknown) => {
        log(`catch ${index}`);
        return reason;
      });
    case 'finally':
      return a.finally(() => {
        log(`finally ${index}`);
        return b;
      });
    case 'finally-throw':
      return a.finally(() => {
        throw new EvalError('finally');
      });
    case 'all':
      return P.all([a, b, index]);
    case 'race':
      return P.race([a, b]);
    case 'any':
      return P.any([a, b]);
    case 'allSettled':
      return P.allSettled([a, b]).then((all) => all.map(({ status }) => status));
    case 'thenable':
      return P.resolve({
        then: (yes: (value: unknown) => void) => {
          log(`thenable ${index}`);
          yes(a);
          yes(b);
        },
      });
    case 'throwing-thenable':
      return P.resolve({
        then: (yes: (value: unknown) => void) => {
          if (index % 2) yes(1);
          throw new URIError('thenable');
        },
      });
  }
}

const KINDS: readonly Operation['kind'][] = [
  'resolve',
  'reject',
  'resolve-promise',
  'executor',
  'executor-twice',
  'then',
  'then-throw',
  'then-promise',
  'then-nothing',
  'catch',
  'finally',
  'finally-throw',
  'all',
  'race',
  'any',
  'allSettled',
  'thenable',
  'throwing-thenable',
];
const operation = fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(20), b: fc.nat(20) });

describe('SimPromise', () => {
  it('runs random programs in the order of native promises', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 20 }), async (operations) => {
        const program = perform(operations);
        expect(simulated(program)).toEqual(await natively(program));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('settles a race, an all and an any once', async () => {
    const program: PromiseProgram = (P, log) => {
      const race = P.race([P.resolve('a'), P.resolve('b')]);
      const all = P.all([P.reject(1), P.reject(2)]);
      void race
        .then(() => P.resolve())
        .then(() => race)
        .then((value) => log(`race ${value}`));
      all.catch(() => P.resolve().then(() => all.catch((reason: unknown) => log(`all ${String(reason)}`))));
    };
    expect(simulated(program)).toEqual(['all 1', 'race a']);
    expect(simulated(program)).toEqual(await natively(program));
  });

  it('leaves rejections that nobody handles to the process', () => {
    const world = new World();
    const incarnation = new Incarnation(world, 'test', 1, (error) => ({ name: 'Error', message: String(error) }));
    incarnation.run(() => void SimPromise.reject('nobody listens'));
    expect(world.history.ends).toMatchObject([{ how: 'exit', code: 1, error: { message: 'nobody listens' } }]);
  });
});
