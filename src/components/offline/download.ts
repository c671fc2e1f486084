/** The whole course as files in the browser's cache, for `static/sw.js` to answer from. */

interface OfflineList {
  /** Changes with every published change. */
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly bytes: number }[];
}

const PREFIX = 'exactly-once-';
/** Set in the cache when all of it is there. */
const COMPLETE = 'complete';
const atOnce = 6;

export interface DownloadProgress {
  readonly bytes: number;
  readonly total: number;
}

export function canDownload(): boolean {
  return typeof caches !== 'undefined' && 'serviceWorker' in navigator;
}

/** `kept`: the published version is here. `outdated`: an older one is. */
export async function offlineState(root: string): Promise<'none' | 'kept' | 'outdated'> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const complete: string[] = [];
  for (const name of names) if (await isComplete(name, root)) complete.push(name);
  if (complete.length === 0) return 'none';
  const list = await readList(root).catch(() => null);
  // Without a network nothing newer can be known of.
  return list === null || complete.includes(PREFIX + list.version) ? 'kept' : 'outdated';
}

/** Downloads what is not here yet; older versions go when all is here. Can be called again after it failed. */
export async function download(root: string, onProgress: (progress: DownloadProgress) => void): Promise<void> {
  await navigator.serviceWorker.register(`${root}sw.js`);
  const list = await readList(root);
  const name = PREFIX + list.version;
  const cache = await caches.open(name);
  const total = list.files.reduce((sum, file) => sum + file.bytes, 0);
  let bytes = 0;
  const left = [...list.files];
  const work = async (): Promise<void> => {
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      const url = root + file.url;
      if ((await cache.match(url)) === undefined) await cache.put(url, await fetched(url));
      bytes += file.bytes;
      onProgress({ bytes, total });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await cache.put(root + COMPLETE, new Response(list.version));
  for (const old of await caches.keys()) if (old.startsWith(PREFIX) && old !== name) await caches.delete(old);
}

export async function removeDownload(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

async function isComplete(name: string, root: string): Promise<boolean> {
  return (await (await caches.open(name)).match(root + COMPLETE)) !== undefined;
}

async function readList(root: string): Promise<OfflineList> {
  return (await (await fetched(`${root}offline.json`)).json()) as OfflineList;
}

async function fetched(url: string): Promise<Response> {
  const response = await fetch(url, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}
