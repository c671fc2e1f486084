/** The module `node:util`: `promisify`, `inspect`, `format`. */
import { fulfil, rejectWith, SimPromise } from '../../simulation/sim-promise';
import { format, inspect } from './inspect';
import { setTimeout, timersPromises } from './timers';

type NodeStyle = (...args: unknown[]) => unknown;

function promisify(original: unknown): (...args: unknown[]) => SimPromise<unknown> {
  if (typeof original !== 'function') throw new TypeError('The "original" argument must be of type function');
  if (original === setTimeout) return timersPromises.setTimeout as (...args: unknown[]) => SimPromise<unknown>;
  return function (this: unknown, ...args: unknown[]) {
    const promise = SimPromise.pending<unknown>();
    const settle = (error: unknown, value: unknown): void => {
      if (error === null || error === undefined) fulfil(promise, value);
      else rejectWith(promise, error);
    };
    Reflect.apply(original as NodeStyle, this, [...args, settle]);
    return promise;
  };
}

export const utilModule = {
  promisify,
  inspect: (value: unknown): string => inspect(value),
  format: (...args: unknown[]): string => format(args),
};
