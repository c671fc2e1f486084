/** The engine and its host: large, so they come as chunks of their own with the first run of the page. */
import { labs } from '@course/labs';
import type { BrowserHost } from '../../runner/api';

let host: Promise<BrowserHost> | null = null;

export function loadHost(): Promise<BrowserHost> {
  host ??= load();
  return host;
}

/** SQLite, for labs that have a database; the browser keeps the chunk. */
async function loadDatabase(lab: string): Promise<string | null> {
  const card = await labs[lab]?.card();
  if (card?.default.hasDatabase !== true) return null;
  const { default: code } = await import('@course/database');
  return code;
}

async function load(): Promise<BrowserHost> {
  try {
    const [engine, { createBrowserHost }] = await Promise.all([
      import('@course/engine'),
      import('../../runner/browser/host'),
    ]);
    return createBrowserHost(engine.default, undefined, loadDatabase);
  } catch (error) {
    // The next run tries again: the network may be back.
    host = null;
    throw error;
  }
}

/**
 * Readies the engine for a lab, while the learner still reads or types. Costs nothing when it is ready already.
 */
export function prepareEngine(lab: string): void {
  const solution = async (): Promise<string> => (await labs[lab]!.answers()).default.solution;
  loadHost().then(
    (ready) => ready.prepare(lab, solution),
    // Nobody has asked for anything yet: the run will tell that the engine does not load.
    () => undefined,
  );
}

/** Gives up what is ready for a lab. */
export function releaseEngine(lab: string): void {
  host?.then(
    (ready) => ready.release(lab),
    // It has never been loaded.
    () => undefined,
  );
}
