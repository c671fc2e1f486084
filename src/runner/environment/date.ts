/** `Date` in virtual time and UTC: the same on every machine. */
import { WORLD_EPOCH_MS } from '../../simulation/world';
import { virtualNow } from './program-state';

const NativeDate = Date;

function now(): number {
  return WORLD_EPOCH_MS + Math.floor(virtualNow());
}

/** A date without a zone is local time, and local time is UTC here. */
function parse(text: unknown): number {
  const source = String(text);
  const hasTime = /\d:\d\d/.test(source);
  const hasZone = /(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*(?:\(.*\))?$/i.test(source);
  const isIso = /^[+-]?\d{4,6}-\d\d(?:-\d\d)?(?:T|$)/.test(source);
  if (hasZone || (isIso && !hasTime)) return NativeDate.parse(source);
  const utc = NativeDate.parse(isIso ? `${source}Z` : `${source} UTC`);
  return Number.isNaN(utc) ? NativeDate.parse(source) : utc;
}

function create(args: readonly unknown[]): Date {
  if (args.length === 0) return new NativeDate(now());
  if (args.length === 1) {
    const [value] = args;
    if (value instanceof NativeDate) return new NativeDate(value.getTime());
    return new NativeDate(typeof value === 'string' ? parse(value) : (value as number));
  }
  return new NativeDate(NativeDate.UTC(...(args as [number, number])));
}

interface SimDateConstructor {
  new (...args: unknown[]): Date;
  (): string;
  readonly prototype: Date;
}

/** Called as a function it gives the present as text, as `Date()` does. */
export const SimDate = function SimDate(this: unknown, ...args: unknown[]): unknown {
  if (new.target === undefined) return new NativeDate(now()).toUTCString();
  const date = create(args);
  if ((new.target as unknown) !== SimDate) Object.setPrototypeOf(date, (new.target as { prototype: object }).prototype);
  return date;
} as unknown as SimDateConstructor;

const define = (key: string, value: unknown): void => {
  Object.defineProperty(SimDate, key, { value, writable: false, enumerable: false, configurable: true });
};
define('name', 'Date');
define('now', now);
define('parse', parse);
define('UTC', NativeDate.UTC);
// A function's own `prototype` cannot be redefined, only set.
Object.defineProperty(SimDate, 'prototype', { value: NativeDate.prototype, writable: false });

/** Makes local time UTC for everybody, once, before programs are loaded. */
export function makeDatesUtc(): void {
  const prototype = NativeDate.prototype as unknown as Record<string, unknown>;
  for (const key of Object.getOwnPropertyNames(prototype)) {
    const local = key.replace('UTC', '');
    if (key.includes('UTC') && local in prototype) set(prototype, local, prototype[key]);
  }
  const { toISOString, toUTCString, getTime } = NativeDate.prototype;
  // "Thu, 01 Jan 2026 00:00:00 GMT" is always there; the other forms are made of it.
  const day = (date: Date): string => {
    const [weekday = '', dayOfMonth, month, year] = toUTCString.call(date).split(' ');
    return `${weekday.replace(',', '')} ${month} ${dayOfMonth} ${year}`;
  };
  const time = (date: Date): string => `${toISOString.call(date).slice(11, 19)} GMT+0000 (Coordinated Universal Time)`;
  const orInvalid = (show: (date: Date) => string) =>
    function (this: Date): string {
      return Number.isNaN(getTime.call(this)) ? 'Invalid Date' : show(this);
    };
  set(
    prototype,
    'toString',
    orInvalid((date) => `${day(date)} ${time(date)}`),
  );
  set(prototype, 'toDateString', orInvalid(day));
  set(prototype, 'toTimeString', orInvalid(time));
  // In Node's default locale, en-US.
  const toLocaleDate = orInvalid((date) => `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`);
  const toLocaleTime = orInvalid((date) => {
    const hours = date.getUTCHours();
    return `${hours % 12 || 12}:${toISOString.call(date).slice(14, 19)} ${hours < 12 ? 'AM' : 'PM'}`;
  });
  set(prototype, 'toLocaleDateString', toLocaleDate);
  set(prototype, 'toLocaleTimeString', toLocaleTime);
  set(
    prototype,
    'toLocaleString',
    orInvalid((date) => `${toLocaleDate.call(date)}, ${toLocaleTime.call(date)}`),
  );
  set(prototype, 'getTimezoneOffset', () => 0);
  set(prototype, 'constructor', SimDate);
}

function set(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: false, configurable: true });
}
