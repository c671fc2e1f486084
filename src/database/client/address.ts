/** Where a client connects to: its configuration, a connection string, or `PGHOST` and the rest. */
import { currentState } from './ports';

export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEFAULT_PORT = 5432;

interface Settings {
  readonly connectionString?: unknown;
  readonly host?: unknown;
  readonly port?: unknown;
}

/** @param config what a program gives to `new Client` or `new Pool`; a text is a connection string */
export function addressOf(config: unknown): Address {
  const { env } = currentState().ports;
  const settings: Settings = typeof config === 'string' ? { connectionString: config } : ((config ?? {}) as Settings);
  const { connectionString } = settings;
  if (typeof connectionString === 'string') return parseConnectionString(connectionString);
  const host = settings.host ?? env['PGHOST'] ?? 'localhost';
  const port = Number(settings.port ?? env['PGPORT'] ?? DEFAULT_PORT);
  return { host: String(host), port };
}

function parseConnectionString(text: string): Address {
  const match = /^postgres(?:ql)?:\/\/(?:[^@/]*@)?([^:/?]*)(?::(\d+))?(?:[/?].*)?$/.exec(text.trim());
  if (match === null) throw withCode(new TypeError('Invalid URL'), 'ERR_INVALID_URL');
  return { host: match[1] || 'localhost', port: match[2] === undefined ? DEFAULT_PORT : Number(match[2]) };
}

/** What Node says when nothing answers at an address. */
export function unreachable({ host, port }: Address): Error {
  return /^(localhost|127\.|::1)/.test(host)
    ? withCode(new Error(`connect ECONNREFUSED 127.0.0.1:${port}`), 'ECONNREFUSED')
    : withCode(new Error(`getaddrinfo ENOTFOUND ${host}`), 'ENOTFOUND');
}

function withCode<E extends Error>(error: E, code: string): E {
  return Object.assign(error, { code });
}
