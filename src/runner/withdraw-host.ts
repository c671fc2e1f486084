/**
 * Takes the host's own objects off the global object: a worker's `fetch`, `postMessage`, `indexedDB` and the rest.
 * Compiled programs cannot name them anyway (see `compile/names.ts`); this is the second fence.
 */
import { LANGUAGE_NAMES } from './compile/names';

/** Names that the engine itself goes on using after the withdrawal. */
const KEPT: ReadonlySet<string> = new Set([
  'globalThis',
  'Date',
  'Math',
  'Function',
  'Promise',
  '__eo',
  '__eo_define',
  '__eo_database',
]);

export function withdrawHostObjects(): void {
  const root = globalThis as unknown as object;
  for (
    let object: object | null = root;
    object !== null && object !== Object.prototype;
    object = Object.getPrototypeOf(object) as object | null
  ) {
    for (const key of Reflect.ownKeys(object)) {
      if (typeof key !== 'string' || LANGUAGE_NAMES.has(key) || KEPT.has(key)) continue;
      // A few are not configurable; those stay behind the first fence.
      Reflect.deleteProperty(object, key);
    }
  }
}
