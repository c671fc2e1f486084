import { useLocale } from '../format';
import { en, type ReferenceStrings } from './strings.en';
import { ru } from './strings.ru';

/** Words of the reference pages in the page's language. */
export function useReferenceStrings(): ReferenceStrings {
  return useLocale() === 'ru' ? ru : en;
}
