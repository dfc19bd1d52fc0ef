import type { PushedNotice } from '@deskbell/contract';
import { ask, isProblem, type Problem } from '../../app/api.ts';
import { standsIn } from '../../app/place.ts';
import { deviceId } from './device.ts';

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

/** Shows it outside of the page. False: it can't, or may not. */
export async function showOutside(
  notice: Pick<PushedNotice, 'id' | 'conversationId' | 'title' | 'body'>,
): Promise<boolean> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return false;
  const registration = await workerReady();
  if (!registration) return false;
  await registration.showNotification(notice.title, {
    body: notice.body,
    tag: notice.conversationId ?? notice.id,
    icon: '/icons/192.png',
    badge: '/icons/badge.png',
    data: { conversationId: notice.conversationId, workspaceId: standsIn() },
    // The desk sounds by itself.
    silent: true,
    ...({ renotify: true } as object),
  });
  return true;
}

/** It was read, or taken by somebody: nobody has to see it any more. */
export async function takeBack(conversationId: string): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications({ tag: conversationId })) ?? [])
    shown.close();
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
