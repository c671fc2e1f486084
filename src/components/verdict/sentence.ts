import { renderText, type Locale } from '../../grader/texts';
import { capital } from '../../grader/texts/catalogue';
import type { LabWords } from '../../grader/lab';
import type { Text } from '../../grader/verdict';

/** A text of the catalogue as a sentence of its own. */
export function sentence(text: Text, locale: Locale, words: LabWords): string {
  return capital(renderText(text, locale, words));
}
