/** PostgreSQL's types as far as labs have them: how SQLite stores each, and what clients are told. */
import { notSupported } from './sql-error';

export type TypeName =
  | 'bool'
  | 'int2'
  | 'int4'
  | 'int8'
  | 'float8'
  | 'text'
  | 'varchar'
  | 'uuid'
  | 'json'
  | 'jsonb'
  | 'date'
  | 'timestamp'
  | 'timestamptz';

interface TypeInfo {
  /** Number by which clients know it (`pg_type.oid`). */
  readonly oid: number;
  /** Type of SQLite's STRICT tables. `INT`, because a primary key of type `INTEGER` would fill itself. */
  readonly storage: 'INT' | 'REAL' | 'TEXT';
  /** PostgreSQL's full name, as in its messages. */
  readonly title: string;
}

export const TYPES: Readonly<Record<TypeName, TypeInfo>> = {
  bool: { oid: 16, storage: 'INT', title: 'boolean' },
  int2: { oid: 21, storage: 'INT', title: 'smallint' },
  int4: { oid: 23, storage: 'INT', title: 'integer' },
  int8: { oid: 20, storage: 'INT', title: 'bigint' },
  float8: { oid: 701, storage: 'REAL', title: 'double precision' },
  text: { oid: 25, storage: 'TEXT', title: 'text' },
  varchar: { oid: 1043, storage: 'TEXT', title: 'character varying' },
  uuid: { oid: 2950, storage: 'TEXT', title: 'uuid' },
  json: { oid: 114, storage: 'TEXT', title: 'json' },
  jsonb: { oid: 3802, storage: 'TEXT', title: 'jsonb' },
  date: { oid: 1082, storage: 'TEXT', title: 'date' },
  timestamp: { oid: 1114, storage: 'TEXT', title: 'timestamp without time zone' },
  timestamptz: { oid: 1184, storage: 'TEXT', title: 'timestamp with time zone' },
};

const NAMES: Readonly<Record<string, TypeName>> = {
  bool: 'bool',
  boolean: 'bool',
  smallint: 'int2',
  int2: 'int2',
  int: 'int4',
  integer: 'int4',
  int4: 'int4',
  serial: 'int4',
  bigint: 'int8',
  int8: 'int8',
  bigserial: 'int8',
  float8: 'float8',
  real: 'float8',
  'double precision': 'float8',
  text: 'text',
  varchar: 'varchar',
  'character varying': 'varchar',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'jsonb',
  date: 'date',
  timestamp: 'timestamp',
  'timestamp without time zone': 'timestamp',
  timestamptz: 'timestamptz',
  'timestamp with time zone': 'timestamptz',
};

/** Longest first, so that `timestamp with time zone` is not taken for `timestamp`. */
const SPELLINGS: readonly (readonly string[])[] = Object.keys(NAMES)
  .map((name) => name.split(' '))
  .sort((a, b) => b.length - a.length);

export interface FoundType {
  readonly name: TypeName;
  readonly isSerial: boolean;
  /** Words that it takes. */
  readonly length: number;
}

/** The type whose name the words begin with. @throws SqlError for a type that labs do not have */
export function typeAt(words: readonly string[]): FoundType {
  const spelling = SPELLINGS.find((parts) => parts.every((part, index) => words[index] === part));
  if (spelling !== undefined) {
    const name = spelling.join(' ');
    return { name: NAMES[name]!, isSerial: name.endsWith('serial'), length: spelling.length };
  }
  const name = words[0] ?? '';
  if (/^(numeric|decimal|money)$/.test(name)) {
    throw notSupported(`the type ${name}`, 'count in whole units, e.g. cents, in an INTEGER or BIGINT column');
  }
  throw notSupported(`the type ${name}`, `there are ${Object.keys(NAMES).join(', ')}`);
}
