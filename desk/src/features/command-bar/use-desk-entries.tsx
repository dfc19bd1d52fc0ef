import {
  ArrowRight,
  ArrowRightLeft,
  Check,
  CheckCheck,
  Clock,
  DoorOpen,
  Flag,
  Keyboard,
  Languages,
  LogOut,
  Monitor,
  Moon,
  PanelLeft,
  PanelRight,
  Reply,
  Search,
  Sun,
  Tag,
  Undo2,
  UserRoundPlus,
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type Language, languages } from '../../app/i18n.ts';
import { goInto } from '../../app/place.ts';
import { useSession } from '../../app/session-context.tsx';
import {
  availableShortcuts,
  runShortcut,
  type Shortcut,
  shortcuts,
  useKeysOf,
} from '../../app/shortcuts.ts';
import { themes, useTheme } from '../../app/theme.ts';
import { useKeepPreference } from '../../app/use-keep-preference.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Mark } from '../../ui/mark.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { useSwitch } from '../presence/index.ts';
import type { Entry } from './entry.ts';

/** They move about in what one sees, or are found among the settings: nobody needs them by a name here. */
const unnamed = new Set<Shortcut>([
  'next',
  'previous',
  'open',
  'back',
  'commandBar',
  'goToPeople',
  'goToInboxes',
]);

const icons: Partial<Record<Shortcut, ReactNode>> = {
  search: <Search />,
  reply: <Reply />,
  accept: <Check />,
  leave: <DoorOpen />,
  markPending: <Clock />,
  close: <CheckCheck />,
  flag: <Flag />,
  label: <Tag />,
  assign: <ArrowRightLeft />,
  invite: <UserRoundPlus />,
  unassign: <Undo2 />,
  details: <PanelRight />,
  foldLists: <PanelLeft />,
  help: <Keyboard />,
  goOnline: <StateDot state="online" />,
  goAway: <StateDot state="away" />,
  goOffline: <StateDot state="offline" />,
};

const themeIcons = { system: <Monitor />, light: <Sun />, dark: <Moon /> };

/** What can be done now: all that has a shortcut where one is, how the desk looks and speaks, leaving. */
export function useDeskEntries(): Entry[] {
  const keysOf = useKeysOf();
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const keep = useKeepPreference();
  const { signOut } = useSwitch();
  const { workspace, workspaces } = useSession();
  const named = availableShortcuts().filter((name) => !unnamed.has(name));
  const ways = named.filter(isWay).map((name): Entry => {
    const label = t(`shortcuts.ways.${name}`);
    return {
      ...entryOf(name, keysOf),
      group: 'go',
      label,
      words: [label, t(`shortcuts.names.${name}`)],
      icon: <ArrowRight className="rtl:-scale-x-100" />,
    };
  });
  const acts = named
    .filter((name) => !isWay(name))
    .map((name): Entry => {
      const label = t(`shortcuts.names.${name}`);
      const group = shortcuts[name].group === 'conversation' ? 'here' : 'do';
      return {
        ...entryOf(name, keysOf),
        group,
        label,
        words: [label],
        icon: icons[name] ?? <Zap />,
      };
    });
  const looks = themes
    .filter((value) => value !== theme)
    .map(
      (value): Entry => ({
        id: `theme-${value}`,
        group: 'do',
        label: t('theme.label'),
        detail: t(`theme.${value}`),
        words: [t(`theme.${value}`), t('theme.label')],
        icon: themeIcons[value],
        run: () => keep({ theme: value }),
      }),
    );
  const tongues = Object.entries(languages)
    .filter(([language]) => language !== i18n.language)
    .map(
      ([language, name]): Entry => ({
        id: `language-${language}`,
        group: 'do',
        label: t('language'),
        detail: name,
        words: [name, t('language')],
        icon: <Languages />,
        run: () => keep({ language: language as Language }),
      }),
    );
  const out: Entry = {
    id: 'sign-out',
    group: 'do',
    label: t('profile.signOut'),
    words: [t('profile.signOut')],
    icon: <LogOut />,
    run: signOut,
  };
  const places = workspaces
    .filter(({ id }) => id !== workspace.id)
    .map(
      ({ id, name }): Entry => ({
        id: `workspace-${id}`,
        group: 'go',
        label: t('shortcuts.names.goToWorkspace'),
        detail: name,
        words: [name, t('shortcuts.names.goToWorkspace')],
        icon: <Mark id={id} name={name} size="tiny" />,
        run: () => goInto(id),
      }),
    );
  return [...ways, ...places, ...acts, ...looks, ...tongues, out];
}

type Way = Extract<Shortcut, `goTo${string}`>;
const isWay = (name: Shortcut): name is Way => name.startsWith('goTo');

const entryOf = (name: Shortcut, keysOf: (name: Shortcut) => string) => ({
  id: name,
  shortcut: keysOf(name),
  run: () => runShortcut(name),
});
