// The desk's service worker: shows what is pushed while the desk is closed, and opens it. It keeps no
// files, so the desk is always the release that the server runs.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => event.waitUntil(show(event.data.json())));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data));
});

/** `notice`: a PushedNotice of the contract. */
async function show(notice) {
  const { id, workspaceId, conversationId, kind, seq, title, body } = notice;
  const options = {
    body,
    tag: conversationId ?? id,
    renotify: true,
    icon: '/icons/192.png',
    badge: '/icons/badge.png',
    data: { id, workspaceId, conversationId, kind, seq },
  };
  await inTurnOrSoon(() => self.registration.showNotification(title, options));
  // How many wait is the desk's to say; that something does is enough while it is closed.
  await self.navigator.setAppBadge?.().catch(() => undefined);
  if (conversationId === null) return;
  // So that no other device is asked to show it too. Where that fails, one more does.
  await fetch('/api/v1/me/notices/shown', {
    method: 'POST',
    headers: { 'x-deskbell-workspace': workspaceId, 'content-type': 'application/json' },
    body: JSON.stringify({ ids: [id] }),
  }).catch(() => undefined);
}

/** With what a desk shows and takes back: see there. But a page that sleeps may hold the turn, and this can't wait. */
function inTurnOrSoon(work) {
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return work();
  };
  const signal = AbortSignal.timeout(3_000);
  return self.navigator.locks.request('deskbell.outside', { signal }, begin).catch((error) => {
    if (isBegun) throw error;
    return begin();
  });
}

/** In a desk of that workspace that is open, else in a new one. */
async function open({ workspaceId, conversationId }) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const place = workspaceId === null ? '' : `/w/${workspaceId}`;
  const desk = windows.find(({ url }) => isDeskOf(new URL(url).pathname, place));
  if (!desk)
    return self.clients.openWindow(`${place}${conversationId ? `/c/${conversationId}` : '/'}`);
  await desk.focus();
  if (conversationId) desk.postMessage({ conversationId });
}

/** A desk that stands in one workspace alone doesn't name it. Files and what visitors see are none. */
function isDeskOf(path, place) {
  if (/^\/(demo|widget|chat|api)(\/|$)|\.\w+$/.test(path)) return false;
  return !path.startsWith('/w/') || path.startsWith(`${place}/`);
}
