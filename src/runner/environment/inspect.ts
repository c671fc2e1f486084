/** Values as `console.log` shows them in Node, in small. Getters are not called, and no value can make it throw. */
import { Buffer } from 'buffer';
import { SimPromise } from '../../simulation/sim-promise';

const MAX_DEPTH = 3;
const MAX_ITEMS = 100;
const MAX_TEXT = 10_000;
const LINE_WIDTH = 72;

/** A value on its own or within another one: strings are quoted. */
export function inspect(value: unknown): string {
  try {
    return cut(new Inspection().show(value, 0));
  } catch {
    // A proxy whose traps throw.
    return '[value that cannot be shown]';
  }
}

/** The arguments of `console.log` as one text. */
export function format(args: readonly unknown[]): string {
  const [first, ...others] = args;
  if (typeof first !== 'string') return cut(args.map(shown).join(' '));
  let next = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
    if (mark === '%%') return '%';
    if (next >= others.length) return mark;
    return substitute(mark, others[next++]);
  });
  return cut([text, ...others.slice(next).map(shown)].join(' '));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

function substitute(mark: string, value: unknown): string {
  switch (mark) {
    case '%s':
      return shown(value);
    case '%d':
      return typeof value === 'object' ? 'NaN' : inspectNumber(Number(value));
    case '%i':
      return typeof value === 'object' ? 'NaN' : inspectNumber(Math.trunc(Number(value)));
    case '%f':
      return typeof value === 'object' ? 'NaN' : inspectNumber(Number(value));
    case '%c':
      return '';
    default:
      return inspect(value);
  }
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}… ${text.length - MAX_TEXT} more characters`;
}

function inspectNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

class Inspection {
  private readonly path: object[] = [];
  private length = 0;

  show(value: unknown, depth: number): string {
    const text = this.any(value, depth);
    this.length += text.length;
    return text;
  }

  private any(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return quote(value);
      case 'number':
        return inspectNumber(value);
      case 'bigint':
        return `${value}n`;
      case 'symbol':
        return value.toString();
      case 'function':
        return functionName(value);
      case 'object':
        return value === null ? 'null' : this.object(value, depth);
      default:
        return String(value);
    }
  }

  private object(value: object, depth: number): string {
    if (this.path.includes(value)) return '[Circular *1]';
    if (value instanceof Error) return errorText(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
    if (value instanceof SimPromise) return 'Promise { … }';
    if (Buffer.isBuffer(value)) return bufferText(value);
    const name = constructorName(value);
    if (depth > MAX_DEPTH - 1 || this.length > MAX_TEXT)
      return Array.isArray(value) ? '[Array]' : `[${name ?? 'Object'}]`;
    this.path.push(value);
    const text = this.members(value, name, depth + 1);
    this.path.pop();
    return text;
  }

  private members(value: object, name: string | null, depth: number): string {
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const list = value as unknown as ArrayLike<unknown>;
      const items = Array.from({ length: Math.min(list.length, MAX_ITEMS) }, (_, i) => this.show(list[i], depth));
      const prefix = name === null || name === 'Array' ? '' : `${name}(${list.length}) `;
      return `${prefix}${enclose('[', withRest(items, list.length), ']')}`;
    }
    if (value instanceof Map) {
      const entries = [...value]
        .slice(0, MAX_ITEMS)
        .map(([key, item]) => `${this.show(key, depth)} => ${this.show(item, depth)}`);
      return `${name ?? 'Map'}(${value.size}) ${enclose('{', withRest(entries, value.size), '}')}`;
    }
    if (value instanceof Set) {
      const items = [...value].slice(0, MAX_ITEMS).map((item) => this.show(item, depth));
      return `${name ?? 'Set'}(${value.size}) ${enclose('{', withRest(items, value.size), '}')}`;
    }
    const prefix = name === null ? '[Object: null prototype] ' : name === 'Object' ? '' : `${name} `;
    return `${prefix}${enclose('{', this.properties(value, depth), '}')}`;
  }

  private properties(value: object, depth: number): string[] {
    const keys = Object.keys(value);
    const properties = keys.slice(0, MAX_ITEMS).map((key) => {
      const shownKey = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
      const property = Object.getOwnPropertyDescriptor(value, key);
      const isAccessor = property !== undefined && (property.get !== undefined || property.set !== undefined);
      return `${shownKey}: ${isAccessor ? '[Getter]' : this.show(property?.value, depth)}`;
    });
    return withRest(properties, keys.length);
  }
}

function withRest(items: string[], count: number): string[] {
  return count > items.length ? [...items, `... ${count - items.length} more items`] : items;
}

function enclose(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return open + close;
  const line = items.join(', ');
  if (line.length <= LINE_WIDTH && !line.includes('\n')) return `${open} ${line} ${close}`;
  return `${open}\n  ${items.join(',\n').replace(/\n/g, '\n  ')}\n${close}`;
}

function quote(text: string): string {
  if (!text.includes("'")) return `'${escape(text)}'`;
  return text.includes('"') ? `'${escape(text).replace(/'/g, "\\'")}'` : `"${escape(text)}"`;
}

function escape(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');
}

function dataProperty(value: object, key: string): unknown {
  for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    const property = Object.getOwnPropertyDescriptor(at, key);
    if (property === undefined) continue;
    // Prototypes of the language carry accessors that stand for data (see `lockdown.ts`); a program's own are not called.
    return property.get === undefined
      ? property.value
      : at === value
        ? undefined
        : (Reflect.get(at, key, value) as unknown);
  }
  return undefined;
}

function errorText(error: Error): string {
  const name = dataProperty(error, 'name');
  const message = dataProperty(error, 'message');
  const head = typeof name === 'string' ? name : 'Error';
  const own = Object.keys(error).filter((key) => key !== 'name' && key !== 'message' && key !== 'stack');
  const text = typeof message === 'string' && message !== '' ? `${head}: ${message}` : head;
  const extra = own.slice(0, 10).map((key) => {
    const value = Object.getOwnPropertyDescriptor(error, key)?.value as unknown;
    return `${key}: ${typeof value === 'object' && value !== null ? '[Object]' : new Inspection().show(value, MAX_DEPTH)}`;
  });
  return extra.length === 0 ? text : `${text} { ${extra.join(', ')} }`;
}

function functionName(value: object): string {
  const name = Object.getOwnPropertyDescriptor(value, 'name')?.value as unknown;
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  const label = typeof name === 'string' && name !== '' ? name : '(anonymous)';
  return isClass ? `[class ${label}]` : label === '(anonymous)' ? '[Function (anonymous)]' : `[Function: ${label}]`;
}

function constructorName(value: object): string | null {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return null;
  const constructor = dataProperty(prototype, 'constructor');
  if (typeof constructor !== 'function') return 'Object';
  const name = Object.getOwnPropertyDescriptor(constructor, 'name')?.value as unknown;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

function bufferText(value: Uint8Array): string {
  const bytes = [...value.subarray(0, 50)].map((byte) => byte.toString(16).padStart(2, '0'));
  const rest = value.length > 50 ? ` ... ${value.length - 50} more bytes` : '';
  return `<Buffer${bytes.length === 0 ? '' : ' '}${bytes.join(' ')}${rest}>`;
}
