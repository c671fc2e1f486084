/**
 * The browser's database, as the few operations that drafts and progress need, with failures told apart by what the
 * learner can do about them.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** `full`: no room. `blocked`: the browser does not let the page store. `corrupt`: what is stored cannot be read. */
export type StorageProblem = 'full' | 'blocked' | 'corrupt';

export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly problem: StorageProblem;

  constructor(problem: StorageProblem, cause: unknown) {
    super(`The browser's storage failed: ${problem}`, { cause });
    this.problem = problem;
  }
}

/** One record a lab in the first three, one a question in `checks`. */
export const COLLECTIONS = ['drafts', 'progress', 'attempts', 'checks'] as const;

/** What is no part of the progress, and of no progress file: the run of the playground. */
const OTHERS = ['playground'] as const;

export type Collection = (typeof COLLECTIONS)[number];

export type Store = Collection | (typeof OTHERS)[number];

/** Values come back as they were stored, which may be by an older page. */
export interface Storage {
  read(collection: Store, key: string): Promise<unknown>;
  readAll(collection: Store): Promise<readonly unknown[]>;
  /**
   * Reads, decides and writes in one transaction, so that two tabs cannot both act on the same old value.
   * `decide` answers with the new value, or undefined to leave the old one.
   */
  update(collection: Store, key: string, decide: (old: unknown) => unknown): Promise<void>;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: unknown };
  progress: { key: string; value: unknown };
  attempts: { key: string; value: unknown };
  checks: { key: string; value: unknown };
  playground: { key: string; value: unknown };
}

const databaseName = 'exactly-once';
const databaseVersion = 3;

/** Opens on first use; a connection that the browser closed is opened again by the next call. */
export function browserStorage(): Storage {
  let connection: Promise<IDBPDatabase<Schema>> | null = null;
  const forget = (): void => {
    connection = null;
  };
  const run = async <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> => {
    try {
      connection ??= open(forget);
      return await work(await connection);
    } catch (error) {
      forget();
      throw new StorageError(problemOf(error), error);
    }
  };
  return {
    read: (collection, key) => run((database) => database.get(collection, key)),
    readAll: (collection) => run((database) => database.getAll(collection)),
    update: (collection, key, decide) =>
      run(async (database) => {
        const transaction = database.transaction(collection, 'readwrite');
        const decided = decide(await transaction.store.get(key));
        if (decided !== undefined) await transaction.store.put(decided, key);
        await transaction.done;
      }),
  };
}

function open(forget: () => void): Promise<IDBPDatabase<Schema>> {
  if (typeof indexedDB === 'undefined') return Promise.reject(new DOMException('no IndexedDB', 'SecurityError'));
  return openDB<Schema>(databaseName, databaseVersion, {
    upgrade(database) {
      for (const collection of [...COLLECTIONS, ...OTHERS]) {
        if (!database.objectStoreNames.contains(collection)) database.createObjectStore(collection);
      }
    },
    // A newer page in another tab wants to upgrade: give way, or neither works.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: forget,
  });
}

/** Browsers disagree on names: Firefox in private mode says InvalidState, Safari Unknown, a blocked frame Security. */
export function problemOf(error: unknown): StorageProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return 'full';
  if (name === 'SecurityError' || name === 'InvalidStateError' || name === 'NotAllowedError') return 'blocked';
  return 'corrupt';
}
