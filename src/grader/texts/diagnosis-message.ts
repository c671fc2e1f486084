/** What a diagnosis has to say beyond its headline. */
import type { Diagnosis } from '../verdict';
import { diagnosisRu } from './diagnoses.ru';

/** @returns null where the headline says all of it: the message is nothing but the name of the kind */
export function diagnosisMessage({ kind, message }: Diagnosis, locale: 'en' | 'ru'): string | null {
  if (message === kind) return null;
  return locale === 'ru' ? diagnosisRu(message) : message;
}
