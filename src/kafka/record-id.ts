/**
 * Business id of a record: the field `id` of a JSON value. Null for any other value; labs' records always have one.
 *
 * A JSON object whose end is missing still shows its id: that is how a record that cannot be parsed is known again.
 */
export function recordId(value: string | null): string | null {
  if (value === null || !value.startsWith('{')) return null;
  try {
    const parsed = JSON.parse(value) as { id?: unknown };
    return typeof parsed.id === 'string' || typeof parsed.id === 'number' ? String(parsed.id) : null;
  } catch {
    // Not JSON, which is a value a program may well produce.
    return SPOILT_ID.exec(value)?.[1] ?? null;
  }
}

const SPOILT_ID = /^\{"id":"([^"\\]*)"/;
