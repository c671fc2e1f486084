import { comparison, type ComparisonRow } from '@course/comparison';
import type { ReactNode } from 'react';
import { formatNumber, useLocale } from '../format';

interface Props {
  /** Row of `plugins/comparison/rows.ts`. */
  readonly row: string;
  readonly of: keyof ComparisonRow;
}

const SHARES: readonly (keyof ComparisonRow)[] = ['lost', 'repeated'];

/** `<Measured row="consumer-at-most-once" of="lost" />`: a number that the engine measured when the site was built. */
export default function Measured({ row, of }: Props): ReactNode {
  const locale = useLocale();
  const measured = comparison[row];
  if (measured === undefined)
    throw new Error(`<Measured row="${row}" />: no such row. Known: ${Object.keys(comparison).join(', ')}`);
  const number = formatNumber(locale, measured[of]);
  if (!SHARES.includes(of)) return number;
  const all = formatNumber(locale, measured.executions);
  return locale === 'ru' ? `${number} из ${all}` : `${number} of ${all}`;
}
