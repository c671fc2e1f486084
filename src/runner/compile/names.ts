/**
 * Which names a program may use without declaring them, and where each comes from.
 *
 * A program never reaches the real global object: a name that it does not declare is either one of the language's own
 * (frozen, see `lockdown.ts`), or one that the environment supplies, or it does not exist.
 */

/** Names of the language itself that hold nothing a program could change and know neither time nor chance. */
export const LANGUAGE_NAMES: ReadonlySet<string> = new Set([
  'undefined',
  'NaN',
  'Infinity',
  'Object',
  'Array',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'JSON',
  'Reflect',
  'Proxy',
  'Symbol',
  'String',
  'Number',
  'Boolean',
  'BigInt',
  'RegExp',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
  'ArrayBuffer',
  'DataView',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'decodeURIComponent',
  'encodeURI',
  'decodeURI',
  'escape',
  'unescape',
]);

/** Of these, the ones that are values like any other; `undefined`, `NaN` and `Infinity` are as good as literals. */
export const LANGUAGE_OBJECTS: readonly string[] = [...LANGUAGE_NAMES].filter(
  (name) => !['undefined', 'NaN', 'Infinity'].includes(name),
);

/** Names that `runner/environment` supplies, as Node has them. */
export const SUPPLIED_NAMES = [
  'console',
  'process',
  'Promise',
  'Date',
  'Math',
  'Function',
  'WeakRef',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'structuredClone',
  'performance',
  'crypto',
  'fetch',
  'Request',
  'Response',
  'Headers',
  'AbortController',
  'AbortSignal',
  'DOMException',
  'Event',
  'EventTarget',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'Buffer',
  'atob',
  'btoa',
  'globalThis',
  'global',
] as const;

export type SuppliedName = (typeof SUPPLIED_NAMES)[number];

const suppliedNames: ReadonlySet<string> = new Set(SUPPLIED_NAMES);

export function isSupplied(name: string): name is SuppliedName {
  return suppliedNames.has(name);
}

/**
 * Names of hosts, or of the language but withheld, that a program may also declare for itself somewhere. Where it does,
 * its other uses of the name must still not reach the real one.
 */
export const WITHHELD_NAMES: ReadonlySet<string> = new Set([
  'eval',
  'Intl',
  'Atomics',
  'SharedArrayBuffer',
  'WebAssembly',
  'FinalizationRegistry',
  'Iterator',
  'self',
  'window',
  'document',
  'frames',
  'parent',
  'top',
  'location',
  'navigator',
  'origin',
  'name',
  'status',
  'close',
  'open',
  'stop',
  'postMessage',
  'onmessage',
  'onerror',
  'importScripts',
  'caches',
  'indexedDB',
  'localStorage',
  'sessionStorage',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'Worker',
  'SharedWorker',
  'MessageChannel',
  'MessagePort',
  'BroadcastChannel',
  'Blob',
  'File',
  'FileReader',
  'scheduler',
  'reportError',
  'requestAnimationFrame',
  'createImageBitmap',
]);

/** Names of the compiler's own; a program must not use them. */
export const RESERVED_PREFIX = '__eo_';
