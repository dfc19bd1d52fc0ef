import { getRouteApi, Outlet, useMatch } from '@tanstack/react-router';
import { memo, useEffect, useState } from 'react';
import { SwitchProvider } from '../features/presence/index.ts';
import { classes } from '../ui/classes.ts';
import { fetchedLater } from '../ui/fetched-later.tsx';
import { ClientProvider, clientOf } from './client.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { useGoingAbout } from './going-about.ts';
import { LayoutProvider } from './layout.tsx';
import { nameInAddress } from './place.ts';
import { usePreferences } from './preferences.ts';
import { Rail } from './rail.tsx';
import { SessionProvider } from './session-context.tsx';
import { useTranslation } from './use-translation.ts';

const CommandBar = fetchedLater(
  async () => (await import('../features/command-bar/index.tsx')).CommandBar,
);
const Notifications = fetchedLater(
  async () => (await import('../features/notifications/index.tsx')).Notifications,
);
const ShortcutSheet = fetchedLater(
  async () => (await import('./shortcut-sheet.tsx')).ShortcutSheet,
);
const WorkspaceFinder = fetchedLater(
  async () => (await import('../features/workspaces/finder.tsx')).WorkspaceFinder,
);
const NewWorkspace = fetchedLater(
  async () => (await import('../features/workspaces/new-workspace.tsx')).NewWorkspace,
);

const route = getRouteApi('/desk');

/** What stands around every page of a signed-in agent. */
export function DeskFrame() {
  const { session } = route.useRouteContext();
  // The workspace may not have been known when the address was written.
  useEffect(nameInAddress, []);
  const match = useMatch({ from: '/desk/$list/{-$conversationId}', shouldThrow: false });
  return (
    <SessionProvider session={session}>
      <ClientProvider client={clientOf(session)}>
        <LayoutProvider conversationId={match?.params.conversationId}>
          <SwitchProvider>
            <Frame isConversationOpen={match?.params.conversationId !== undefined} />
          </SwitchProvider>
        </LayoutProvider>
      </ClientProvider>
    </SessionProvider>
  );
}

const Frame = memo(function Frame({ isConversationOpen }: { isConversationOpen: boolean }) {
  const { t } = useTranslation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isBarOpen, setBarOpen] = useState(false);
  usePreferences();
  const [workspaces, showWorkspaces] = useState<'find' | 'make' | null>(null);
  useGoingAbout({
    help: () => setHelpOpen(true),
    commandBar: () => setBarOpen(true),
    workspaces: () => showWorkspaces('find'),
  });
  return (
    <div
      className={classes(
        'safe-sides relative flex h-dvh flex-col overflow-hidden',
        isConversationOpen ? 'safe-foot' : 'md:safe-foot',
      )}
    >
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
          onWorkspaces={showWorkspaces}
        />
        <div className="relative flex min-h-0 min-w-0 flex-1">
          <Outlet />
        </div>
      </div>
      <Notifications />
      {isHelpOpen && <ShortcutSheet onClose={() => setHelpOpen(false)} />}
      {workspaces === 'find' && (
        <WorkspaceFinder
          onMake={() => showWorkspaces('make')}
          onClosed={() => showWorkspaces(null)}
        />
      )}
      {workspaces === 'make' && <NewWorkspace onClose={() => showWorkspaces(null)} />}
      {isBarOpen && <CommandBar onClosed={() => setBarOpen(false)} />}
    </div>
  );
});
