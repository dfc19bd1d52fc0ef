import {
  ArrowRight,
  Check,
  CheckCheck,
  Clock,
  DoorOpen,
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
  Zap,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages, speak } from '../../app/i18n.ts';
import { availableShortcuts, runShortcut, type Shortcut, shortcuts } from '../../app/shortcuts.ts';
import { chooseTheme, themes, useTheme } from '../../app/theme.ts';
import { useSignOut } from '../../app/use-sign-out.ts';
import type { Entry } from './entry.ts';

/** They move about in what one sees; with a pointer or a name at hand nobody needs them. */
const unnamed = new Set<Shortcut>(['next', 'previous', 'open', 'back', 'commandBar']);

const icons: Partial<Record<Shortcut, ReactNode>> = {
  search: <Search />,
  reply: <Reply />,
  accept: <Check />,
  leave: <DoorOpen />,
  markPending: <Clock />,
  close: <CheckCheck />,
  details: <PanelRight />,
  foldLists: <PanelLeft />,
  help: <Keyboard />,
};

const themeIcons = { system: <Monitor />, light: <Sun />, dark: <Moon /> };

/** What can be done now: all that has a shortcut where one is, how the desk looks and speaks, leaving. */
export function useDeskEntries(): Entry[] {
  const { t, i18n } = useTranslation();
  const theme = useTheme();
  const leave = useSignOut();
  const named = availableShortcuts().filter((name) => !unnamed.has(name));
  const ways = named.filter(isWay).map((name): Entry => {
    const label = t(`shortcuts.ways.${name}`);
    return {
      ...entryOf(name),
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
      return { ...entryOf(name), group, label, words: [label], icon: icons[name] ?? <Zap /> };
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
        run: () => chooseTheme(value),
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
        run: () => void speak(language as Language),
      }),
    );
  const out: Entry = {
    id: 'sign-out',
    group: 'do',
    label: t('profile.signOut'),
    words: [t('profile.signOut')],
    icon: <LogOut />,
    run: () => void leave(),
  };
  return [...ways, ...acts, ...looks, ...tongues, out];
}

type Way = Extract<Shortcut, `goTo${string}`>;
const isWay = (name: Shortcut): name is Way => name.startsWith('goTo');

const entryOf = (name: Shortcut) => ({
  id: name,
  shortcut: shortcuts[name].keys,
  run: () => runShortcut(name),
});
