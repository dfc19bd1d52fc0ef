import type { PushedNotice } from '@deskbell/contract';
import { ask, isProblem, type Problem } from '../../app/api.ts';
import { standsIn } from '../../app/place.ts';
import { deviceId } from './device.ts';
import type { About } from './over.ts';

/** Ready to show and to be pushed to; null where the browser has none, or none without TLS. */
async function workerReady(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return null;
  // Where it is refused (a certificate that nobody trusts), `ready` would never come.
  return startWorker().then(
    () => navigator.serviceWorker.ready,
    () => null,
  );
}

/** Once per page. It keeps nothing of the desk: what is shown is always the server's release. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  await navigator.serviceWorker.register('/sw.js', {
    scope: '/',
    updateViaCache: 'none',
  });
}

/**
 * One after another, in all tabs of this browser and in its service worker. While a notification is being shown, whoever
 * asks Chromium which ones there are makes it forget that one: it stands there, but its click does nothing, and nobody
 * can take it back.
 */
function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  return navigator.locks.request('deskbell.outside', work);
}

/** What is to be shown waits for its turn so long, in ms: a page that sleeps may hold it. */
const TURN_MS = 3_000;

function inTurnOrSoon<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return work();
  };
  const signal = AbortSignal.timeout(TURN_MS);
  return navigator.locks.request('deskbell.outside', { signal }, begin).catch((error) => {
    if (isBegun) throw error;
    return begin();
  });
}

/** Shows it outside of the page. False: that can't be, or may not, so the page has to show it. */
export async function showOutside(notice: Omit<PushedNotice, 'workspaceId'>): Promise<boolean> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return false;
  const options = {
    body: notice.body,
    tag: notice.conversationId ?? notice.id,
    icon: '/icons/192.png',
    badge: '/icons/badge.png',
    data: dataOf(notice),
    // The desk sounds by itself.
    silent: true,
    renotify: true,
  };
  // Its turn is taken before anything is waited for: what is taken back from now on comes after it.
  return inTurnOrSoon(async () => {
    const registration = await workerReady();
    await registration?.showNotification(notice.title, options);
    return Boolean(registration);
  }).catch(
    // The system refuses although the browser has said yes.
    () => false,
  );
}

/** The same as what the service worker keeps with what it shows. */
const dataOf = ({ id, conversationId, kind, seq }: Omit<PushedNotice, 'workspaceId'>) => ({
  ...{ id, conversationId, kind, seq },
  workspaceId: standsIn(),
});

/** Those of this workspace that are over: nobody has to see them any more. */
export async function takeBack(
  isOver: (about: About) => boolean | Promise<boolean>,
  workspaceId = standsIn(),
): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  // Then nothing stands there, and this is asked with every change of many conversations.
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return;
  const stand = async () =>
    (await registration.getNotifications()).filter(
      ({ data }) => data?.workspaceId === workspaceId && data.conversationId,
    );
  const over = new Set<string>();
  for (const { data } of await inTurn(stand)) if (await isOver(data)) over.add(data.id);
  if (over.size === 0) return;
  // What has come in its place meanwhile stays.
  await inTurn(async () => {
    for (const shown of await stand()) if (over.has(shown.data.id)) shown.close();
  });
}

export type PushState = 'on' | 'off' | 'denied' | 'unknown-to-browser';

export async function pushState(): Promise<PushState> {
  const registration = await workerReady();
  if (!registration || !('PushManager' in globalThis)) return 'unknown-to-browser';
  if (Notification.permission === 'denied') return 'denied';
  return (await registration.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Lets this browser be pushed to: asks the person, then the browser, then tells the server. */
export async function subscribe(key: string, language: string): Promise<Problem | PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const registration = await workerReady();
  if (!registration) return 'unknown-to-browser';
  try {
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key,
    });
    return await tell(subscription, language);
  } catch {
    // The browser's own push service is out of reach, or switched off.
    return 'unknown-to-browser';
  }
}

/** After a new sign-in the server has forgotten it; the browser hasn't. */
export async function renewSubscription(language: string): Promise<void> {
  if ((await pushState()) !== 'on') return;
  const subscription = await (await workerReady())?.pushManager.getSubscription();
  if (subscription) await tell(subscription, language);
}

async function tell(subscription: PushSubscription, language: string): Promise<Problem | 'on'> {
  const { endpoint, keys } = subscription.toJSON();
  const answer = await ask('PUT', `/me/push-devices/${deviceId}`, {
    subscription: { endpoint, keys },
    language,
  });
  return isProblem(answer) ? answer : 'on';
}

export async function unsubscribe(): Promise<void> {
  const subscription = await (await workerReady())?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}
