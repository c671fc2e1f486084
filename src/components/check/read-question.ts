/** Reads a question out of the elements that MDX has made of it. */
import { Children, isValidElement, type ReactElement, type ReactNode } from 'react';
import { Because, Option, type OptionProps } from './Option';

export const CHECK_KINDS = ['single', 'multiple', 'order', 'point'] as const;

export type CheckKind = (typeof CHECK_KINDS)[number];

export interface Answer {
  readonly text: ReactNode;
  readonly because: ReactNode;
  readonly isRight: boolean;
  readonly at: string | null;
}

export interface Question {
  readonly text: ReactNode;
  readonly answers: readonly Answer[];
  /** Said of an answer that is none of them. */
  readonly otherwise: ReactNode;
}

/** @throws Error that names the question and what is wrong with how it is written */
export function readQuestion(id: string, kind: CheckKind, children: ReactNode): Question {
  const parts = Children.toArray(children);
  const answers = parts.filter(isOption).map(({ props }) => answerOf(props));
  const question: Question = {
    text: parts.filter((part) => !isOption(part) && !isBecause(part)),
    answers,
    otherwise: parts.find(isBecause)?.props.children ?? null,
  };
  const complaint = complaintOf(kind, question);
  if (complaint !== null) throw new Error(`<Check id="${id}" kind="${kind}">: ${complaint}`);
  return question;
}

function answerOf({ right = false, at = null, children }: Omit<OptionProps, 'at'> & { at?: string | null }): Answer {
  const parts = Children.toArray(children);
  return {
    text: parts.filter((part) => !isBecause(part)),
    because: parts.find(isBecause)?.props.children ?? null,
    isRight: right,
    at,
  };
}

function complaintOf(kind: CheckKind, { answers, otherwise }: Question): string | null {
  const rightCount = answers.filter((answer) => answer.isRight).length;
  if (!CHECK_KINDS.includes(kind)) return `the kind is one of ${CHECK_KINDS.join(', ')}.`;
  if (answers.length < (kind === 'point' ? 1 : 2)) return 'it needs more <Option>s.';
  if (kind === 'order') return rightCount > 0 ? 'options are written in their right order; none is `right`.' : null;
  if (answers.some((answer) => answer.because === null)) return 'every <Option> needs a <Because>.';
  if (rightCount === 0) return 'no <Option> is `right`.';
  if (kind === 'single' && rightCount > 1) return 'more than one <Option> is `right`: is it `multiple`?';
  if (kind !== 'point') return null;
  if (answers.some((answer) => answer.at === null)) return 'every <Option> needs `at`, such as at="process-crash 1".';
  return otherwise === null ? 'it needs a <Because> of its own, for all other steps.' : null;
}

function isOption(node: ReactNode): node is ReactElement<OptionProps> {
  return isValidElement(node) && node.type === Option;
}

function isBecause(node: ReactNode): node is ReactElement<{ children: ReactNode }> {
  return isValidElement(node) && node.type === Because;
}
