import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useClient } from '../../app/client.tsx';
import { useWaiting } from '../../app/document-title.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { attend } from './attention.ts';
import { showCount } from './badges.ts';
import { PopUps } from './pop-ups.tsx';
import { useAnnouncements } from './use-announcements.ts';
import { renewSubscription, startWorker } from './worker.ts';

/** All that tells an agent what happens where they don't look. Fetched after the first screen. */
export function Notifications() {
  const client = useClient();
  const popUps = useAnnouncements();
  const waiting = useWaiting();
  const { pathname } = useLocation();
  const attention = useRef<ReturnType<typeof attend>>(null);
  useEffect(() => {
    attention.current = attend(client);
    return () => attention.current?.stop();
  }, [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another look
  useEffect(() => attention.current?.look(), [pathname]);
  useEffect(() => showCount(waiting), [waiting]);
  // Whoever signs out leaves a plain icon.
  useEffect(() => () => showCount(0), []);
  useWorker();
  return <PopUps {...popUps} />;
}

/** The service worker: by it this browser is pushed to, and what is pushed is opened here. */
function useWorker(): void {
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  const open = useEffectEvent(({ data }: MessageEvent<{ conversationId?: string }>) => {
    if (data.conversationId === undefined) return;
    const { conversationId } = data;
    void navigate({ to: '/c/$conversationId', params: { conversationId } });
  });
  const renew = useEffectEvent(() => renewSubscription(i18n.language));
  useEffect(() => {
    startWorker().then(
      () => renew(),
      // Denied by the browser, as in a private window: the desk works without.
      () => undefined,
    );
    const hear = (event: MessageEvent) => open(event);
    navigator.serviceWorker?.addEventListener('message', hear);
    return () => navigator.serviceWorker?.removeEventListener('message', hear);
  }, []);
}
