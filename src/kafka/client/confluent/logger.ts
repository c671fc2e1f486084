/** Where a client's own messages go: the console, or the program's `logger`. */
import type { ConfluentPorts, LogLevelName } from './ports';

export interface LoggerLike {
  error(message: string, extra?: object): void;
  warn(message: string, extra?: object): void;
  info(message: string, extra?: object): void;
  debug(message: string, extra?: object): void;
  namespace(): LoggerLike;
  setLogLevel(level: number): void;
}

const RANKS: Readonly<Record<LogLevelName, number>> = { error: 1, warn: 2, info: 3, debug: 4 };

export class ClientLogger implements LoggerLike {
  constructor(
    private readonly ports: ConfluentPorts,
    private readonly custom: LoggerLike | undefined,
    private level: number,
  ) {
    custom?.setLogLevel(level);
  }

  error(message: string, extra?: object): void {
    this.write('error', message, extra);
  }

  warn(message: string, extra?: object): void {
    this.write('warn', message, extra);
  }

  info(message: string, extra?: object): void {
    this.write('info', message, extra);
  }

  debug(message: string, extra?: object): void {
    this.write('debug', message, extra);
  }

  namespace(): LoggerLike {
    return this;
  }

  setLogLevel(level: number): void {
    this.level = level;
  }

  /** What `client.logger()` gives. */
  get shown(): LoggerLike {
    return this.custom ?? this;
  }

  private write(name: LogLevelName, message: string, extra: object | undefined): void {
    if (this.custom !== undefined) this.custom[name](message, extra ?? { fac: 'BINDING' });
    else if (RANKS[name] <= this.level) this.ports.logger(name, message);
  }
}
