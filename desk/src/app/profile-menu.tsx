import { useNavigate } from '@tanstack/react-router';
import { BellRing, LogOut, Monitor, Moon, Sun, UserCog } from 'lucide-react';
import { AvailabilityChoice, useSwitch } from '../features/presence/index.ts';
import { classes } from '../ui/classes.ts';
import { fetchedLater } from '../ui/fetched-later.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { AgentAvatar } from './agent-avatar.tsx';
import { stateOf } from './agent-state.ts';
import { type Language, languages } from './i18n.ts';
import { useLayout } from './layout.tsx';
import { useMe, useSession } from './session-context.tsx';
import { themes, useTheme } from './theme.ts';
import { useKeepPreference } from './use-keep-preference.ts';
import { useTranslation } from './use-translation.ts';

const WorkspaceMenuGroup = fetchedLater(
  async () => (await import('../features/workspaces/menu-group.tsx')).WorkspaceMenuGroup,
);

const themeIcons = { system: <Monitor />, light: <Sun />, dark: <Moon /> };

interface ProfileMenuProps {
  className: string;
  onWorkspaces(what: 'find' | 'make'): void;
}

/** Oneself: the switch, workspaces, theme, language, signing out. */
export function ProfileMenu({ className, onWorkspaces }: ProfileMenuProps) {
  const { t, i18n } = useTranslation();
  const { room } = useLayout();
  const me = useMe();
  const { workspace } = useSession();
  const theme = useTheme();
  const keep = useKeepPreference();
  const { availability, isIdle, signOut } = useSwitch();
  const state = t(
    `presence.states.${stateOf({ availability: availability ?? 'offline', isIdle })}`,
  );
  const navigate = useNavigate();
  return (
    <Menu
      side={room === 'one' ? 'top' : 'inline-end'}
      align="end"
      trigger={
        <button
          type="button"
          aria-label={t('profile.menu', { name: me.name, state })}
          className={classes(className, 'max-md:order-4 md:rounded-full')}
        >
          <AgentAvatar agentId={me.id} name={me.name} />
        </button>
      }
    >
      <div className="flex max-w-64 items-center gap-2.5 px-2 py-2">
        <AgentAvatar agentId={me.id} name={me.name} />
        <div className="min-w-0">
          <p className="truncate font-medium">{me.name}</p>
          <p className="truncate text-muted text-sm">{workspace.name}</p>
        </div>
      </div>
      <MenuSeparator />
      <AvailabilityChoice />
      <MenuSeparator />
      <WorkspaceMenuGroup onFind={() => onWorkspaces('find')} onMake={() => onWorkspaces('make')} />
      <MenuChoice
        label={t('theme.label')}
        value={theme}
        onChange={(value) => keep({ theme: value })}
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
        onChange={(value) => keep({ language: value })}
        options={Object.entries(languages).map(([value, label]) => ({
          value: value as Language,
          label,
        }))}
      />
      <MenuSeparator />
      <MenuItem icon={<UserCog />} onSelect={() => void navigate({ to: '/settings/account' })}>
        {t('profile.account')}
      </MenuItem>
      <MenuItem
        icon={<BellRing />}
        onSelect={() => void navigate({ to: '/settings/notifications' })}
      >
        {t('profile.notifications')}
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={signOut}>
        {t('profile.signOut')}
      </MenuItem>
    </Menu>
  );
}
