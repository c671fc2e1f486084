/** The names that programs find without importing anything. */
import { Buffer } from 'buffer';
import { SimPromise } from '../../simulation/sim-promise';
import { turn } from '../../simulation/turn';
import { asyncGeneratorPrototype } from '../../simulation/async-functions';
import { LANGUAGE_OBJECTS, SUPPLIED_NAMES, type SuppliedName } from '../compile/names';
import { AbortController, AbortSignal, DOMException, Event, EventTarget } from './abort';
import { absent, NoFunction, StrongRef } from './absent';
import { assertModule } from './assert';
import { consoleFunctions, createConsole } from './console';
import { SimDate } from './date';
import { eventsModule } from './events';
import { fetch } from './fetch';
import { Headers, Request, Response } from './fetch-messages';
import { hashObjects } from './hash';
import { createProcess, processFunctions } from './process';
import { currentProgram, type ProgramState } from './program-state';
import { cryptoModule, SimMath, webCrypto } from './random';
import { structuredClone } from './structured-clone';
import { atob, btoa, TextDecoder, TextEncoder } from './text-coding';
import * as timers from './timers';
import { searchParamsIterator, SimURL, SimURLSearchParams } from './url';
import { utilModule } from './util';

function queueMicrotask(callback: unknown): void {
  if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function');
  const { owner } = turn;
  owner?.jobs.push((work: () => void) => work(), callback, undefined, undefined);
}

const performance = {
  timeOrigin: 0,
  now: (): number => {
    const { incarnation, startedAt } = currentProgram();
    return incarnation.world.now - startedAt;
  },
};

/** Values that all incarnations share; they are frozen before a program is loaded. */
const SHARED: Readonly<Partial<Record<SuppliedName, unknown>>> = {
  Promise: SimPromise,
  Date: SimDate,
  Math: SimMath,
  Function: NoFunction,
  WeakRef: StrongRef,
  setTimeout: timers.setTimeout,
  setInterval: timers.setInterval,
  setImmediate: timers.setImmediate,
  clearTimeout: timers.clearTimeout,
  clearInterval: timers.clearInterval,
  clearImmediate: timers.clearImmediate,
  queueMicrotask,
  structuredClone,
  performance,
  crypto: webCrypto,
  fetch,
  Request,
  Response,
  Headers,
  AbortController,
  AbortSignal,
  DOMException,
  Event,
  EventTarget,
  URL: SimURL,
  URLSearchParams: SimURLSearchParams,
  TextEncoder,
  TextDecoder,
  Buffer,
  atob,
  btoa,
};

/** Everything of the environment that a program can reach and that lives longer than an incarnation. */
export const sharedObjects: readonly object[] = [
  ...(Object.values(SHARED) as object[]),
  ...consoleFunctions,
  ...processFunctions,
  asyncGeneratorPrototype,
  searchParamsIterator,
  absent,
  assertModule,
  cryptoModule,
  eventsModule,
  ...hashObjects,
  ...timers.timerObjects,
  timers.Timeout,
  timers.timersPromises,
  utilModule,
];

/** Objects of the language, as they are when the first program asks: after the lockdown. */
const languageObjects = new Map<string, unknown>();

/** Given to programs as parameters, because Node's contexts look up global names slowly. */
function languageObject(name: string): unknown {
  if (languageObjects.size === 0) {
    const realm = globalThis as unknown as Record<string, unknown>;
    for (const key of LANGUAGE_OBJECTS) languageObjects.set(key, realm[key]);
  }
  return languageObjects.get(name);
}

/** The supplied names of one incarnation, each made when it is asked for. */
export class Globals {
  private console: object | null = null;
  private ownProcess: object | null = null;
  private globalObject: object | null = null;

  constructor(private readonly state: ProgramState) {}

  /** The incarnation's `process`. */
  readonly process = (): object => (this.ownProcess ??= createProcess(this.state));

  get(name: string): unknown {
    switch (name) {
      case 'console':
        return (this.console ??= createConsole());
      case 'process':
        return this.process();
      case 'globalThis':
      case 'global':
        return this.object();
      default:
        return name in SHARED ? SHARED[name as SuppliedName] : languageObject(name);
    }
  }

  /** `globalThis`: an object of the incarnation's own. */
  object(): object {
    if (this.globalObject !== null) return this.globalObject;
    const globals: Record<string, unknown> = {};
    this.globalObject = globals;
    for (const name of [...SUPPLIED_NAMES, ...LANGUAGE_OBJECTS]) {
      Object.defineProperty(globals, name, {
        value: this.get(name),
        writable: true,
        enumerable: false,
        configurable: true,
      });
    }
    return globals;
  }
}
