import { useLocale } from './format';
import { en, type Strings } from './strings.en';
import { ru } from './strings.ru';

/** Words of the interface in the page's language. */
export function useStrings(): Strings {
  return useLocale() === 'ru' ? ru : en;
}
