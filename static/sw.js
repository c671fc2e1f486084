/*
 * Answers from what the reader has downloaded when there is no network. It downloads nothing by itself: the page does
 * (src/components/offline), when its reader asks for it, and keeps one cache for each published version.
 */
const PREFIX = 'exactly-once-';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) {
    event.respondWith(answer(request));
  }
});

async function answer(request) {
  const url = new URL(request.url);
  // Names of assets change with their content, so a kept one is never stale.
  if (url.pathname.includes('/assets/')) {
    const kept = await keptOf(request);
    if (kept !== undefined) return kept;
  }
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await keptOf(request);
    if (kept !== undefined) return kept;
    throw error;
  }
}

async function keptOf(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const kept = await (await caches.open(name)).match(request, { ignoreSearch: true });
    if (kept !== undefined) return kept;
  }
  return undefined;
}
