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

export type Collection = 'drafts' | 'progress';

/** One record a lab in each collection. Values come back as they were stored, which may be by an older page. */
export interface Storage {
  read(collection: Collection, lab: string): Promise<unknown>;
  readAll(collection: Collection): Promise<readonly unknown[]>;
  /**
   * Reads, decides and writes in one transaction, so that two tabs cannot both act on the same old value.
   * `decide` answers with the new value, or undefined to leave the old one.
   */
  update(collection: Collection, lab: string, decide: (old: unknown) => unknown): Promise<void>;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: unknown };
  progress: { key: string; value: unknown };
}

const databaseName = 'exactly-once';
const databaseVersion = 1;

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
    read: (collection, lab) => run((database) => database.get(collection, lab)),
    readAll: (collection) => run((database) => database.getAll(collection)),
    update: (collection, lab, decide) =>
      run(async (database) => {
        const transaction = database.transaction(collection, 'readwrite');
        const decided = decide(await transaction.store.get(lab));
        if (decided !== undefined) await transaction.store.put(decided, lab);
        await transaction.done;
      }),
  };
}

function open(forget: () => void): Promise<IDBPDatabase<Schema>> {
  if (typeof indexedDB === 'undefined') return Promise.reject(new DOMException('no IndexedDB', 'SecurityError'));
  return openDB<Schema>(databaseName, databaseVersion, {
    upgrade(database) {
      database.createObjectStore('drafts');
      database.createObjectStore('progress');
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
