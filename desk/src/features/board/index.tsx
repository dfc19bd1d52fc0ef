import { Maximize2, Minimize2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useClient, useStore } from '../../app/client.tsx';
import { DocumentTitle } from '../../app/document-title.tsx';
import { Forbidden } from '../../app/forbidden.tsx';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useIsCutOff } from '../../app/use-is-cut-off.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { useFirstScreen } from '../../ui/fetched-later.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Agents } from './agents.tsx';
import { Tiles } from './tiles.tsx';

/** how the workspace stands now, to be read across a room; for supervisors. */
export function BoardScreen() {
  const { t } = useTranslation('board');
  const { may } = useSession();
  if (may.seeEveryInbox) return <LiveBoard />;
  return (
    <Page title={t('title')}>
      <Forbidden />
    </Page>
  );
}

function LiveBoard() {
  const { t } = useTranslation('board');
  const client = useClient();
  const { workspace } = useSession();
  const board = useStore((store) => store.board);
  const isCutOff = useIsCutOff();
  const main = useRef<HTMLElement>(null);
  useFirstScreen();
  const { isFull, toggle } = useFullScreen(main);
  useEffect(() => client.watchBoard(), [client]);
  return (
    <main
      ref={main}
      id="content"
      aria-label={t('title')}
      tabIndex={-1}
      className="@container min-w-0 flex-1 overflow-y-auto bg-surface outline-none"
    >
      <DocumentTitle page={t('title')} />
      <div className="flex min-h-full flex-col gap-[clamp(1rem,2cqw,2.5rem)] px-[clamp(1rem,3cqw,4rem)] pt-[clamp(1.25rem,2.5cqw,3rem)] pb-12">
        <header className="flex items-center gap-4">
          <div className="min-w-0 flex-1">
            <h1 className="truncate font-semibold text-[clamp(1.25rem,2cqw,2.25rem)] leading-tight tracking-tight">
              {t('title')}
            </h1>
            <p className="truncate text-[clamp(0.875rem,1.1cqw,1.25rem)] text-muted leading-normal">
              {!isCutOff || !board ? workspace.name : t('cutOff')}
            </p>
          </div>
          {document.fullscreenEnabled && (
            <IconButton
              label={t(isFull ? 'leaveFullScreen' : 'fullScreen')}
              icon={isFull ? <Minimize2 /> : <Maximize2 />}
              onClick={toggle}
            />
          )}
        </header>
        <Tiles board={board} />
        <Agents board={board} />
      </div>
    </main>
  );
}

/** The board alone, without the desk around it: what a screen on the wall shows. */
function useFullScreen(of: React.RefObject<HTMLElement | null>) {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement === of.current);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [of]);
  const toggle = () => {
    // Where the browser won't, the page stays as it is.
    if (isFull) document.exitFullscreen().catch(() => undefined);
    else of.current?.requestFullscreen().catch(() => undefined);
  };
  return { isFull, toggle };
}
