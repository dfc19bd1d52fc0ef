import { useNavigate } from '@tanstack/react-router';
import { type Shortcut, useKeysOf } from '../../app/shortcuts.ts';
import { useFindable } from '../settings/use-findable.tsx';
import type { Entry } from './entry.ts';

const shortcuts: Partial<Record<string, Shortcut>> = {
  people: 'goToPeople',
  inboxes: 'goToInboxes',
};

/** Every page of the settings and every setting, by its name, its place and further words. */
export function useSettingEntries(): Entry[] {
  const navigate = useNavigate();
  const keysOf = useKeysOf();
  return useFindable().map(
    ({ id, icon: Icon, title, where, words, link: { activeOptions: _, ...to } }): Entry => {
      const shortcut = shortcuts[id];
      return {
        id: `setting-${id.replace(' ', '-')}`,
        group: 'settings',
        label: title,
        detail: where ?? undefined,
        words: [title, where ?? '', words],
        icon: <Icon />,
        shortcut: shortcut && keysOf(shortcut),
        run: () => void navigate(to as Parameters<typeof navigate>[0]),
      };
    },
  );
}
