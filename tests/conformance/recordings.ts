/**
 * What real clusters printed: one file a scenario under recorded/<Kafka version>/, made by `npm run conformance -- --record`
 * and compared with the model by recorded.test.ts. Holds what a scenario prints and nothing that differs between equal runs.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CLIENT_LETTERS, type ClientLetter, type Scenario } from '../../src/scenarios/language/scenario';

/** What each block of the scenario printed. */
export type Transcript = readonly (readonly string[])[];

export interface RecordedOutcome {
  /** How many of the runs ended like this. */
  readonly times: number;
  readonly printed: Transcript;
}

export interface RecordedClient {
  /** Name and version: `kafkajs 2.2.4`. */
  readonly client: string;
  /** The day of the last run, YYYY-MM-DD. */
  readonly date: string;
  /** Different outcomes of the same scenario, the most frequent first. */
  readonly outcomes: readonly RecordedOutcome[];
}

export interface Recording {
  readonly scenario: string;
  readonly row: string;
  readonly kafka: string;
  /** Of the commands: a scenario whose commands have changed has to be recorded again. */
  readonly commands: string;
  readonly clients: { readonly [letter in ClientLetter]?: RecordedClient };
}

const recordedDir = path.join(import.meta.dirname, 'recorded');

export function readRecording(kafka: string, scenario: string): Recording | null {
  const file = fileOf(kafka, scenario);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recording) : null;
}

export function writeRecording(recording: Recording): void {
  const file = fileOf(recording.kafka, recording.scenario);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, textOf(recording));
}

/** What a block printed stands on one line, so that a difference between two recordings can be read. */
function textOf(recording: Recording): string {
  const text = JSON.stringify(recording, null, 2);
  return `${text.replace(/\[\n\s+("[^\]]*?")\n\s+\]/g, (_, lines: string) => `[${lines.replace(/\n\s+/g, ' ')}]`)}\n`;
}

/** All recordings of that Kafka version, by scenario. */
export function readRecordings(kafka: string): Recording[] {
  const dir = path.join(recordedDir, kafka);
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as Recording);
}

/** Adds a run to what is known of the client, or begins anew when the commands have changed. */
export function withRun(
  known: Recording | null,
  scenario: Scenario,
  run: {
    readonly kafka: string;
    readonly letter: ClientLetter;
    readonly client: string;
    readonly date: string;
    readonly printed: Transcript;
  },
): Recording {
  const commands = commandsHash(scenario);
  const before = known?.commands === commands ? known.clients : {};
  const earlier = before[run.letter];
  const outcomes = earlier?.client === run.client ? earlier.outcomes : [];
  const client: RecordedClient = { client: run.client, date: run.date, outcomes: added(outcomes, run.printed) };
  const clients = { ...before, [run.letter]: client };
  return {
    scenario: scenario.file,
    row: scenario.row,
    kafka: run.kafka,
    commands,
    clients: Object.fromEntries(
      CLIENT_LETTERS.filter((letter) => clients[letter] !== undefined).map((letter) => [letter, clients[letter]]),
    ),
  };
}

function added(outcomes: readonly RecordedOutcome[], printed: Transcript): RecordedOutcome[] {
  const isKnown = outcomes.some((outcome) => isSame(outcome.printed, printed));
  const counted = isKnown
    ? outcomes.map((outcome) => (isSame(outcome.printed, printed) ? { ...outcome, times: outcome.times + 1 } : outcome))
    : [...outcomes, { times: 1, printed }];
  return counted.sort((a, b) => b.times - a.times);
}

export function isSame(a: Transcript, b: Transcript): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The outcome of the client that equals what was printed, or null. */
export function sameOutcome(client: RecordedClient | undefined, printed: Transcript): RecordedOutcome | null {
  return client?.outcomes.find((outcome) => isSame(outcome.printed, printed)) ?? null;
}

/** Stands for the commands of a scenario, without comments, expectations and header. */
export function commandsHash({ blocks, brokers }: Scenario): string {
  const commands = blocks.map(({ steps }) => steps.map(({ text }) => text.replace(/ +/g, ' ')));
  return createHash('sha256').update(JSON.stringify({ brokers, commands })).digest('hex').slice(0, 16);
}

/** The first block that was printed differently, with what was recorded and what was seen. */
export function describeDifference(scenario: Scenario, recorded: Transcript, printed: Transcript): string {
  const index = printed.findIndex((lines, at) => JSON.stringify(lines) !== JSON.stringify(recorded[at]));
  const show = (lines: readonly string[] | undefined): string => lines?.join(' / ') || '(nothing)';
  return [
    `${scenario.file}.txt:${scenario.blocks[index]?.steps.at(-1)?.line ?? 0}: ${scenario.blocks[index]?.steps.at(-1)?.text ?? ''}`,
    `  recorded ${show(recorded[index])}`,
    `  observed ${show(printed[index])}`,
  ].join('\n');
}

function fileOf(kafka: string, scenario: string): string {
  return path.join(recordedDir, kafka, `${scenario}.json`);
}
