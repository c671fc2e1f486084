/** How a catalogue of sentences is written: a function a text id, given parameters and the lab's own words. */
import type { LabWords } from '../lab';
import type { AnomalyId, TextParams } from '../verdict';

export type Sentence = (params: TextParams, words: LabWords) => string;
export type Catalogue = Readonly<Record<string, Sentence>>;

/** Fills `{name}` with parameters; a name without a parameter stays as it is, so that a mistake is seen. */
export function fill(template: string, params: TextParams): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
}

/** The record in the lab's words: "order 2". Falls back to the offset where a record has no id. */
export function recordPhrase(params: TextParams, words: LabWords): string {
  const record = params['record'];
  if (record === undefined || record === '') return params['offset'] === undefined ? '?' : `@${params['offset']}`;
  return fill(words.record, params);
}

/** The lab's own headline, or a general one: a sentence about a record cannot be filled when the finding is not about one. */
export function anomalyHeadline(id: AnomalyId | 'pass', fallback: string): Sentence {
  return (p, words) => {
    const template = words.headlines[id];
    const isUsable = template !== undefined && !(template.includes('{record}') && !p['record']);
    return fill(isUsable ? template : fallback, p);
  };
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

export function count(locale: string, value: TextParams[string] | undefined): string {
  return new Intl.NumberFormat(locale).format(Number(value ?? 0));
}

/** The form of a word that belongs to a number. */
export function plural(
  locale: string,
  value: TextParams[string] | undefined,
  forms: Partial<Record<Intl.LDMLPluralRule, string>>,
): string {
  const number = Number(value ?? 0);
  return forms[new Intl.PluralRules(locale).select(number)] ?? forms.other ?? '';
}

/**
 * Parameters that may come from a program, without what a terminal would obey: control characters are shown as their
 * code, line ends as a space.
 */
export function printable(params: TextParams): TextParams {
  const result: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(params))
    result[key] = typeof value === 'string' ? printableText(shortened(value)) : value;
  return result;
}

/** A program may throw a text of any length; laying out thousands of characters without a break takes a page seconds. */
const LONGEST_PARAMETER = 500;

function shortened(text: string): string {
  return text.length <= LONGEST_PARAMETER ? text : `${text.slice(0, LONGEST_PARAMETER)}…`;
}

/** One line of text that no terminal takes for a command. */
export function printableText(text: string): string {
  return Array.from(text.replace(/\s*[\r\n]+\s*/g, ' '), (character) => {
    const code = character.codePointAt(0)!;
    return isControl(code) ? `\\u${code.toString(16).padStart(4, '0')}` : character;
  }).join('');
}

/** C0, DEL and C1, and what turns the direction of writing. */
function isControl(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}
