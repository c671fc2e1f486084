/** What a block has to print for a client, and whether it did. */
import type { Block, ClientLetter } from './scenario';

/** The allowed results for this client; null when every command only has to go without an error. */
export function expectedFor(block: Block, letter: ClientLetter): readonly (readonly string[])[] | null {
  if (block.sections.length === 0) return null;
  const own = block.sections.find(({ letters }) => letters?.includes(letter) === true);
  const rest = block.sections.find(({ letters }) => letters === null);
  // Named for others only: for this client nothing is printed.
  return (own ?? rest)?.alternatives ?? [[]];
}

/** Whether the printed lines are what the block expects of this client. */
export function isExpected(block: Block, letter: ClientLetter, printed: readonly string[]): boolean {
  const expected = expectedFor(block, letter);
  if (expected === null) return printed.every((line) => !/(^| )error /.test(line));
  return expected.some((lines) => lines.length === printed.length && lines.every((line, at) => line === printed[at]));
}
