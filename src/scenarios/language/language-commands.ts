/** The commands that the language carries out itself, on top of what a driver does. */
import type { Command } from './commands';
import { defineCommand, readCommand, type CommandDefinition, type CommandOf } from './define-command';
import type { LanguageAction } from './scenario';
import { ScenarioError } from './scenario-error';
import { choice, duration, named } from './words';

const awaitResult = defineCommand({
  name: 'await',
  words: { name: named('name') },
  about: 'Waits for the command begun as `async <name>: …` and prints what it printed.',
});

const isPending = defineCommand({
  name: 'is-pending',
  words: { name: named('name') },
  about: 'Prints `pending` or `settled`.',
});

const effect = defineCommand({
  name: 'effect',
  words: { consumer: named('consumer'), sink: named('sink') },
  options: { 'once-by': choice('offset', 'value') },
  about:
    'An effect outside Kafka: the sink notes the value of each record that the consumer last took. With `once-by` it leaves out what it has seen, by (topic, partition, offset) or by value, and prints `suppressed <value>`.',
});

const effects = defineCommand({
  name: 'effects',
  words: { sink: named('sink') },
  about: 'Prints the values that the sink holds, in order, or `nothing`.',
});

/** For the README; `wait-until` has a syntax of its own. */
export const LANGUAGE_COMMANDS: readonly CommandDefinition[] = [awaitResult, isPending, effect, effects];
export const WAIT_UNTIL_USAGE = 'wait-until [within=<duration>] <query> = <printed>';
export const WAIT_UNTIL_ABOUT =
  'Repeats a query until it prints exactly that (`!=`: anything else), for at most 60 seconds unless `within` says otherwise. Prints nothing; fails naming the last value seen.';

const WAIT_MS_DEFAULT = 60_000;

/** Reads a language command, or gives null when the name is not one. */
export function readLanguageAction(
  words: readonly string[],
  readQuery: (words: readonly string[]) => Command,
): LanguageAction | null {
  const [name, ...rest] = words;
  switch (name) {
    case 'await': {
      const { name: asked } = readCommand(awaitResult, rest) as CommandOf<typeof awaitResult>;
      return { kind: 'await', name: asked };
    }
    case 'is-pending': {
      const { name: asked } = readCommand(isPending, rest) as CommandOf<typeof isPending>;
      return { kind: 'is-pending', name: asked };
    }
    case 'effect': {
      const { consumer, sink, onceBy } = readCommand(effect, rest) as CommandOf<typeof effect>;
      return { kind: 'effect', consumer, sink, onceBy: onceBy ?? null };
    }
    case 'effects': {
      const { sink } = readCommand(effects, rest) as CommandOf<typeof effects>;
      return { kind: 'effects', sink };
    }
    case 'wait-until':
      return readWaitUntil(rest, readQuery);
    default:
      return null;
  }
}

function readWaitUntil(
  words: readonly string[],
  readQuery: (words: readonly string[]) => Command,
): LanguageAction & { readonly kind: 'wait-until' } {
  const hasBound = words[0]?.startsWith('within=') ?? false;
  const withinMs = hasBound ? duration.read(words[0].slice('within='.length)) : WAIT_MS_DEFAULT;
  const condition = hasBound ? words.slice(1) : words;
  const at = condition.findIndex((word) => word === '=' || word === '!=');
  if (at < 1 || at === condition.length - 1)
    throw new ScenarioError(`wait-until needs a query, "=" or "!=", and what it prints. Usage: ${WAIT_UNTIL_USAGE}`);
  return {
    kind: 'wait-until',
    query: readQuery(condition.slice(0, at)),
    isEqual: condition[at] === '=',
    expected: condition.slice(at + 1).join(' '),
    withinMs,
  };
}
