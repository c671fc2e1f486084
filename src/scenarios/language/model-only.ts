/** What a scenario can say that only the model understands: programs that run by themselves, settings of brokers. */
import type { Command, CommandName, CommandNamed } from './commands';
import type { Scenario } from './scenario';

const MODEL_ONLY = [
  'cluster',
  'write',
  'processed',
  'drop-request',
  'delay-request',
  'cut',
  'heal',
] as const satisfies readonly CommandName[];

export type ModelOnly = CommandNamed<(typeof MODEL_ONLY)[number]>;

export function isModelOnly(command: Command): command is ModelOnly {
  return MODEL_ONLY.some((name) => name === command.command);
}

/** The first thing in a scenario that a real cluster cannot do, as written there; null for none. */
export function modelOnlyPart({ blocks }: Scenario): string | null {
  for (const { action } of blocks.flatMap(({ steps }) => steps)) {
    const command = action.kind === 'driver' ? action.command : action.kind === 'wait-until' ? action.query : null;
    const part = command === null ? null : modelOnly(command);
    if (part !== null) return part;
  }
  return null;
}

function modelOnly(command: Command): string | null {
  if (isModelOnly(command)) return command.command;
  if (command.command === 'producer') {
    const { linger, inFlight, retryBackoff, retryBackoffMax } = command;
    return firstGiven({
      linger,
      'in-flight': inFlight,
      'retry-backoff': retryBackoff,
      'retry-backoff-max': retryBackoffMax,
    });
  }
  if (command.command !== 'consumer') return null;
  const { mode, commitInterval, heartbeat, pollInterval, assignor } = command;
  if (mode === 'work') return 'mode=work';
  return firstGiven({ 'commit-interval': commitInterval, heartbeat, 'poll-interval': pollInterval, assignor });
}

function firstGiven(options: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(options).find((key) => options[key] !== undefined) ?? null;
}
