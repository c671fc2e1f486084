/** Writes a scenario back, with results as observed: what `--rewrite` does. */
import { isExpected } from './expectation';
import type { Observed } from './run-scenario';
import type { Block, ClientLetter, Scenario, Section } from './scenario';

/** The file's text. Results of clients that were not observed stay as they are. */
export function writeScenario(scenario: Scenario, observed: ReadonlyMap<ClientLetter, Observed>): string {
  const blocks = scenario.blocks.map((block, index) => {
    const printed = new Map<ClientLetter, readonly string[]>();
    for (const [letter, results] of observed) {
      const result = results[index];
      if (result !== null && result !== undefined) printed.set(letter, result);
    }
    return [...block.lines, ...sectionLines(rewriteSections(block, scenario.by, printed))].join('\n');
  });
  return [scenario.header.join('\n'), ...blocks].join('\n\n') + '\n';
}

/** New sections for a block: clients that print the same share one, the largest group needs no letters. */
export function rewriteSections(
  block: Block,
  by: readonly ClientLetter[],
  printed: ReadonlyMap<ClientLetter, readonly string[]>,
): readonly Section[] {
  const isRight = [...printed].every(([letter, lines]) => isExpected(block, letter, lines));
  if (isRight) return block.sections;
  const groups: { letters: ClientLetter[]; alternatives: readonly (readonly string[])[] }[] = [];
  for (const letter of by) {
    const alternatives = alternativesOf(block, letter, printed.get(letter));
    const same = groups.find((group) => JSON.stringify(group.alternatives) === JSON.stringify(alternatives));
    if (same === undefined) groups.push({ letters: [letter], alternatives });
    else same.letters.push(letter);
  }
  const largest = groups.reduce((a, b) => (b.letters.length > a.letters.length ? b : a));
  const others = groups.filter((group) => group !== largest);
  return [{ letters: null, alternatives: largest.alternatives }, ...others];
}

function alternativesOf(
  block: Block,
  letter: ClientLetter,
  printed: readonly string[] | undefined,
): readonly (readonly string[])[] {
  const own = block.sections.find(({ letters }) => letters?.includes(letter) === true);
  const expected = (own ?? block.sections.find(({ letters }) => letters === null))?.alternatives ?? [[]];
  return printed === undefined || isExpected(block, letter, printed) ? expected : [printed];
}

function sectionLines(sections: readonly Section[]): string[] {
  return sections.flatMap(({ letters, alternatives }) => [
    letters === null ? '----' : `---- ${letters.join(' ')}`,
    ...alternatives.flatMap((lines, index) => (index === 0 ? lines : ['---- or', ...lines])),
  ]);
}
