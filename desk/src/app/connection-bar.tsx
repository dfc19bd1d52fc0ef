import { useNavigate } from '@tanstack/react-router';
import { CloudOff, RefreshCw, WifiOff } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { useClient, useConnection } from './client.tsx';
import { forgetSession } from './session.ts';
import { useIsCutOff } from './use-is-cut-off.ts';
import { useTranslation } from './use-translation.ts';

/** Says that the desk is cut off, and until when what one writes waits. Nothing while all is well. */
export function ConnectionBar() {
  const { t } = useTranslation();
  const connection = useConnection();
  const isOnline = useSyncExternalStore(subscribeOnline, () => navigator.onLine);
  const isLong = useIsCutOff();
  useSignInAgain();
  const isStopped = connection.name === 'stopped' && connection.reason !== 'ended';
  if (isStopped && !isSessionOver(connection.reason)) return <Outdated />;
  if (isOnline && !isLong) return <div role="status" />;
  const Icon = isOnline ? CloudOff : WifiOff;
  return (
    <div
      role="status"
      className="flex min-h-9 items-center justify-center gap-2.5 border-notice-line border-b bg-notice-soft px-3 py-1 text-notice-text text-sm"
    >
      <Icon className="size-4 shrink-0" aria-hidden="true" />
      <span>{t(isOnline ? 'connection.reconnecting' : 'connection.offline')}</span>
      {isOnline && <TryNow />}
    </div>
  );
}

function TryNow() {
  const { t } = useTranslation();
  const client = useClient();
  return (
    <button
      type="button"
      onClick={() => client.reconnect()}
      className="h-6 pointer-coarse:h-10 shrink-0 rounded-md px-1 font-medium underline underline-offset-2"
    >
      {t('connection.now')}
    </button>
  );
}

/** The server speaks another release's language, or won't have this page. */
function Outdated() {
  const { t } = useTranslation();
  return (
    <div
      role="alert"
      className="flex min-h-9 items-center justify-center gap-2.5 border-danger-line border-b bg-danger-soft px-3 py-1 text-danger-text text-sm"
    >
      <span>{t('connection.outdated')}</span>
      <Button size="small" icon={<RefreshCw />} onClick={() => location.reload()}>
        {t('connection.reload')}
      </Button>
    </div>
  );
}

const isSessionOver = (reason: string) =>
  ['session-ended', 'unauthenticated', 'not-a-member'].includes(reason);

/** The session was ended elsewhere or has run out, or one left this workspace: to the sign-in, and back here afterwards. */
function useSignInAgain(): void {
  const connection = useConnection();
  const navigate = useNavigate();
  const isOver = connection.name === 'stopped' && isSessionOver(connection.reason);
  useEffect(() => {
    if (!isOver) return;
    const back = location.pathname + location.search;
    forgetSession();
    void navigate({ to: '/sign-in', search: { back } });
  }, [isOver, navigate]);
}

function subscribeOnline(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}
