import { useNavigate } from '@tanstack/react-router';
import { LogOut, Monitor, Moon, Sun, UserCog } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { useConnection } from './client.tsx';
import { type Language, languages, speak } from './i18n.ts';
import { useLayout } from './layout.tsx';
import { useMe, useSession } from './session-context.tsx';
import { chooseTheme, themes, useTheme } from './theme.ts';
import { useSignOut } from './use-sign-out.ts';

const themeIcons = { system: <Monitor />, light: <Sun />, dark: <Moon /> };

/** Oneself: theme, language, signing out. */
export function ProfileMenu() {
  const { t, i18n } = useTranslation();
  const { room } = useLayout();
  const me = useMe();
  const { workspace } = useSession();
  const connection = useConnection();
  const theme = useTheme();
  const leave = useSignOut();
  const navigate = useNavigate();
  return (
    <Menu
      side={room === 'one' ? 'top' : 'inline-end'}
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t('profile.menu', { name: me.name })}
          className="grid size-10 place-items-center rounded-full"
        >
          <Avatar id={me.id} name={me.name} isOnline={connection.name === 'live'} />
        </button>
      }
    >
      <div className="flex max-w-64 items-center gap-2.5 px-2 py-2">
        <Avatar id={me.id} name={me.name} />
        <div className="min-w-0">
          <p className="truncate font-medium">{me.name}</p>
          <p className="truncate text-muted text-sm">{workspace.name}</p>
        </div>
      </div>
      <MenuSeparator />
      <MenuChoice
        label={t('theme.label')}
        value={theme}
        onChange={chooseTheme}
        options={themes.map((value) => ({
          value,
          label: t(`theme.${value}`),
          icon: themeIcons[value],
        }))}
      />
      <MenuSeparator />
      <MenuChoice
        label={t('language')}
        value={i18n.language as Language}
        onChange={(language) => void speak(language)}
        options={Object.entries(languages).map(([value, label]) => ({
          value: value as Language,
          label,
        }))}
      />
      <MenuSeparator />
      <MenuItem icon={<UserCog />} onSelect={() => void navigate({ to: '/settings/account' })}>
        {t('profile.account')}
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        {t('profile.signOut')}
      </MenuItem>
    </Menu>
  );
}
