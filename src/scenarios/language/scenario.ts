/** A scenario file, read. */
import type { Command } from './commands';
import type { TopicPartition } from './words';

/** K kafkajs · C @confluentinc/kafka-javascript · J Java kafka-clients · R hand-made requests. */
export const CLIENT_LETTERS = ['K', 'C', 'J', 'R'] as const;
export type ClientLetter = (typeof CLIENT_LETTERS)[number];

export interface Scenario {
  /** `transactions/dif-04-open-transaction-holds-back`, without the ending. */
  readonly file: string;
  /** `DIF-04`; several files may belong to one row. */
  readonly row: string;
  readonly title: string;
  readonly rules: readonly string[];
  readonly brokers: 1 | 3;
  /** The clients that can run it. */
  readonly by: readonly ClientLetter[];
  /** Why the outcome on a real cluster may differ from run to run, or null. */
  readonly unstable: string | null;
  /** Lines before the first block, to be written back as they are. */
  readonly header: readonly string[];
  readonly blocks: readonly Block[];
}

/** Commands, and what they print together. */
export interface Block {
  /** Commands and comments as written. */
  readonly lines: readonly string[];
  readonly steps: readonly Step[];
  /** Empty: every command has to go without an error. */
  readonly sections: readonly Section[];
}

export interface Section {
  /** The clients that it is for; null stands for all that have no section of their own. */
  readonly letters: readonly ClientLetter[] | null;
  /** Any of these is right; more than one where a race decides. */
  readonly alternatives: readonly (readonly string[])[];
}

export interface Step {
  /** Line number in the file, from 1. */
  readonly line: number;
  readonly text: string;
  /** Clients that carry it out; the others leave it out. Null: all. */
  readonly only: readonly ClientLetter[] | null;
  /** The name under which `await` asks for the result, or null: the step waits for it itself. */
  readonly asyncName: string | null;
  readonly action: Action;
}

/** A command for the driver, or one that the language carries out itself. */
export type Action = { readonly kind: 'driver'; readonly command: Command } | LanguageAction;

export type LanguageAction =
  | { readonly kind: 'await'; readonly name: string }
  | { readonly kind: 'is-pending'; readonly name: string }
  | {
      readonly kind: 'wait-until';
      readonly query: Command;
      readonly isEqual: boolean;
      readonly expected: string;
      /** How long the condition may take to come true, in milliseconds of the driver's clock. */
      readonly withinMs: number;
    }
  | {
      readonly kind: 'effect';
      readonly consumer: string;
      readonly sink: string;
      readonly onceBy: 'offset' | 'value' | null;
    }
  | { readonly kind: 'effects'; readonly sink: string };

/** `t/0` */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
