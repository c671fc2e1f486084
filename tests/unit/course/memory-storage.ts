import type { Store, Storage } from '../../../src/course/storage';

/** A storage that two "tabs" of a test can share. */
export function memoryStorage(): Storage {
  const values = new Map<string, unknown>();
  const key = (collection: Store, lab: string): string => `${collection}/${lab}`;
  return {
    read: (collection, lab) => Promise.resolve(values.get(key(collection, lab))),
    readAll: (collection) =>
      Promise.resolve([...values].filter(([name]) => name.startsWith(`${collection}/`)).map(([, value]) => value)),
    update: (collection, lab, decide) => {
      const decided = decide(values.get(key(collection, lab)));
      if (decided !== undefined) values.set(key(collection, lab), structuredClone(decided));
      return Promise.resolve();
    },
  };
}
