/** A scenario as the pages show it: the commands of each block, and who printed what. */
import { expectedFor } from '../../src/scenarios/language/expectation';
import type { Block } from '../../src/scenarios/language/scenario';
import type { Printed, Transcript, TranscriptBlock } from '../../src/components/reference/transcript';
import type { Played, PlayedClient } from './played';
import { reasonOf } from './scenario-titles';

export function transcriptOf({ scenario, clients }: Played): Transcript {
  return {
    unstable: reasonOf(scenario),
    clients: clients.map(({ letter, recorded }) => ({
      letter,
      client: recorded?.client ?? null,
      date: recorded?.date ?? null,
      runs: runsOf(recorded),
    })),
    blocks: scenario.blocks.map((block, at) => blockOf(block, at, clients)),
  };
}

/** How many runs on a real cluster stand behind the recording. */
export function runsOf(recorded: PlayedClient['recorded']): number {
  return recorded?.outcomes.reduce((sum, { times }) => sum + times, 0) ?? 0;
}

type Draft = { -readonly [Key in keyof Printed]: Printed[Key] extends readonly (infer Item)[] ? Item[] : Printed[Key] };

/** Equal outputs stand once, with everybody who expects or printed them. */
function blockOf(block: Block, at: number, clients: readonly PlayedClient[]): TranscriptBlock {
  const drafts = new Map<string, Draft>();
  const draftOf = (lines: readonly string[]): Draft => {
    const key = lines.join('\n');
    const known = drafts.get(key) ?? { lines: [...lines], expected: [], kafka: [], model: [] };
    drafts.set(key, known);
    return known;
  };
  for (const { letter, recorded, outcome } of clients) {
    for (const lines of expectedFor(block, letter) ?? []) draftOf(lines).expected.push(letter);
    for (const [lines, times] of recordedLines(recorded, at)) draftOf(lines).kafka.push({ letter, times });
    if (outcome.status === 'not run') continue;
    const lines = outcome.observed[at];
    if (lines !== null && lines !== undefined) draftOf(lines).model.push(letter);
  }
  const printed = [...drafts.values()];
  // What nobody expects anything of is set-up: it only has to go without an error.
  const isSetUp = block.sections.length === 0 && printed.length < 2;
  return { commands: block.lines, printed: isSetUp ? [] : printed };
}

/** What was recorded for the block, with the number of runs that printed it; null for all of them. */
function recordedLines(recorded: PlayedClient['recorded'], at: number): [readonly string[], number | null][] {
  const byText = new Map<string, [readonly string[], number]>();
  for (const { times, printed } of recorded?.outcomes ?? []) {
    const lines = printed[at] ?? [];
    byText.set(lines.join('\n'), [lines, (byText.get(lines.join('\n'))?.[1] ?? 0) + times]);
  }
  const all = [...byText.values()];
  return all.map(([lines, times]) => [lines, all.length === 1 ? null : times]);
}
