import { Check, Clock, Ellipsis, LogIn, LogOut, Play, RotateCcw, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLayout } from '../../app/layout.tsx';
import { type Shortcut, shortcuts, useShortcut } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { Action } from './available-actions.ts';
import type { ConversationActions } from './use-actions.ts';

export { composerState } from './available-actions.ts';
export { forgetRefused } from './forget-refused.ts';
export { type ConversationActions, useActions } from './use-actions.ts';

export const actionIcons: Record<Action, ReactNode> = {
  accept: <LogIn aria-hidden="true" />,
  join: <UserPlus aria-hidden="true" />,
  leave: <LogOut aria-hidden="true" />,
  markPending: <Clock aria-hidden="true" />,
  markOpen: <Play aria-hidden="true" />,
  close: <Check aria-hidden="true" />,
  reopen: <RotateCcw aria-hidden="true" />,
};

/** One key takes the conversation, whatever that means in its state. */
export const shortcutOf: Record<Action, Shortcut> = {
  accept: 'accept',
  join: 'accept',
  reopen: 'accept',
  leave: 'leave',
  markPending: 'markPending',
  markOpen: 'markPending',
  close: 'close',
};

/** The buttons in the head of a conversation: the likeliest in words, the others beside it or in a menu. */
export function ConversationActionBar({ actions }: { actions: ConversationActions }) {
  const { room } = useLayout();
  useActionShortcuts(actions);
  const [first, ...others] = actions.available;
  if (!first) return null;
  return (
    <div className="flex shrink-0 items-center gap-1">
      {room === 'one' && others.length > 1 ? (
        <More actions={actions} others={others} />
      ) : (
        others
          .toReversed()
          .map((action) => <Secondary key={action} action={action} actions={actions} />)
      )}
      <Primary action={first} actions={actions} />
    </div>
  );
}

interface ActionProps {
  action: Action;
  actions: ConversationActions;
}

function Primary({ action, actions: { act, busy } }: ActionProps) {
  const { t } = useTranslation('conversation');
  const look = { accept: 'positive', join: 'primary', reopen: 'primary' } as const;
  return (
    <Tooltip
      label={t(`actions.hints.${action}`)}
      shortcut={shortcuts[shortcutOf[action]].keys}
      side="bottom"
    >
      <Button
        look={action in look ? look[action as keyof typeof look] : 'plain'}
        icon={actionIcons[action]}
        isBusy={busy === action}
        onClick={() => act(action)}
        className={action === 'close' ? '[&>svg]:text-positive-text' : undefined}
      >
        <span className={action === 'close' ? 'max-sm:sr-only' : undefined}>
          {t(`actions.${action}`)}
        </span>
      </Button>
    </Tooltip>
  );
}

function Secondary({ action, actions: { act, busy } }: ActionProps) {
  const { t } = useTranslation('conversation');
  return (
    <IconButton
      label={t(`actions.${action}`)}
      shortcut={shortcuts[shortcutOf[action]].keys}
      tooltipSide="bottom"
      icon={actionIcons[action]}
      aria-busy={busy === action}
      disabled={busy !== null}
      onClick={() => act(action)}
    />
  );
}

function More({ actions, others }: { actions: ConversationActions; others: readonly Action[] }) {
  const { t } = useTranslation('conversation');
  return (
    <Menu align="end" trigger={<IconButton label={t('actions.more')} icon={<Ellipsis />} />}>
      {others.map((action) => (
        <MenuItem key={action} icon={actionIcons[action]} onSelect={() => actions.act(action)}>
          {t(`actions.${action}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

function useActionShortcuts({ available, busy, act }: ConversationActions): void {
  const use = (name: Shortcut) => {
    const action = available.find((each) => shortcutOf[each] === name);
    return { act: () => action && act(action), isEnabled: action !== undefined && busy === null };
  };
  const [take, leave, pending, close] = [
    use('accept'),
    use('leave'),
    use('markPending'),
    use('close'),
  ];
  useShortcut('accept', take.act, take.isEnabled);
  useShortcut('leave', leave.act, leave.isEnabled);
  useShortcut('markPending', pending.act, pending.isEnabled);
  useShortcut('close', close.act, close.isEnabled);
}
