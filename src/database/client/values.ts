/** Values on their way to the database and back, as `pg` and `pg-types` convert them. */
import { notSupported, SqlError } from '../sql/sql-error';
import type { TypeName } from '../sql/types';
import type { Parameter } from '../state';
import type { SqlValue } from '../sqlite';

const MAX_PARAMETER = 100_000;

/** @throws Error for a value that cannot be a parameter here */
export function prepareValues(values: unknown): readonly Parameter[] | null {
  if (values === undefined || values === null) return null;
  if (!Array.isArray(values)) throw new Error('Query values must be an array');
  return values.length === 0 ? null : values.map((value) => prepareValue(value));
}

function prepareValue(value: unknown): Parameter {
  if (Array.isArray(value)) {
    if (value.length > 1000) throw new SqlError('54000', 'an array parameter of more than 1000 elements');
    return value.map((element) => prepareScalar(element));
  }
  return prepareScalar(value);
}

function prepareScalar(value: unknown): SqlValue {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value ? 1 : 0;
    case 'object':
      return value === null ? null : checked(textOf(value));
    default:
      return checked(String(value));
  }
}

function textOf(value: object): string {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
    throw notSupported('a binary parameter', 'pass text or a number');
  if (value instanceof Date) return value.toISOString().replace('Z', '+00:00');
  const convert = (value as { readonly toPostgres?: unknown }).toPostgres;
  if (typeof convert === 'function') return String(Reflect.apply(convert, value, [prepareValue]));
  return JSON.stringify(value);
}

function checked(text: string): string {
  if (text.includes('\0')) throw new SqlError('22021', 'invalid byte sequence for encoding "UTF8": 0x00');
  if (text.length > MAX_PARAMETER) throw new SqlError('54000', `a parameter of more than ${MAX_PARAMETER} characters`);
  return text;
}

/** A value of a result. A bigint is a text: JavaScript's numbers could not hold it. */
export function parseValue(value: SqlValue, type: TypeName | null): unknown {
  if (value === null) return null;
  switch (type) {
    case 'int8':
      return String(value);
    case 'bool':
      return value === 1;
    case 'timestamptz':
    case 'timestamp':
    case 'date':
      return new Date(String(value));
    case 'json':
    case 'jsonb':
      return JSON.parse(String(value));
    default:
      return value;
  }
}
