/** The engine and its host: large, so they come as chunks of their own with the first run of the page. */
import { labs } from '@course/labs';
import type { GradeHost } from '../../runner/api';

let host: Promise<GradeHost> | null = null;

export function loadHost(): Promise<GradeHost> {
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

async function load(): Promise<GradeHost> {
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
