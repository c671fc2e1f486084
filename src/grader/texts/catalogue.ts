/** How a catalogue of sentences is written: a function a text id, given parameters and the lab's own words. */
import type { LabWords } from '../lab';
import type { TextParams } from '../verdict';

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
