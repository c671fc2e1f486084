/**
 * The rows of `npm run conformance -- --quick`: one broker, every client, all guarantees, and nothing that waits long. What
 * continuous integration runs live; the recordings hold the rest.
 */
const QUICK_ROWS: ReadonlySet<string> = new Set([
  'DIF-01',
  'DIF-02',
  'DIF-03',
  'DIF-04',
  'DIF-06',
  'DIF-08',
  'DIF-13',
  'DIF-14',
  'DIF-15',
  'DIF-20',
  'DIF-21',
  'DIF-22',
  'DIF-24',
  'DIF-27',
  'DIF-28',
  'DIF-29',
  'DIF-34',
  'DIF-35',
  'DIF-37',
  'DIF-39',
  'DIF-42',
  'DIF-48',
  'DIF-50',
  'DIF-58',
  'DIF-60',
]);

export function isQuick(row: string): boolean {
  return QUICK_ROWS.has(row);
}
