/** What SQLite says, in PostgreSQL's words and codes. */
import { SqlError } from './sql-error';
import type { Table } from './create-table';
import { TYPES, type TypeName } from './types';

export type Catalog = ReadonlyMap<string, Table>;

type Translate = (match: RegExpExecArray, catalog: Catalog, target: string) => SqlError;

const column = (name: string): SqlError => new SqlError('42703', `column "${name}" does not exist`);

const TRANSLATIONS: readonly (readonly [RegExp, Translate])[] = [
  [/^UNIQUE constraint failed: (.+)$/, ([, columns], catalog) => uniqueViolation(columns!, catalog)],
  [
    /^NOT NULL constraint failed: (.+)\.(.+)$/,
    ([, table, name]) =>
      new SqlError('23502', `null value in column "${name}" of relation "${table}" violates not-null constraint`, {
        table: table!,
        column: name!,
      }),
  ],
  [/^FOREIGN KEY constraint failed$/, (_match, catalog, target) => foreignKeyViolation(catalog, target)],
  [/^CHECK constraint failed: type:(\w+):(.+)$/, ([, type, name]) => typeViolation(type as TypeName, name!)],
  [
    /^CHECK constraint failed: length:(\d+):(.+)$/,
    ([, length]) => new SqlError('22001', `value too long for type character varying(${length})`),
  ],
  [
    /^CHECK constraint failed: (.+)$/s,
    ([, name], _catalog, target) => {
      const constraint = /^\w+$/.test(name!) ? name! : `${target}_check`;
      const message = `new row for relation "${target}" violates check constraint "${constraint}"`;
      return new SqlError('23514', message, { table: target, constraint });
    },
  ],
  [
    /^cannot store \w+ value in \w+ column (.+)\.(.+)$/,
    ([, table, name], catalog) => {
      const type = catalog.get(table!)?.columns.find((entry) => entry.name === name)?.type ?? 'int4';
      return new SqlError('22P02', `invalid input syntax for type ${TYPES[type].title}`, {
        table: table!,
        column: name!,
      });
    },
  ],
  [/^no such table: (?:main\.)?(.+)$/, ([, name]) => new SqlError('42P01', `relation "${name}" does not exist`)],
  [/^no such index: (.+)$/, ([, name]) => new SqlError('42704', `index "${name}" does not exist`)],
  [
    /^(?:table|index) `?(.+?)`? already exists$/,
    ([, name]) => new SqlError('42P07', `relation "${name}" already exists`),
  ],
  [
    /^there is already (?:a table|an index) named (.+)$/,
    ([, name]) => new SqlError('42P07', `relation "${name}" already exists`),
  ],
  [/^no such column: "?(.+?)"?(?: - .*)?$/, ([, name]) => column(name!)],
  [
    /^table (.+) has no column named (.+)$/,
    ([, table, name]) => new SqlError('42703', `column "${name}" of relation "${table}" does not exist`),
  ],
  [/^ambiguous column name: (.+)$/, ([, name]) => new SqlError('42702', `column reference "${name}" is ambiguous`)],
  [/^near "(.+)": syntax error$/s, ([, text]) => new SqlError('42601', `syntax error at or near "${text}"`)],
  [/^incomplete input$/, () => new SqlError('42601', 'syntax error at end of input')],
  [
    /^(\d+) values for (\d+) columns$|^table .+ has (\d+) columns but (\d+) values were supplied$/,
    (match) => {
      const [values, columns] = match[1] === undefined ? [match[4], match[3]] : [match[1], match[2]];
      const isMore = Number(values) > Number(columns);
      return new SqlError(
        '42601',
        `INSERT has more ${isMore ? 'expressions than target columns' : 'target columns than expressions'}`,
      );
    },
  ],
  [
    /^ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint$/,
    () => new SqlError('42P10', 'there is no unique or exclusion constraint matching the ON CONFLICT specification'),
  ],
  [
    /^misuse of aggregate(?: function)?:? (.*)$/,
    () => new SqlError('42803', 'aggregate functions are not allowed here'),
  ],
  [/^integer overflow$/, () => new SqlError('22003', 'bigint out of range')],
  [/^datatype mismatch$/, () => new SqlError('22P02', 'invalid input syntax for type bigint')],
  [
    // sql.js loses the message of an error that is thrown in a function (`text-functions.ts`).
    /^$|out of memory|too big|too many|too large/,
    () => new SqlError('54000', 'the statement asks for more than a lab allows'),
  ],
];

/**
 * @param target table that the statement writes to; empty for a query
 * @returns an internal error with SQLite's own words for what is not known
 */
export function translateError(message: string, catalog: Catalog, target: string): SqlError {
  for (const [pattern, translate] of TRANSLATIONS) {
    const match = pattern.exec(message);
    if (match !== null) return translate(match, catalog, target);
  }
  return new SqlError('XX000', message);
}

/** `UNIQUE constraint failed: orders.customer, orders.day` */
function uniqueViolation(list: string, catalog: Catalog): SqlError {
  const places = list.split(', ');
  const table = places[0]!.slice(0, places[0]!.indexOf('.'));
  const columns = places.map((place) => place.slice(table.length + 1));
  const key = catalog.get(table)?.keys.find((entry) => entry.columns.join() === columns.join());
  const constraint = key?.name ?? `${table}_${columns.join('_')}_idx`;
  return new SqlError('23505', `duplicate key value violates unique constraint "${constraint}"`, { table, constraint });
}

function foreignKeyViolation(catalog: Catalog, target: string): SqlError {
  const own = catalog.get(target)?.foreignKeys ?? [];
  if (own.length > 0) {
    const constraint = own[0]!.name;
    const message = `insert or update on table "${target}" violates foreign key constraint "${constraint}"`;
    return new SqlError('23503', message, { table: target, constraint });
  }
  for (const { name, foreignKeys } of catalog.values()) {
    const key = foreignKeys.find(({ table }) => table === target);
    if (key === undefined) continue;
    const message = `update or delete on table "${target}" violates foreign key constraint "${key.name}" on table "${name}"`;
    return new SqlError('23503', message, { table: name, constraint: key.name });
  }
  return new SqlError('23503', `update or delete on table "${target}" violates foreign key constraint`, {
    table: target,
  });
}

function typeViolation(type: TypeName, name: string): SqlError {
  const { title } = TYPES[type];
  if (type === 'int2' || type === 'int4') return new SqlError('22003', `${title} out of range`, { column: name });
  return new SqlError('22P02', `invalid input syntax for type ${title}`, { column: name });
}
