import type { Conversation } from '@deskbell/contract';
import { ChevronDown } from 'lucide-react';
import { useKeysOf } from '../app/shortcuts.ts';
import { useTranslation } from '../app/use-translation.ts';
import {
  type Action,
  actionIcons,
  type ConversationActions,
  shortcutOf,
} from '../features/conversation-actions/index.tsx';
import { classes } from '../ui/classes.ts';
import { Menu, MenuChoice } from '../ui/menu.tsx';

const standings = ['open', 'pending', 'done'] as const;
type Standing = (typeof standings)[number];

const tones = {
  open: 'bg-hover text-muted',
  queued: 'bg-positive-soft text-positive-text',
  pending: 'bg-notice-soft text-notice-text',
  closed: 'bg-hover text-muted',
} as const;

interface StatusMenuProps {
  conversation: Pick<Conversation, 'status' | 'holder'>;
  actions: ConversationActions;
}

/** How a conversation stands, and what it may be made: open, pending, done. */
export function StatusMenu({ conversation: { status, holder }, actions }: StatusMenuProps) {
  const keysOf = useKeysOf();
  const { t } = useTranslation('conversation');
  const now = status === 'closed' ? 'done' : status;
  const shown = status === 'open' && holder === 'nobody' ? 'queued' : status;
  const ways: Record<Standing, Action> = {
    open: status === 'closed' ? 'reopen' : 'markOpen',
    pending: 'markPending',
    done: 'close',
  };
  const options = standings
    .filter((each) => each === now || actions.available.includes(ways[each]))
    .map((each) => ({
      value: each,
      label: t(`standing.${each}`),
      icon: actionIcons[ways[each]],
      ...(each !== now && { shortcut: keysOf(shortcutOf[ways[each]]) }),
    }));
  const look = classes(
    'inline-flex h-6 shrink-0 items-center gap-1 whitespace-nowrap rounded-full px-2 font-medium text-2xs',
    tones[shown],
  );
  if (options.length === 1) return <span className={look}>{t(`status.${shown}`)}</span>;
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('standing.change', { status: t(`status.${shown}`) })}
          // A finger has more of it than it shows.
          className="group inline-flex shrink-0 items-center rounded-full -outline-offset-2 pointer-coarse:-my-2 pointer-coarse:h-10"
        >
          <span className={classes(look, 'group-hover:brightness-97')}>
            {t(`status.${shown}`)}
            <ChevronDown aria-hidden="true" className="size-3" />
          </span>
        </button>
      }
    >
      <MenuChoice
        label={t('standing.label')}
        value={now}
        onChange={(next) => next !== now && actions.act(ways[next])}
        options={options}
        closesOnClick
      />
    </Menu>
  );
}
