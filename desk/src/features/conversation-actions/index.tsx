import {
  ArrowRightLeft,
  Check,
  Clock,
  DoorOpen,
  Ellipsis,
  Flag,
  FlagOff,
  LogIn,
  Play,
  RotateCcw,
  Undo2,
  UserPlus,
  UserRoundPlus,
} from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useLayout } from '../../app/layout.tsx';
import { type Shortcut, useKeysOf, useShortcut } from '../../app/shortcuts.ts';
import { useTranslation } from '../../app/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import type { Action } from './available-actions.ts';
import type { ConversationActions } from './use-actions.ts';

export { type Action, composerState } from './available-actions.ts';
export { forgetRefused } from './forget-refused.ts';
export { type ConversationActions, useActions } from './use-actions.ts';

export const actionIcons: Record<Action, ReactNode> = {
  accept: <LogIn aria-hidden="true" />,
  join: <UserPlus aria-hidden="true" />,
  leave: <DoorOpen aria-hidden="true" />,
  markPending: <Clock aria-hidden="true" />,
  markOpen: <Play aria-hidden="true" />,
  close: <Check aria-hidden="true" />,
  reopen: <RotateCcw aria-hidden="true" />,
  flag: <Flag aria-hidden="true" />,
  unflag: <FlagOff aria-hidden="true" />,
  assign: <ArrowRightLeft aria-hidden="true" />,
  invite: <UserRoundPlus aria-hidden="true" />,
  unassign: <Undo2 aria-hidden="true" />,
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
  flag: 'flag',
  unflag: 'flag',
  assign: 'assign',
  invite: 'invite',
  unassign: 'unassign',
};

/** Wanted seldom: by their key, or from the menu. */
const inMenu: ReadonlySet<Action> = new Set(['invite', 'unassign', 'leave']);

// Neither is wanted before somebody asks for it.
const PassOn = lazy(() => import('./pass-on.tsx'));
const CloseByForce = lazy(() => import('./close-by-force.tsx'));

/** The buttons in the head of a conversation: the likeliest in words, the others beside it or in a menu. */
export function ConversationActionBar({ actions }: { actions: ConversationActions }) {
  const { room } = useLayout();
  useActionShortcuts(actions);
  const [first, ...others] = actions.available;
  if (!first) return null;
  const isAlone = room === 'one';
  const hidden = isAlone ? others : others.filter((action) => inMenu.has(action));
  const shown = others.filter((action) => !hidden.includes(action));
  return (
    <div className="flex shrink-0 items-center gap-1">
      {shown.toReversed().map((action) => (
        <Secondary key={action} action={action} actions={actions} />
      ))}
      {hidden.length > 0 && <More actions={actions} others={hidden} />}
      {/* What leads into it stands once, in place of the field. */}
      {shortcutOf[first] !== 'accept' && <Primary action={first} actions={actions} />}
      <Suspense>
        {actions.question === 'close' && <CloseByForce actions={actions} />}
        {(actions.question === 'assign' || actions.question === 'invite') && (
          <PassOn actions={actions} what={actions.question} />
        )}
      </Suspense>
    </div>
  );
}

interface ActionProps {
  action: Action;
  actions: ConversationActions;
}

function Primary({ action, actions: { act, busy } }: ActionProps) {
  const keysOf = useKeysOf();
  const { t } = useTranslation('conversation');
  return (
    <Tooltip
      label={t(`actions.hints.${action}`)}
      shortcut={keysOf(shortcutOf[action])}
      side="bottom"
    >
      <Button
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
  const keysOf = useKeysOf();
  const { t } = useTranslation('conversation');
  return (
    <IconButton
      label={t(`actions.${action}`)}
      shortcut={keysOf(shortcutOf[action])}
      tooltipSide="bottom"
      // It shows how it is; pressed, it changes that.
      icon={
        action === 'unflag' ? <Flag className="fill-current text-notice" /> : actionIcons[action]
      }
      aria-busy={busy === action}
      disabled={busy !== null}
      onClick={() => act(action)}
    />
  );
}

function More({ actions, others }: { actions: ConversationActions; others: readonly Action[] }) {
  const keysOf = useKeysOf();
  const { t } = useTranslation('conversation');
  return (
    <Menu align="end" trigger={<IconButton label={t('actions.more')} icon={<Ellipsis />} />}>
      {others.map((action) => (
        <MenuItem
          key={action}
          icon={actionIcons[action]}
          shortcut={keysOf(shortcutOf[action])}
          onSelect={() => actions.act(action)}
        >
          {t(`actions.${action}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

function useActionShortcuts({ available, busy, act }: ConversationActions): void {
  const find = (name: Shortcut) => available.find((each) => shortcutOf[each] === name);
  const acts = (name: Shortcut) => {
    const action = find(name);
    if (action) act(action);
  };
  const isOn = (name: Shortcut) => find(name) !== undefined && busy === null;
  useShortcut('accept', () => acts('accept'), isOn('accept'));
  useShortcut('leave', () => acts('leave'), isOn('leave'));
  useShortcut('markPending', () => acts('markPending'), isOn('markPending'));
  useShortcut('close', () => acts('close'), isOn('close'));
  useShortcut('flag', () => acts('flag'), isOn('flag'));
  useShortcut('assign', () => acts('assign'), isOn('assign'));
  useShortcut('invite', () => acts('invite'), isOn('invite'));
  useShortcut('unassign', () => acts('unassign'), isOn('unassign'));
}
