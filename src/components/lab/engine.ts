/** The engine and its host: large, so they come as chunks of their own with the first run of the page. */
import type { GradeHost } from '../../runner/api';

let host: Promise<GradeHost> | null = null;

export function loadHost(): Promise<GradeHost> {
  host ??= load();
  return host;
}

async function load(): Promise<GradeHost> {
  try {
    const [engine, { createBrowserHost }] = await Promise.all([
      import('@course/engine'),
      import('../../runner/browser/host'),
    ]);
    return createBrowserHost(engine.default);
  } catch (error) {
    // The next run tries again: the network may be back.
    host = null;
    throw error;
  }
}
