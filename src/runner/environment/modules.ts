/** `require` of compiled programs: what their `import` statements become. */
import { Buffer } from 'buffer';
import { SimPromise } from '../../simulation/sim-promise';
import { assertModule } from './assert';
import { PG_EXPORTS } from '../../database/client';
import { CONFLUENT_EXPORTS } from '../../kafka/client/confluent';
import { codedError } from './coded-error';
import { eventsModule } from './events';
import type { InputModule } from '../../grader/lab';
import {
  CLIENT_MODULE,
  isInputModule,
  missingModuleMessage,
  moduleNamed,
  PG_MODULE,
  type BuiltInModule,
} from './module-names';
import { cryptoModule } from './random';
import * as timers from './timers';
import { SimURL, SimURLSearchParams } from './url';
import { utilModule } from './util';

export type Require = (specifier: unknown) => unknown;

/**
 * @param createClient makes the namespace of the Kafka client, once an incarnation
 * @param process the `process` object of the incarnation, for `import process from 'node:process'`
 * @param input the module beside the program, if there is one
 * @param createPg makes the module `pg`, once an incarnation
 */
export function createRequire(
  createClient: () => object,
  process: () => object,
  input: InputModule | null = null,
  createPg: () => object = noDatabase,
): Require {
  let client: object | null = null;
  let pg: object | null = null;
  let inputExports: object | null = null;
  return (specifier) => {
    const text = String(specifier);
    const inputName = input?.module ?? null;
    if (input !== null && isInputModule(text, inputName)) {
      // A copy for each incarnation: what one does to it is gone with it.
      inputExports ??= { [input.module]: JSON.parse(JSON.stringify(input.values)) as unknown };
      return inputExports;
    }
    const name = moduleNamed(text);
    if (name === null) throw codedError(Error, 'MODULE_NOT_FOUND', missingModuleMessage(text, inputName));
    if (name === PG_MODULE) return (pg ??= createPg());
    if (name !== CLIENT_MODULE) return builtIn(name, process);
    client ??= createClient();
    return client;
  };
}

function noDatabase(): never {
  throw codedError(Error, 'MODULE_NOT_FOUND', missingModuleMessage(PG_MODULE));
}

const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, timersPromises } = timers;
const timersModule = {
  setTimeout,
  setInterval,
  setImmediate,
  clearTimeout,
  clearInterval,
  clearImmediate,
  promises: timersPromises,
};

function builtIn(name: BuiltInModule, process: () => object): unknown {
  switch (name) {
    case 'assert':
      return assertModule;
    case 'buffer':
      return { Buffer };
    case 'crypto':
      return cryptoModule;
    case 'events':
      return eventsModule;
    case 'process':
      return process();
    case 'timers':
      return { ...timersModule };
    case 'timers/promises':
      return timers.timersPromises;
    case 'url':
      return { URL: SimURL, URLSearchParams: SimURLSearchParams };
    case 'util':
      return utilModule;
  }
}

/** Names that a module exports here; null where that is not known before a program runs. */
export function exportsOf(specifier: string): readonly string[] | null {
  const name = moduleNamed(specifier);
  if (name === null || name === 'process') return null;
  if (name === CLIENT_MODULE) return CONFLUENT_EXPORTS;
  if (name === PG_MODULE) return PG_EXPORTS;
  return Object.keys(builtIn(name, noProcess) as object);
}

function noProcess(): never {
  throw new Error('no process runs yet');
}

/** `import('x')`: a promise of the module's namespace. */
export function createImport(require: Require): (specifier: unknown) => SimPromise<unknown> {
  return (specifier) =>
    SimPromise.resolve(specifier).then((name: unknown) => {
      const module = require(name);
      return { ...(module as object), default: module };
    });
}
