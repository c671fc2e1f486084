/** The module `pg` as programs of labs import it; shown to the editor only. */
export const pgTypes = `
declare module 'pg' {
  export interface QueryResult<R = any> {
    readonly command: string;
    /** Rows given or changed; null where there is no number. */
    readonly rowCount: number | null;
    readonly rows: R[];
    readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  }
  export interface QueryConfig {
    text: string;
    values?: readonly unknown[];
    name?: string;
    rowMode?: 'array';
  }
  export interface ClientConfig {
    connectionString?: string;
    host?: string;
    port?: number;
    user?: string;
    password?: string;
    database?: string;
    application_name?: string;
    connectionTimeoutMillis?: number;
  }
  export interface PoolConfig extends ClientConfig {
    max?: number;
    /** 10 s unless told; 0 keeps idle clients. */
    idleTimeoutMillis?: number;
  }
  interface Queryable {
    /** Parameters are $1, $2 …; a text without values may hold several statements. */
    query<R = any>(text: string, values?: readonly unknown[]): Promise<QueryResult<R>>;
    query<R = any>(config: QueryConfig): Promise<QueryResult<R>>;
  }
  interface Emitter {
    /** An error that nobody listens for ends the process. */
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: string, listener: (...args: any[]) => void): this;
    once(event: string, listener: (...args: any[]) => void): this;
    off(event: string, listener: (...args: any[]) => void): this;
    removeListener(event: string, listener: (...args: any[]) => void): this;
  }
  /** One connection. A transaction belongs to it. */
  export class Client implements Queryable, Emitter {
    constructor(config?: string | ClientConfig);
    connect(): Promise<Client>;
    end(): Promise<void>;
    query: Queryable['query'];
    on: Emitter['on'];
    once: Emitter['once'];
    off: Emitter['off'];
    removeListener: Emitter['removeListener'];
  }
  export interface PoolClient extends Client {
    /** Back to the pool; with an error, or true, the connection is closed. */
    release(error?: Error | boolean): void;
  }
  export class Pool implements Queryable, Emitter {
    constructor(config?: PoolConfig);
    readonly totalCount: number;
    readonly idleCount: number;
    readonly waitingCount: number;
    /** Lends a client, for a transaction. */
    connect(): Promise<PoolClient>;
    end(): Promise<void>;
    query: Queryable['query'];
    on: Emitter['on'];
    once: Emitter['once'];
    off: Emitter['off'];
    removeListener: Emitter['removeListener'];
  }
  /** What the database has answered; code is an SQLSTATE such as 23505. */
  export class DatabaseError extends Error {
    readonly code: string | undefined;
    readonly detail: string | undefined;
    readonly hint: string | undefined;
    readonly table: string | undefined;
    readonly column: string | undefined;
    readonly constraint: string | undefined;
  }
  export function escapeIdentifier(text: string): string;
  export function escapeLiteral(text: string): string;
  const pg: {
    Client: typeof Client;
    Pool: typeof Pool;
    DatabaseError: typeof DatabaseError;
  };
  namespace pg {
    type Client = import('pg').Client;
    type Pool = import('pg').Pool;
    type PoolClient = import('pg').PoolClient;
    type DatabaseError = import('pg').DatabaseError;
    type QueryResult<R = any> = import('pg').QueryResult<R>;
  }
  export default pg;
}
`;
