/** Which modules a program can import, and what is said of those that it cannot. */

const BUILT_IN = [
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

const known: ReadonlySet<string> = new Set(BUILT_IN);

/** The module that a specifier names, or null when there is none. */
export function moduleNamed(specifier: string): BuiltInModule | typeof CLIENT_MODULE | null {
  if (specifier === CLIENT_MODULE) return CLIENT_MODULE;
  const name = specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
  return known.has(name) ? (name as BuiltInModule) : null;
}

/** Node's sentence, and what there is instead. */
export function missingModuleMessage(specifier: string): string {
  const available = `Available here: ${CLIENT_MODULE} and, of Node's own modules, ${BUILT_IN.join(', ')}.`;
  if (specifier === 'kafkajs') {
    return `Cannot find module 'kafkajs': this client is not available here yet; ${CLIENT_MODULE} has the same interface. ${available}`;
  }
  return `Cannot find module '${specifier}'. ${available}`;
}
