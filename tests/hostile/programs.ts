/**
 * Programs that mean harm, or go wrong badly, and what their verdicts have to say. Used in Node and in the page.
 * Line numbers count from the program's first line.
 */
import type { Diagnosis } from '../../src/grader/verdict';

export interface HostileProgram {
  readonly name: string;
  readonly source: string;
  readonly kind: Diagnosis['kind'];
  readonly line?: number;
  readonly column?: number;
  readonly message?: RegExp;
  /** Takes until the watchdog or the heap limit ends it. */
  readonly isSlow?: boolean;
}

/** A consumer whose handler is `body`, which begins in line 7. */
export function consumerWith(body: string): string {
  return `import { KafkaJS } from '@confluentinc/kafka-javascript';
const kafka = new KafkaJS.Kafka({ kafkaJS: { brokers: ['kafka:9092'] } });
const consumer = kafka.consumer({ kafkaJS: { groupId: 'hostile', fromBeginning: true } });
await consumer.connect();
await consumer.subscribe({ topics: ['readings'] });
await consumer.run({ eachMessage: async ({ message }) => {
${body}
} });
`;
}

export const HOSTILE: readonly HostileProgram[] = [
  {
    name: 'an endless loop',
    source: consumerWith('  const x = { go: true };\n  while (x.go);'),
    kind: 'endless-loop',
    line: 8,
  },
  {
    name: 'an endless loop that catches everything',
    source: 'for (;;) {\n  try { for (;;); } catch {} finally { continue; }\n}',
    kind: 'endless-loop',
    line: 2,
  },
  {
    name: 'an endless loop of calls only',
    source: 'function f(): void {}\nconst g = () => { for (;;) f(); };\ng();',
    kind: 'endless-loop',
  },
  {
    name: 'an endless chain of microtasks',
    source: 'async function spin(): Promise<void> {\n  for (;;) await null;\n}\nawait spin();',
    kind: 'endless-microtasks',
  },
  {
    name: 'a chain of thens without end',
    source: 'const again = (): unknown => Promise.resolve().then(again);\nawait again();',
    kind: 'endless-microtasks',
  },
  {
    name: 'a chain of nextTicks without end',
    source: 'const again = (): void => process.nextTick(again);\nagain();',
    kind: 'endless-microtasks',
  },
  {
    name: 'a promise that never settles',
    source: consumerWith('  await new Promise(() => {});'),
    kind: 'never-settles',
  },
  {
    name: 'a thrown non-error',
    source: '\nthrow "just text";',
    kind: 'thrown-non-error',
    line: 2,
    message: /just text/,
  },
  {
    name: 'a thrown proxy',
    source: 'throw new Proxy({}, { get() { throw new Error("trap"); }, getPrototypeOf() { throw 1; } });',
    kind: 'thrown-non-error',
  },
  {
    name: 'an error with a hostile message',
    source:
      'class E extends Error { get message() { throw 1; } get name() { return { toString() { throw 2; } } as never; } }\nthrow new E();',
    kind: 'top-level-throw',
    line: 2,
  },
  {
    name: 'an error with an endless message',
    source: 'throw new Error("x".repeat(1e6));',
    kind: 'top-level-throw',
    line: 1,
  },
  {
    name: 'a throw at the top',
    source: 'const a = 1;\n\nthrow new TypeError(`broken ${a}`);',
    kind: 'top-level-throw',
    line: 3,
    message: /TypeError: broken 1/,
  },
  {
    name: 'an unhandled rejection',
    source:
      'setInterval(() => {}, 1000);\nvoid (async () => {\n  await null;\n  throw new Error("nobody listens");\n})();',
    kind: 'unhandled-rejection',
    line: 4,
    message: /nobody listens/,
  },
  {
    name: 'an import of something absent',
    source: 'import fs from "fs";\nconsole.log(fs.readFileSync("/etc/passwd"));',
    kind: 'missing-module',
    line: 1,
    message: /Cannot find module 'fs'/,
  },
  {
    name: 'a client that is not here yet',
    source: '\nimport { Kafka } from "kafkajs";\nnew Kafka();',
    kind: 'missing-module',
    line: 2,
    message: /kafkajs.*not available here yet/,
  },
  { name: 'a syntax error', source: 'const a = 1;\nconst b = (a + ;', kind: 'syntax-error', line: 2, column: 16 },
  {
    name: 'a flood of output',
    source: 'let i = 0;\nwhile (i++ < 1e9)\n  console.log("flood");',
    kind: 'output-flood',
    line: 3,
  },
  {
    name: 'a flood of one line',
    source:
      'console.log("x".repeat(9000), "y".repeat(1e6));\nfor (let i = 0; i < 100; i++) console.log("x".repeat(9000));',
    kind: 'output-flood',
    line: 2,
  },
  { name: 'a name of the compiler', source: '__eo_define([], () => {});', kind: 'forbidden', line: 1 },
  {
    name: 'a way out of the wrapper',
    source: '} }); globalThis.x = 1; (function () { { {',
    kind: 'syntax-error',
    line: 1,
  },
  {
    name: 'recursion without end',
    source: 'function f(): number {\n  return f() + 1;\n}\nf();',
    kind: 'top-level-throw',
    message: /RangeError: Maximum call stack size exceeded/,
  },
  {
    name: 'a giant array',
    source: 'const a = new Uint8Array(4e9);\na.fill(1);',
    kind: 'top-level-throw',
    line: 1,
    message: /out of memory/,
  },
  {
    name: 'many large arrays',
    source: 'const all = [];\nfor (;;) all.push(new Float64Array(1e6).fill(1));',
    kind: 'top-level-throw',
    line: 2,
    message: /out of memory/,
  },
  {
    name: 'a giant text',
    source: 'const s = "x".repeat(5e8);',
    kind: 'top-level-throw',
    line: 1,
    message: /out of memory/,
  },
  {
    name: 'arrays without end',
    source: 'const all: unknown[] = [];\nfor (;;) all.push(new Array(5000).fill(all.length));',
    kind: 'endless-loop',
    line: 2,
  },
  {
    name: 'an array that doubles',
    source: 'let all = [1];\nfor (;;) all = [...all, ...all];',
    kind: 'endless-loop',
    line: 2,
  },
  {
    name: 'an array that doubles by a method',
    source: 'let all = [1];\nfor (;;) all = all.concat(all);',
    kind: 'endless-loop',
    line: 2,
  },
  {
    name: 'texts without end, each longer than the last',
    source:
      'let text = "ab";\nconst all: string[] = [];\nfor (;;) {\n  text += text.slice(0, 1000) + Math.random();\n  all.push(text + "x");\n}',
    kind: 'endless-loop',
  },
  {
    name: 'texts that double and are looked into',
    source:
      'const all: string[] = [];\nfor (;;) {\n  let text = String(all.length);\n  for (let n = 0; n < 20; n += 1) text += text;\n  if (text[1] !== "x") all.push(text);\n}',
    kind: 'endless-loop',
  },
  {
    name: 'texts in pieces without end',
    source: 'const text = "ab".repeat(1_000_000);\nconst all: unknown[] = [];\nfor (;;) all.push(text?.split(""));',
    kind: 'endless-loop',
    line: 3,
  },
  {
    name: 'objects without end',
    source:
      'const entries = Object.fromEntries(Array.from({ length: 5000 }, (_none, n) => [n, n]));\nconst all: unknown[] = [];\nfor (;;) all.push(Object.entries(entries));',
    kind: 'out-of-memory',
  },
  {
    name: 'a regular expression that takes for ever',
    source: 'console.log(/^(a+)+$/.test("a".repeat(60) + "b"));',
    kind: 'not-responding',
    isSlow: true,
  },
];

/**
 * Ways to what is none of a program's business. Each program throws `escaped: …` when its way leads somewhere, and ends
 * by itself when it does not.
 */
const PROBE_HEAD = `const found = (what: string): never => { throw new Error('escaped: ' + what); };
const attempt = (work: () => unknown): unknown => { try { return work(); } catch { return undefined; } };
`;

function probe(body: string): string {
  return `${PROBE_HEAD}${body}\nthrow new Error('held');`;
}

export const ESCAPES: Readonly<Record<string, string>> = {
  'constructor.constructor of everything': probe(`
const values: unknown[] = [() => 1, async () => 1, function* () {}, async function* () {}, class {}, [], {}, 'x', 1, new Error(), console.log, fetch,
  setTimeout, Promise, Promise.resolve(1), process, process.on, Date, URL, Buffer, Buffer.from('x'), new AbortController().signal, /x/, Symbol, Math, JSON,
  new Proxy(() => 1, {}), Object.getOwnPropertyDescriptor(Object.prototype, '__proto__')!.get, structuredClone, new URL('http://a/b'), require];
for (const value of values) {
  for (const code of ['return this', 'return process', 'return globalThis']) {
    const made = attempt(() => (value as any).constructor.constructor(code)());
    if (made) found('constructor.constructor of ' + String(value));
    const direct = attempt(() => (value as any).constructor(code)());
    if (typeof direct === 'object' && direct !== null && 'Array' in (direct as object)) found('constructor of ' + String(value));
    const chained = attempt(() => Object.getPrototypeOf(value as object).constructor.constructor(code)());
    if (chained) found('prototype of ' + String(value));
  }
}`),
  'this, eval and Function': probe(`
if (attempt(() => (function (this: unknown) { return this; })())) found('this');
if (attempt(() => (0, eval)('1'))) found('eval');
if (attempt(() => new Function('return 1')())) found('Function');
if (attempt(() => Reflect.construct(Function, ['return 1'])())) found('Reflect.construct');
if (attempt(() => (setTimeout as any)('1', 0))) found('setTimeout of text');
if (attempt(() => [].sort.call.constructor('return 1')())) found('call');
[1, 2].sort(function (this: unknown) { if (this) found('this of a comparator'); return 0; });
[1].map(function (this: unknown) { if (this) found('this of a callback'); });
'x'.replace(/x/, function (this: unknown) { if (this) found('this of a replacer'); return ''; } as never);
JSON.parse('{"a":1}', function (this: any, k) { if (k === '' && 'Array' in this) found('this of a reviver'); });`),
  'the this of shared functions': probe(`
const seen = new Set<unknown>();
const look = (value: any, depth: number): void => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value) || depth > 4) return;
  seen.add(value);
  if (typeof value === 'function') {
    for (const self of [undefined, null]) {
      const got: any = attempt(() => value.call(self));
      if (got && typeof got === 'object' && attempt(() => 'parseInt' in got)) found('the global object by ' + value.name);
    }
  }
  for (const key of Reflect.ownKeys(value)) {
    const property = attempt(() => Object.getOwnPropertyDescriptor(value, key)) as PropertyDescriptor | undefined;
    if (property) for (const next of [property.value, property.get, property.set]) look(next, depth + 1);
  }
  look(attempt(() => Object.getPrototypeOf(value)), depth + 1);
};
for (const name of ['exit', 'abort']) seen.add((process as any)[name]);
const roots = [Object, Array, Promise, Date, URL, URLSearchParams, Buffer, fetch, Headers, Response, Request, AbortController, AbortSignal, setTimeout, setTimeout(() => {}, 1), crypto, performance, structuredClone,
  Event, EventTarget, TextEncoder, TextDecoder, process, WeakRef, queueMicrotask, String, Number, RegExp, Symbol, Map, Set, Reflect, JSON, Math, (async function* () {})(), require('events'), require('util'), require('crypto')];
for (const root of roots) look(root, 0);`),
  'errors and their stacks': probe(`
let leaked: any;
attempt(() => { (Error as any).prepareStackTrace = (_: unknown, sites: any[]) => { leaked = sites; return ''; }; });
attempt(() => { Object.defineProperty(Error, 'prepareStackTrace', { value: (_: unknown, sites: any[]) => { leaked = sites; } }); });
attempt(() => { (Object.prototype as any).prepareStackTrace = (_: unknown, sites: any[]) => { leaked = sites; }; });
void attempt(() => new Error('x').stack);
const holder: any = {}; attempt(() => (Error as any).captureStackTrace(holder)); void holder.stack;
if (leaked) found('prepareStackTrace');
function deep(): never { return deep(); }
for (const fail of [() => deep(), () => null!.x, () => new Array(-1), () => JSON.parse('{'), () => structuredClone(() => 1), () => new URL('x'), () => (fetch as any)(Symbol()), () => Buffer.alloc(-1), () => 1n + (1 as any), () => Symbol() + '']) {
  try { fail(); } catch (error: any) {
    const out = attempt(() => error.constructor.constructor('return process')());
    if (out) found('error ' + error.message);
    if (!(error instanceof Error)) found('an error of another realm: ' + error);
  }
}`),
  'dynamic import': probe(`
for (const name of ['fs', 'node:fs', 'child_process', 'net', 'worker_threads', 'vm', 'module', 'node:process', '/etc/passwd', 'data:text/javascript,export default 1', 'file:///etc/passwd', 'https://example.com/x.js']) {
  const got: any = await import(name).catch((error: any) => { if (attempt(() => error.constructor.constructor('return process')())) found('error of import'); return null; });
  if (got && name !== 'node:process') found(name);
  if (got && (got.default.binding || got.default.mainModule || got.default.dlopen)) found('the real process');
}`),
  'the environment and the process': probe(`
if (Object.keys(process.env).some((key) => !/^(KAFKA_BROKERS|[A-Z]+_URL)$/.test(key))) found('env ' + Object.keys(process.env));
for (const key of ['binding', 'dlopen', 'mainModule', '_linkedBinding', 'getBuiltinModule', 'openStdin', 'report']) if ((process as any)[key]) found(key);
if (attempt(() => (process as any).kill(1))) found('kill');`),
  'storage, network and the page': probe(`
for (const [name, get] of Object.entries({ self: () => self, window: () => window, parent: () => parent, top: () => top, postMessage: () => postMessage, indexedDB: () => indexedDB,
  caches: () => caches, localStorage: () => localStorage, XMLHttpRequest: () => XMLHttpRequest, WebSocket: () => WebSocket, Worker: () => Worker, importScripts: () => importScripts,
  BroadcastChannel: () => BroadcastChannel, SharedArrayBuffer: () => SharedArrayBuffer, Atomics: () => Atomics, WebAssembly: () => WebAssembly, navigator: () => navigator, location: () => location, document: () => document })) {
  if (attempt(get as () => unknown) !== undefined) found(name);
  if ((globalThis as any)[name] !== undefined) found('globalThis.' + name);
}
function shadow() { const self = 1, parent = 2, name = 3, WebAssembly = 4; return [self, parent, name, WebAssembly]; }
shadow();
for (const address of ['http://127.0.0.1:CANARY_PORT/', 'http://localhost:CANARY_PORT/', 'https://example.com/', 'file:///etc/passwd', 'data:text/plain,x', 'blob:null/x'])
  await fetch(address).then(() => found(address), (error: Error) => { if (error.name !== 'TypeError') found(error.name); });`),
  'frozen surroundings': probe(`
const targets: unknown[] = [Object, Object.prototype, Array.prototype, Function.prototype, Promise, Promise.prototype, Map.prototype, Date, Date.prototype, Math, JSON, Reflect, RegExp, Error, Error.prototype,
  TypeError.prototype, fetch, setTimeout, setTimeout(() => {}, 1), console.log, crypto, performance, URL, URL.prototype, Buffer, Buffer.prototype, AbortSignal.prototype, Headers.prototype, Response.prototype,
  Object.getPrototypeOf((async function* () {})()), Object.getPrototypeOf(function* () {}), Object.getPrototypeOf([][Symbol.iterator]()), Symbol, Symbol.prototype, Uint8Array, Uint8Array.prototype, Object.getPrototypeOf(Uint8Array), process.on === process.on && process.nextTick, structuredClone, process.hrtime];
for (const target of targets) {
  const proto = typeof target === 'object' && target !== null && !Object.isFrozen(target) ? Object.getPrototypeOf(target) : target;
  attempt(() => { (proto as any).smuggled = 1; });
  if ((proto as any).smuggled) found('changed ' + String(target));
  const list = [proto, (proto as any).prototype, (proto as any).constructor].filter(Boolean);
  for (const item of list) for (const key of Reflect.ownKeys(item)) {
    const property = Object.getOwnPropertyDescriptor(item, key)!;
    if (property.configurable || property.writable) found('changeable ' + String(target) + ' ' + String(key));
  }
}
/(a)/.exec('a'); if ((RegExp as any).$1) found('RegExp.$1');`),
};
