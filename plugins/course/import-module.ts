import { pathToFileURL } from 'node:url';

/** Imports a module by its path, which is only known at run time. */
export async function importModule<Exports extends object>(file: string): Promise<Exports> {
  const module = (await import(pathToFileURL(file).href)) as Exports & { default?: unknown };
  // A .ts file of this package is CommonJS to Node, which hands all its exports over as one default.
  const inner = module.default;
  const isWrapped = typeof inner === 'object' && inner !== null && '__esModule' in inner;
  return isWrapped ? (inner as unknown as Exports) : module;
}
