/**
 * Reads a scenario file.
 *
 *     row: DIF-06
 *     title: a transaction without records leaves no trace
 *     …
 *
 *     begin p
 *     commit p
 *     ----
 *     ok
 */
import { COMMANDS, type Command } from './commands';
import { readCommand } from './define-command';
import { readLanguageAction } from './language-commands';
import { CLIENT_LETTERS, type Action, type Block, type ClientLetter, type Scenario, type Section } from './scenario';
import type { Step } from './scenario';
import { ScenarioError } from './scenario-error';

const HEADER_KEYS = ['row', 'title', 'rules', 'brokers', 'by', 'unstable'] as const;
const SECTION = /^----(?: (.+))?$/;
const PREFIX = /^(only|async) ([^:]+): (.+)$/;

interface NumberedLine {
  readonly text: string;
  readonly number: number;
}

/** Reads the text of a scenario; `file` stands in messages. Throws `ScenarioError` with file, line and remedy. */
export function parseScenario(file: string, text: string): Scenario {
  const lines = text.split('\n').map((line, index) => ({ text: line.trimEnd(), number: index + 1 }));
  const chunks = chunksOf(lines);
  const [header, ...rest] = chunks;
  if (header === undefined) throw new ScenarioError(`${file}: is empty`);
  const facts = readHeader(file, header);
  const blocks = rest.map((chunk) => readBlock(file, chunk));
  checkLetters(file, facts.by, blocks);
  return { file, ...facts, header: header.map((line) => line.text), blocks };
}

/** Runs of lines between blank ones. */
function chunksOf(lines: readonly NumberedLine[]): NumberedLine[][] {
  const chunks: NumberedLine[][] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line.text === '') isOpen = false;
    else if (isOpen) chunks[chunks.length - 1].push(line);
    else {
      chunks.push([line]);
      isOpen = true;
    }
  }
  return chunks;
}

type Facts = Omit<Scenario, 'file' | 'header' | 'blocks'>;

function readHeader(file: string, lines: readonly NumberedLine[]): Facts {
  const found = new Map<string, string>();
  for (const { text, number } of lines) {
    if (text.startsWith('#')) continue;
    const [key, ...rest] = text.split(': ');
    if (!HEADER_KEYS.some((known) => known === key) || rest.length === 0)
      throw new ScenarioError(
        `${file}:${number}: "${text}" is no line of the header. It has ${HEADER_KEYS.join(', ')}; a blank line ends it.`,
      );
    if (found.has(key)) throw new ScenarioError(`${file}:${number}: "${key}" stands there twice`);
    found.set(key, rest.join(': '));
  }
  const get = (key: string): string => {
    const value = found.get(key);
    if (value === undefined) throw new ScenarioError(`${file}: the header lacks "${key}: …"`);
    return value;
  };
  const brokers = get('brokers');
  if (brokers !== '1' && brokers !== '3') throw new ScenarioError(`${file}: brokers is 1 or 3, not "${brokers}"`);
  return {
    row: get('row'),
    title: get('title'),
    rules: get('rules').split(/,? +/),
    brokers: brokers === '1' ? 1 : 3,
    by: get('by')
      .split(' ')
      .map((word) => readLetter(`${file}: by`, word)),
    unstable: found.get('unstable') ?? null,
  };
}

function readLetter(where: string, word: string): ClientLetter {
  const letter = CLIENT_LETTERS.find((candidate) => candidate === word);
  if (letter === undefined) throw new ScenarioError(`${where}: "${word}" is none of ${CLIENT_LETTERS.join(' ')}`);
  return letter;
}

function readBlock(file: string, chunk: readonly NumberedLine[]): Block {
  const first = chunk.findIndex(({ text }) => SECTION.test(text));
  const commands = first === -1 ? chunk : chunk.slice(0, first);
  const steps = commands.filter(({ text }) => !text.startsWith('#')).map((line) => readStep(file, line));
  const sections = first === -1 ? [] : readSections(file, chunk.slice(first));
  if (steps.length === 0 && sections.length > 0)
    throw new ScenarioError(`${file}:${chunk[0].number}: a result without a command. Put the command above "----".`);
  return { lines: commands.map(({ text }) => text), steps, sections };
}

function readSections(file: string, lines: readonly NumberedLine[]): Section[] {
  const sections: { letters: readonly ClientLetter[] | null; alternatives: string[][] }[] = [];
  for (const { text, number } of lines) {
    const heading = SECTION.exec(text);
    const last = sections[sections.length - 1];
    if (heading === null) last.alternatives[last.alternatives.length - 1].push(text);
    else if (heading[1] === 'or') {
      if (last === undefined) throw new ScenarioError(`${file}:${number}: "---- or" follows another result`);
      last.alternatives.push([]);
    } else {
      const letters = heading[1]?.split(' ').map((word) => readLetter(`${file}:${number}`, word)) ?? null;
      sections.push({ letters, alternatives: [[]] });
    }
  }
  return sections;
}

function readStep(file: string, { text, number }: NumberedLine): Step {
  let only: readonly ClientLetter[] | null = null;
  let asyncName: string | null = null;
  let rest = text.trim();
  for (let prefix = PREFIX.exec(rest); prefix !== null; prefix = PREFIX.exec(rest)) {
    if (prefix[1] === 'only') only = prefix[2].split(' ').map((word) => readLetter(`${file}:${number}`, word));
    else asyncName = prefix[2];
    rest = prefix[3];
  }
  try {
    return { line: number, text, only, asyncName, action: readAction(rest.split(/ +/), asyncName) };
  } catch (error) {
    if (error instanceof ScenarioError) throw new ScenarioError(`${file}:${number}: ${error.message}`);
    throw error;
  }
}

function readAction(words: readonly string[], asyncName: string | null): Action {
  const action = readLanguageAction(words, readQuery);
  if (action === null) return { kind: 'driver', command: readDriverCommand(words) };
  if (asyncName !== null) throw new ScenarioError(`${words[0]} cannot be begun as async; it asks and is over`);
  return action;
}

function readQuery(words: readonly string[]): Command {
  const command = readDriverCommand(words);
  const isQuery = COMMANDS.find(({ name }) => name === command.command)?.isQuery ?? false;
  if (!isQuery) {
    const queries = COMMANDS.filter((candidate) => candidate.isQuery).map(({ name }) => name);
    throw new ScenarioError(
      `${command.command} does something, so it cannot be repeated. Queries: ${queries.join(', ')}`,
    );
  }
  return command;
}

function readDriverCommand(words: readonly string[]): Command {
  const length = words[0] === 'raw' ? 2 : 1;
  const name = words.slice(0, length).join(' ');
  const definition = COMMANDS.find((candidate) => candidate.name === name);
  if (definition === undefined)
    throw new ScenarioError(`"${name}" is no command. There are ${COMMANDS.map((known) => known.name).join(', ')}`);
  // The definition's kinds made every field, so the object has the type that the definition stands for.
  return readCommand(definition, words.slice(length)) as unknown as Command;
}

/** A result for a client that never runs the file would never be compared. */
function checkLetters(file: string, by: readonly ClientLetter[], blocks: readonly Block[]): void {
  for (const { sections, steps, lines } of blocks) {
    const named = [...sections.flatMap(({ letters }) => letters ?? []), ...steps.flatMap(({ only }) => only ?? [])];
    const stranger = named.find((letter) => !by.includes(letter));
    if (stranger !== undefined)
      throw new ScenarioError(`${file}: "${lines[0]}" speaks of ${stranger}, which "by: ${by.join(' ')}" leaves out`);
  }
}
