import { useLocale } from './format';
import { resultEn, type ResultStrings } from './result-strings.en';
import { resultRu } from './result-strings.ru';

/** Words of verdict and timeline in the page's language; imported by lazily loaded parts only. */
export function useResultStrings(): ResultStrings {
  return useLocale() === 'ru' ? resultRu : resultEn;
}
