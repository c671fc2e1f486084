/** Sentences of verdicts and traces, English and Russian, by text id. */
import type { TraceEvent } from '../../simulation/trace';
import { eventText } from '../event-text';
import type { LabWords } from '../lab';
import type { Text } from '../verdict';
import { capital, printable, type Catalogue } from './catalogue';
import { en } from './en';
import { ru } from './ru';

export type Locale = 'en' | 'ru';

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, ru };

/** @throws Error for an id without a sentence: a mistake of ours that the tests find */
export function renderText(text: Text, locale: Locale, words: LabWords): string {
  const sentence = CATALOGUES[locale][text.id];
  if (sentence === undefined) throw new Error(`no sentence for "${text.id}" in ${locale}`);
  return sentence(printable(text.params), words);
}

/** The timeline's sentence for an event. */
export function describeEvent(event: TraceEvent, locale: Locale, words: LabWords): string {
  return capital(renderText(eventText(event), locale, words));
}

export { diagnosisMessage } from './diagnosis-message';
export { renderStorm } from './render-storm';
export { renderVerdict } from './render-verdict';
