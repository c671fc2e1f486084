/** A toy world: what the promises and the event queue alone can do, without a model of anything. Prints its rate. */
import { runAsync } from '../../src/simulation/async-functions';
import { Request, type Endpoint } from '../../src/simulation/network';
import { Incarnation } from '../../src/simulation/process';
import { fulfil, SimPromise } from '../../src/simulation/sim-promise';
import { World } from '../../src/simulation/world';
import { median } from './median';

const OPERATIONS = 44;

class Echo implements Endpoint<number, number> {
  receive(request: Request<number, number>): void {
    request.applied();
    request.answer(request.message);
  }
}

function ask(incarnation: Incarnation, endpoint: Echo, message: number): SimPromise<number> {
  const promise = SimPromise.pending<number>();
  new Request<number, number>('effect', true, incarnation, message, endpoint, {
    onAnswer: (answer) => fulfil(promise, answer),
    onLost: () => undefined,
  }).send();
  return promise;
}

function runOnce(): void {
  const world = new World();
  const echo = new Echo();
  const incarnation = new Incarnation(world, 'toy', 1, () => ({ name: 'Error', message: '' }));
  incarnation.start(() =>
    runAsync(undefined, [], function* () {
      for (let i = 0; i < OPERATIONS; i += 1) yield ask(incarnation, echo, i);
      return undefined;
    }),
  );
  while (!world.isAtRest) world.step();
}

const rounds = [0, 1, 2, 3, 4, 5].map(() => {
  const begin = performance.now();
  for (let i = 0; i < 4000; i += 1) runOnce();
  return 4_000_000 / (performance.now() - begin);
});

// Executions a second: the median of five rounds after one for warming up.
console.log(median(rounds.slice(1)));
