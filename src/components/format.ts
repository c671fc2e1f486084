import useDocusaurusContext from '@docusaurus/useDocusaurusContext';

export type Locale = 'en' | 'ru';

/** Language of the page being shown; what is not translated falls back to English as the pages do. */
export function useLocale(): Locale {
  return useDocusaurusContext().i18n.currentLocale === 'ru' ? 'ru' : 'en';
}

const numbers = { en: new Intl.NumberFormat('en'), ru: new Intl.NumberFormat('ru') };
const rules = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') };

export function formatNumber(locale: Locale, value: number): string {
  return numbers[locale].format(value);
}

/** Forms by plural category; `other` stands in for a category that a language does not have. */
export type PluralForms = Readonly<{ one: string; few?: string; many?: string; other: string }>;

/** The number with its noun: `plural('ru', 3, { one: 'сбой', few: 'сбоя', … })` is "3 сбоя". */
export function plural(locale: Locale, value: number, forms: PluralForms): string {
  return `${formatNumber(locale, value)} ${pluralForm(locale, value, forms)}`;
}

/** The noun alone, in the form that the number asks for. */
export function pluralForm(locale: Locale, value: number, forms: PluralForms): string {
  const category = rules[locale].select(value);
  if (category === 'one' || category === 'few' || category === 'many') return forms[category] ?? forms.other;
  return forms.other;
}

export function formatTime(locale: Locale, at: number): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
}
