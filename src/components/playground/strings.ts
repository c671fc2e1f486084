import { useLocale } from '../format';
import { en, type Strings } from './strings.en';
import { ru } from './strings.ru';

/** Words of the playground in the page's language. */
export function usePlaygroundStrings(): Strings {
  return useLocale() === 'ru' ? ru : en;
}
