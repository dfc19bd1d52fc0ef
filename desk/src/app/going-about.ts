import type { List } from '@deskbell/contract';
import { useNavigate } from '@tanstack/react-router';
import { useLayout } from './layout.tsx';
import { type Shortcut, useShortcut, useShortcutKeys } from './shortcuts.ts';

/** The shortcuts that hold everywhere in the desk. Those of lists and conversations stand where these are shown. */
export function useGoingAbout(show: { help(): void; commandBar(): void }): void {
  const navigate = useNavigate();
  const { toggleList, toggleDetails } = useLayout();
  useShortcutKeys();
  useWayTo('goToQueue', 'queue');
  useWayTo('goToMine', 'mine');
  useWayTo('goToOpen', 'open');
  useWayTo('goToClosed', 'closed');
  useShortcut('goToPeople', () => void navigate({ to: '/settings/people' }));
  useShortcut('goToInboxes', () => void navigate({ to: '/settings/inboxes' }));
  useShortcut('foldLists', toggleList);
  useShortcut('details', toggleDetails);
  useShortcut('commandBar', show.commandBar);
  useShortcut('help', show.help);
}

function useWayTo(shortcut: Shortcut, list: List): void {
  const navigate = useNavigate();
  useShortcut(shortcut, () => {
    void navigate({ to: '/$list/{-$conversationId}', params: { list } });
  });
}
