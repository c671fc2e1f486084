/** What a query resolves to, and the error it rejects with. */
import type { ReportedError, StatementResult } from '../protocol';
import { TYPES, type TypeName } from '../sql/types';
import { parseValue } from './values';

interface Field {
  readonly name: string;
  readonly tableID: number;
  readonly columnID: number;
  readonly dataTypeID: number;
  readonly dataTypeSize: number;
  readonly dataTypeModifier: number;
  readonly format: 'text';
}

export class Result {
  readonly command: string;
  readonly rowCount: number | null;
  readonly oid: number | null;
  readonly rows: unknown[];
  readonly fields: readonly Field[];

  constructor({ tag, rowCount, columns, rows }: StatementResult, isArrayMode: boolean) {
    // `pg` takes the first word of the command tag.
    this.command = tag.split(' ')[0]!;
    this.rowCount = rowCount;
    this.oid = tag === 'INSERT' ? 0 : null;
    this.fields = columns.map(({ name, type }, index) => fieldOf(name, type, rows[0]?.[index]));
    this.rows = rows.map((row) => {
      const values = row.map((value, index) => parseValue(value, columns[index]?.type ?? null));
      return isArrayMode ? values : Object.fromEntries(columns.map(({ name }, index) => [name, values[index]]));
    });
  }
}

function fieldOf(name: string, type: TypeName | null, sample: unknown): Field {
  const known = type ?? (typeof sample === 'number' ? (Number.isInteger(sample) ? 'int4' : 'float8') : 'text');
  return {
    name,
    tableID: 0,
    columnID: 0,
    dataTypeID: TYPES[known].oid,
    dataTypeSize: -1,
    dataTypeModifier: -1,
    format: 'text',
  };
}

/** An error that the database has answered with; its class is called `error`, as in `pg`. */
export class DatabaseError extends Error {
  readonly length: number;
  readonly severity = 'ERROR';
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly position: string | undefined;
  readonly schema: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly dataType: string | undefined;
  readonly constraint: string | undefined;

  constructor(message: string, length: number, name: string, report?: ReportedError) {
    super(message);
    Object.defineProperty(this, 'name', { value: name, writable: true, enumerable: true, configurable: true });
    this.length = length;
    this.code = report?.code;
    this.detail = report?.detail;
    this.hint = report?.hint;
    this.position = report?.position;
    this.schema = report?.table === undefined ? undefined : 'public';
    this.table = report?.table;
    this.column = report?.column;
    this.dataType = report?.dataType;
    this.constraint = report?.constraint;
  }
}

export function databaseError(report: ReportedError): DatabaseError {
  return new DatabaseError(report.message, report.message.length + 60, 'error', report);
}
