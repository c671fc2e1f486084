/**
 * Business id of a record: the field `id` of a JSON value. Null for any other value; labs' records always have one.
 */
export function recordId(value: string | null): string | null {
  if (value === null || !value.startsWith('{')) return null;
  try {
    const parsed = JSON.parse(value) as { id?: unknown };
    return typeof parsed.id === 'string' || typeof parsed.id === 'number' ? String(parsed.id) : null;
  } catch {
    // Not JSON: a record without an id, which is a value a program may well produce.
    return null;
  }
}
