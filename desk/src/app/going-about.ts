import type { List } from '@deskbell/contract';
import { useNavigate } from '@tanstack/react-router';
import { useLayout } from './layout.tsx';
import { useSession } from './session-context.tsx';
import { type Shortcut, useShortcut, useShortcutKeys } from './shortcuts.ts';
import { useHasQueue } from './use-lists.ts';

/** The shortcuts that hold everywhere in the desk. Those of lists and conversations stand where these are shown. */
export function useGoingAbout(show: {
  help(): void;
  commandBar(): void;
  workspaces(): void;
}): void {
  const navigate = useNavigate();
  const { may, workspaces } = useSession();
  const { toggleList, toggleDetails } = useLayout();
  useShortcutKeys();
  useWayTo('goToQueue', 'queue', useHasQueue());
  useWayTo('goToMine', 'mine');
  useWayTo('goToOpen', 'open');
  useWayTo('goToPending', 'pending');
  useWayTo('goToClosed', 'closed');
  useShortcut('goToBoard', () => void navigate({ to: '/board' }), may.seeEveryInbox);
  useShortcut('goToPeople', () => void navigate({ to: '/settings/people' }));
  useShortcut('goToInboxes', () => void navigate({ to: '/settings/inboxes' }));
  useShortcut('goToSettings', () => void navigate({ to: '/settings' }));
  useShortcut('goToWorkspace', show.workspaces, workspaces.length > 1);
  useShortcut('foldLists', toggleList);
  useShortcut('details', toggleDetails);
  useShortcut('commandBar', show.commandBar);
  useShortcut('help', show.help);
}

function useWayTo(shortcut: Shortcut, list: List, isEnabled = true): void {
  const navigate = useNavigate();
  const go = () => void navigate({ to: '/$list/{-$conversationId}', params: { list } });
  useShortcut(shortcut, go, isEnabled);
}
