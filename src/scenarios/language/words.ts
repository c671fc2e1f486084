/** What single words of a command can mean. Each kind reads one word or says what it expected. */
import { ScenarioError } from './scenario-error';

/** One meaning of a word; `shows` stands for it in the usage line. */
export interface Kind<T> {
  readonly shows: string;
  read(word: string): T;
}

export interface TopicPartition {
  /** The scenario's name; a driver makes it unique on its cluster. */
  readonly topic: string;
  readonly partition: number;
}

/** A broker named by its number, or by the part it plays when the command is carried out. */
export type BrokerRef =
  | { readonly kind: 'broker'; readonly id: number }
  | { readonly kind: 'leader'; readonly of: TopicPartition }
  | { readonly kind: 'coordinator'; readonly of: string };

/** What can be killed, paused and resumed: a broker, or the process of a client. */
export type Target = BrokerRef | { readonly kind: 'process'; readonly name: string };

/** Sequence numbers of a batch, both ends included; the last may be smaller than the first over the wrap (PID-3). */
export interface SequenceRange {
  readonly first: number;
  readonly last: number;
}

const NAME = /^[A-Za-z][A-Za-z0-9-]*$/;

function kind<T>(shows: string, pattern: RegExp, expected: string, read: (match: RegExpExecArray) => T): Kind<T> {
  return {
    shows,
    read(word) {
      const match = pattern.exec(word);
      if (match === null) throw new ScenarioError(`"${word}" is no ${expected}`);
      return read(match);
    },
  };
}

/** A name given by the scenario: a client, process, topic, group, transactional id, member … */
export function named(shows: string): Kind<string> {
  return kind(`<${shows}>`, NAME, `${shows}: a letter, then letters, digits and hyphens`, ([word]) => word);
}

export const partition: Kind<TopicPartition> = kind(
  '<topic>/<partition>',
  /^([A-Za-z][A-Za-z0-9-]*)\/(\d+)$/,
  'partition such as t/0',
  ([, topic, number]) => ({ topic, partition: Number(number) }),
);

/** A record's value. Values are words, so that a log can be read aloud. */
export const value: Kind<string> = kind('<value>', /^[A-Za-z0-9]+$/, 'value: letters and digits', ([word]) => word);

/** Also negative: an offset is what somebody asks to commit, and nobody checks it (OFS-3). */
export const offset: Kind<number> = kind('<offset>', /^-?\d+$/, 'offset such as 5', ([word]) => Number(word));

export function number(shows: string): Kind<number> {
  return kind(`<${shows}>`, /^\d+$/, `${shows}: a whole number`, ([word]) => Number(word));
}

/** Milliseconds, written with their unit. */
export const duration: Kind<number> = kind(
  '<duration>',
  /^(\d+)(ms|s)$/,
  'duration such as 200ms or 5s',
  ([, amount, unit]) => Number(amount) * (unit === 's' ? 1000 : 1),
);

export function choice<const T extends string>(...words: readonly T[]): Kind<T> {
  return {
    shows: words.join('|'),
    read(word) {
      const chosen = words.find((candidate) => candidate === word);
      if (chosen === undefined) throw new ScenarioError(`"${word}" is none of ${words.join(', ')}`);
      return chosen;
    },
  };
}

/** Several words of one kind, joined with commas. */
export function list<T>(item: Kind<T>): Kind<readonly T[]> {
  return { shows: `${item.shows},…`, read: (word) => word.split(',').map((part) => item.read(part)) };
}

export const sequences: Kind<SequenceRange> = kind(
  '<first>..<last>',
  /^(\d+)\.\.(\d+)$/,
  'range of sequence numbers such as 0..2',
  ([, first, last]) => ({ first: Number(first), last: Number(last) }),
);

/** Numbers or "unlimited". */
export const retries: Kind<number> = kind('<number>|unlimited', /^(\d+|unlimited)$/, 'number of retries', ([word]) =>
  word === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(word),
);

const LEADER = /^leader\((.+)\)$/;
const COORDINATOR = /^coordinator\((.+)\)$/;

/** `2`, `leader(t/0)`, `coordinator(g)`. */
export const broker: Kind<BrokerRef> = {
  shows: '<broker>',
  read(word) {
    if (/^\d+$/.test(word)) return { kind: 'broker', id: Number(word) };
    const leader = LEADER.exec(word);
    if (leader !== null) return { kind: 'leader', of: partition.read(leader[1]) };
    const coordinator = COORDINATOR.exec(word);
    if (coordinator !== null) return { kind: 'coordinator', of: coordinator[1] };
    throw new ScenarioError(`"${word}" is no broker such as 2, leader(t/0) or coordinator(g)`);
  },
};

/** A broker, or the process of a client by its name. */
export const target: Kind<Target> = {
  shows: '<broker or process>',
  read: (word) => (NAME.test(word) ? { kind: 'process', name: word } : broker.read(word)),
};
