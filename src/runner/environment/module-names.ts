/** Which modules a program can import, and what is said of those that it cannot. */
import type { InputModuleName } from '../../grader/lab';

/** Of Node's own, without `node:`. */
export const BUILT_IN = [
  'assert',
  'buffer',
  'crypto',
  'events',
  'process',
  'timers',
  'timers/promises',
  'url',
  'util',
] as const;

export type BuiltInModule = (typeof BUILT_IN)[number];

export const CLIENT_MODULE = '@confluentinc/kafka-javascript';
export const PG_MODULE = 'pg';

const known: ReadonlySet<string> = new Set(BUILT_IN);

/** The module that a specifier names, or null when there is none. */
export function moduleNamed(specifier: string): BuiltInModule | typeof CLIENT_MODULE | typeof PG_MODULE | null {
  if (specifier === CLIENT_MODULE || specifier === PG_MODULE) return specifier;
  const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
  return known.has(name) ? (name as BuiltInModule) : null;
}

/** Whether a specifier names the module that lies beside the program: `./orders`, with any ending or none. */
export function isInputModule(specifier: string, input: InputModuleName | null): boolean {
  return input !== null && new RegExp(`^\\./${input}(\\.[cm]?[jt]s)?$`).test(specifier);
}

/** Node's sentence, and what there is instead. */
export function missingExportMessage(specifier: string, name: string, available: readonly string[]): string {
  const names = [...available].sort().join(', ');
  return `The module '${specifier}' does not provide an export named '${name}'. Available here: ${names}.`;
}

/**
 * Node's sentence, and what there is instead.
 * @param input the module beside the program, if there is one
 */
export function missingModuleMessage(specifier: string, input: InputModuleName | null = null): string {
  const beside = input === null ? '' : `./${input}, `;
  const available = `Available here: ${beside}${CLIENT_MODULE}, ${PG_MODULE} and, of Node's own modules, ${BUILT_IN.join(', ')}.`;
  if (specifier === 'kafkajs') {
    return `Cannot find module 'kafkajs': this client is not available here yet; ${CLIENT_MODULE} has the same interface. ${available}`;
  }
  return `Cannot find module '${specifier}'. ${available}`;
}
