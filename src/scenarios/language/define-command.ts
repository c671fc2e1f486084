/**
 * A command is data: words in order, `key=value` options, bare flags. Its parser, its type and its line in the README come
 * from one definition.
 *
 *     export const endOffset = defineCommand({
 *       name: 'end-offset',
 *       words: { of: partition, isolation: choice('ru', 'rc') },
 *       about: '…',
 *     });
 */
import { ScenarioError } from './scenario-error';
import type { Kind } from './words';

export type Kinds = Readonly<Record<string, Kind<unknown>>>;

export interface CommandDefinition<
  Name extends string = string,
  Words extends Kinds = Kinds,
  Rest extends Kinds = Kinds,
  Options extends Kinds = Kinds,
  Flag extends string = string,
> {
  readonly name: Name;
  /** In this order. */
  readonly words: Words;
  /** At most one entry: one or more further words, all of this kind. */
  readonly rest: Rest;
  readonly options: Options;
  readonly flags: readonly Flag[];
  /** What it does and what it prints; a sentence for the README. */
  readonly about: string;
  /** Whether asking it again is harmless, so that `wait-until` can. */
  readonly isQuery: boolean;
}

type Camel<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;
type ReadOf<K> = K extends Kind<infer T> ? T : never;

/** What the parser makes of a line: options and flags under their names in camelCase, durations in milliseconds. */
export type CommandOf<Definition> =
  Definition extends CommandDefinition<infer Name, infer Words, infer Rest, infer Options, infer Flag>
    ? { readonly command: Name } & { readonly [Key in keyof Words]: ReadOf<Words[Key]> } & {
        readonly [Key in keyof Rest]: readonly ReadOf<Rest[Key]>[];
      } & {
        readonly [Key in keyof Options as Camel<Key & string>]?: ReadOf<Options[Key]>;
      } & { readonly [Key in Flag as Camel<Key>]: boolean }
    : never;

type None = Readonly<Record<never, never>>;

export function defineCommand<
  const Name extends string,
  const Words extends Kinds = None,
  const Rest extends Kinds = None,
  const Options extends Kinds = None,
  const Flag extends string = never,
>(definition: {
  readonly name: Name;
  readonly words?: Words;
  readonly rest?: Rest;
  readonly options?: Options;
  readonly flags?: readonly Flag[];
  readonly about: string;
  readonly isQuery?: boolean;
}): CommandDefinition<Name, Words, Rest, Options, Flag> {
  return {
    name: definition.name,
    words: definition.words ?? ({} as Words),
    rest: definition.rest ?? ({} as Rest),
    options: definition.options ?? ({} as Options),
    flags: definition.flags ?? [],
    about: definition.about,
    isQuery: definition.isQuery ?? false,
  };
}

/** `send <producer> <topic>/<partition> <value>… [size=<bytes>]` */
export function usageOf({ name, words, rest, options, flags }: CommandDefinition): string {
  return [
    name,
    ...Object.values(words).map((kind) => kind.shows),
    ...Object.values(rest).map((kind) => `${kind.shows}…`),
    ...flags.map((flag) => `[${flag}]`),
    ...Object.entries(options).map(([key, kind]) => `[${key}=${kind.shows}]`),
  ].join(' ');
}

/** Reads the words behind a command's name. */
export function readCommand(definition: CommandDefinition, words: readonly string[]): Record<string, unknown> {
  const usage = `Usage: ${usageOf(definition)}`;
  const names = Object.keys(definition.words);
  if (words.length < names.length) throw new ScenarioError(`${definition.name} lacks words. ${usage}`);
  const read: Record<string, unknown> = { command: definition.name };
  names.forEach((name, index) => (read[name] = definition.words[name].read(words[index])));
  for (const flag of definition.flags) read[camelCase(flag)] = false;
  const rest: string[] = [];
  for (const word of words.slice(names.length)) {
    const [key, ...value] = word.split('=');
    if (value.length === 0 && definition.flags.includes(word)) read[camelCase(word)] = true;
    else if (value.length === 0) rest.push(word);
    else if (key in definition.options) read[camelCase(key)] = definition.options[key].read(value.join('='));
    else throw new ScenarioError(`${definition.name} has no option "${key}". ${usage}`);
  }
  readRest(definition, rest, read, usage);
  return read;
}

function readRest(
  { name, rest }: CommandDefinition,
  words: readonly string[],
  read: Record<string, unknown>,
  usage: string,
): void {
  const [entry] = Object.entries(rest);
  if (entry === undefined) {
    if (words.length > 0) throw new ScenarioError(`${name} has no use for "${words.join(' ')}". ${usage}`);
    return;
  }
  if (words.length === 0) throw new ScenarioError(`${name} lacks words. ${usage}`);
  read[entry[0]] = words.map((word) => entry[1].read(word));
}

function camelCase(key: string): string {
  return key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
