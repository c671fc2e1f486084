/** Tells whoever shows progress, in this tab and the others, that there is some more of it. */
const EVENT = 'exactly-once-progress';
const CHANNEL = 'exactly-once-progress';

export function announceProgress(): void {
  window.dispatchEvent(new Event(EVENT));
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Calls back until the returned function is called. */
export function onProgressNews(callback: () => void): () => void {
  window.addEventListener(EVENT, callback);
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  channel?.addEventListener('message', callback);
  return () => {
    window.removeEventListener(EVENT, callback);
    channel?.close();
  };
}
