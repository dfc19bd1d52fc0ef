import { getRouteApi, Outlet, useMatch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClientProvider, clientOf } from './client.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { useGoingAbout } from './going-about.ts';
import { LayoutProvider } from './layout.tsx';
import { Rail } from './rail.tsx';
import { SessionProvider } from './session-context.tsx';

const CommandBar = lazy(() => import('../features/command-bar/index.tsx'));
const ShortcutSheet = lazy(() => import('./shortcut-sheet.tsx'));

const route = getRouteApi('/desk');

/** What stands around every page of a signed-in agent. */
export function DeskFrame() {
  const { session } = route.useRouteContext();
  const match = useMatch({ from: '/desk/$list/{-$conversationId}', shouldThrow: false });
  return (
    <SessionProvider session={session}>
      <ClientProvider client={clientOf(session.agent.id)}>
        <LayoutProvider conversationId={match?.params.conversationId}>
          <Frame isConversationOpen={match?.params.conversationId !== undefined} />
        </LayoutProvider>
      </ClientProvider>
    </SessionProvider>
  );
}

function Frame({ isConversationOpen }: { isConversationOpen: boolean }) {
  const { t } = useTranslation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isBarOpen, setBarOpen] = useState(false);
  useGoingAbout({ help: () => setHelpOpen(true), commandBar: () => setBarOpen(true) });
  return (
    <div className="relative flex h-dvh flex-col overflow-hidden">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:start-2"
      >
        {t('skip')}
      </a>
      <ConnectionBar />
      <div className="flex min-h-0 flex-1 flex-col-reverse md:flex-row">
        <Rail
          isConversationOpen={isConversationOpen}
          onSearch={() => setBarOpen(true)}
          onHelp={() => setHelpOpen(true)}
        />
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <Outlet />
        </div>
      </div>
      <Suspense>{isHelpOpen && <ShortcutSheet onClose={() => setHelpOpen(false)} />}</Suspense>
      <Suspense>{isBarOpen && <CommandBar onClosed={() => setBarOpen(false)} />}</Suspense>
    </div>
  );
}
