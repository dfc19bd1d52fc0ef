import type { Conversation, ConversationId, List } from '@deskbell/contract';
import { Link } from '@tanstack/react-router';
import { Clock3, CornerUpLeft, Flag } from 'lucide-react';
import { memo } from 'react';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useClient, useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useAgentName, useContactName, useKnownName } from '../contact-panel/use-names.ts';
import { LabelChips } from '../labels/label-chip.tsx';
import { type CardState, cardState } from './card-state.ts';
import { InboxDot } from './inbox-filter.tsx';
import { previewOf } from './preview.ts';
import { Waiting } from './waiting.tsx';

/** In px. All cards are equally high, so that 10,000 of them need no measuring. */
export const CARD_HEIGHT = 80;

export interface CardProps {
  id: ConversationId;
  list: List;
  isSelected: boolean;
  /** The one that Tab leads to. */
  isActive: boolean;
}

/** One conversation of a list. */
export const Card = memo(function Card({ id, list, isSelected, isActive }: CardProps) {
  const client = useClient();
  const conversation = useStore((store) => store.entities.conversations.get(id));
  const agentId = useStore((store) => store.me?.id);
  const mark = useStore((store) => store.entities.marks.get(id));
  const name = useContactName(conversation?.contactId);
  const knownName = useKnownName(conversation?.contactId);
  if (!conversation) return null;
  const state = cardState(conversation, { agentId, mark, isSelected });
  return (
    <Link
      to="/$list/{-$conversationId}"
      params={{ list, conversationId: id }}
      preload={false}
      // By the time the button is let go, what was said is here.
      onPointerDown={({ pointerType, button }) => {
        if (pointerType === 'mouse' && button === 0) client.watch(id).close();
      }}
      data-card={id}
      tabIndex={isActive ? 0 : -1}
      aria-current={isSelected ? 'true' : undefined}
      className={classes(
        'group relative grid h-full grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-lg px-2.5 py-2 no-underline transition-colors -outline-offset-2',
        ground(state, isSelected),
      )}
    >
      <span className="relative pt-0.5">
        <Avatar id={conversation.contactId} name={knownName} />
        {state.isNew && <NewDot />}
      </span>
      <span className="flex min-w-0 flex-col">
        <TopLine name={name} conversation={conversation} isUnread={state.unread > 0} />
        <Preview conversation={conversation} state={state} />
        <BottomLine conversation={conversation} state={state} list={list} />
      </span>
    </Link>
  );
});

function ground({ isUntaken }: CardState, isSelected: boolean): string {
  if (isSelected) return 'bg-selected';
  return isUntaken ? 'bg-positive-soft hover:brightness-98' : 'hover:bg-hover';
}

function NewDot() {
  const { t } = useTranslation('lists');
  return (
    <span
      role="img"
      aria-label={t('card.new')}
      title={t('card.new')}
      className="absolute -top-0.5 -start-0.5 z-1 size-3 rounded-full border-2 border-sunken bg-accent-text"
    />
  );
}

interface TopLineProps {
  name: string;
  conversation: Conversation;
  isUnread: boolean;
}

function TopLine({ name, conversation, isUnread }: TopLineProps) {
  const { t, i18n } = useTranslation('conversation');
  return (
    <span className="flex items-baseline gap-2">
      <span
        className={classes('min-w-0 flex-1 truncate', isUnread ? 'font-semibold' : 'font-medium')}
      >
        {name}
      </span>
      <RelativeTime
        at={conversation.lastMessage?.at ?? conversation.openedAt}
        language={i18n.language}
        nowLabel={t('now')}
        className="shrink-0 text-muted text-xs tabular-nums"
      />
    </span>
  );
}

function Preview({ conversation, state }: { conversation: Conversation; state: CardState }) {
  const { t } = useTranslation('lists');
  const isTyping = useStore((store) =>
    store.typing(conversation.id).some(({ kind }) => kind === 'contact'),
  );
  const message = conversation.lastMessage;
  const isOurs = message?.side === 'ours';
  return (
    <span className="flex items-center gap-2">
      <span
        className={classes(
          'flex min-w-0 flex-1 items-center gap-1 text-sm',
          state.unread > 0 ? 'text-ink' : 'text-muted',
        )}
      >
        {isTyping ? (
          <span className="truncate text-accent-text">{t('card.typing')}</span>
        ) : (
          <>
            {isOurs && (
              <>
                <CornerUpLeft aria-hidden="true" className="size-3.5 shrink-0 text-faint" />
                <span className="sr-only">{t('card.ours')}</span>
              </>
            )}
            <span className="truncate">
              {message ? previewOf(message.text) : t('card.nothing')}
            </span>
          </>
        )}
      </span>
      <Unread state={state} />
    </span>
  );
}

function Unread({ state: { unread, concernsMe } }: { state: CardState }) {
  const { t } = useTranslation('lists');
  if (unread === 0) return null;
  return (
    <Badge tone={concernsMe ? 'solid' : 'neutral'} className="h-4 min-w-4 px-1">
      <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
      <span className="sr-only">{t('card.unread', { count: unread })}</span>
    </Badge>
  );
}

interface BottomLineProps {
  conversation: Conversation;
  state: CardState;
  list: List;
}

function BottomLine({ conversation, state, list }: BottomLineProps) {
  const { t } = useTranslation('lists');
  const inbox = useStore((store) => store.entities.inboxes.get(conversation.inboxId));
  const { status } = conversation;
  return (
    <span className="mt-auto flex h-5 min-w-0 items-center gap-1.5 text-muted text-xs">
      {inbox && (
        // Its dot says which it is: its name gives way before a label does.
        <span className="inline-flex min-w-0 shrink-9999 items-center gap-1.5">
          <InboxDot color={inbox.color} />
          <span className="truncate">
            <span className="sr-only">{t('card.inbox', { name: '' })}</span>
            {inbox.name}
          </span>
        </span>
      )}
      {conversation.isFlagged && (
        <Flag
          role="img"
          aria-label={t('card.flagged')}
          className="size-3.5 shrink-0 fill-current text-notice"
        />
      )}
      <LabelChips labelIds={conversation.labelIds} most={1} />
      {status === 'pending' && <Badge tone="notice">{t('card.pending')}</Badge>}
      {status === 'closed' && list !== 'closed' && <Badge>{t('card.closed')}</Badge>}
      {state.waitingSince !== null && (
        <Waiting
          since={state.waitingSince}
          icon={<Clock3 aria-hidden="true" />}
          isBrief={conversation.labelIds.length > 0}
        />
      )}
      <span className="flex-1" />
      {state.isUntaken && <span className="sr-only">{t('card.untaken')}</span>}
      <Assignee conversation={conversation} />
    </span>
  );
}

function Assignee({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('lists');
  const { assigneeId } = conversation;
  const name = useAgentName(assigneeId);
  if (assigneeId === null) return null;
  return (
    <span title={t('card.assignee', { name })} className="inline-flex">
      <AgentAvatar agentId={assigneeId} name={name} size="tiny" />
      <span className="sr-only">{t('card.assignee', { name })}</span>
    </span>
  );
}
