import type { Agent, Conversation, ConversationId, Inbox, List } from '@deskbell/contract';
import { Flag } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { faceOf } from '../../app/agent-avatar.tsx';
import { useClient, useStoreParts } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { classes } from '../../ui/classes.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { contactName, knownName } from '../contact-panel/contact-name.ts';
import { LabelChips } from '../labels/label-chip.tsx';
import { type CardState, cardState } from './card-state.ts';
import { InboxDot } from './inbox-filter.tsx';
import { previewOf } from './preview.ts';
import { SelectBox } from './select-box.tsx';
import { Waiting } from './waiting.tsx';

/** In px. All cards are equally high, so that 10,000 of them need no measuring. */
export const CARD_HEIGHT = 80;

/** The id of the word that says of a card that it is ticked, which stands once for all of them. */
export const TICKED = 'card-ticked';

export interface CardProps {
  id: ConversationId;
  list: List;
  /** Where it leads. */
  address: string;
  isSelected: boolean;
  /** The one that Tab leads to. */
  isActive: boolean;
  isPointed: boolean;
  /** What ticks it, and all, by keyboard; only of the one that Tab leads to. */
  keys: string | undefined;
  /** Its box is ticked. */
  isTicked: boolean;
  /** Boxes show without a pointer over them. */
  isTicking: boolean;
  onOpen(event: MouseEvent, id: ConversationId): void;
  onTick(id: ConversationId, toHere: boolean): void;
}

/**
 * One conversation of a list. A fast wheel draws six anew with each frame, so a card has one listener to the
 * store, a plain link, and no element more than it needs; `npm run bench -- desk` has the time.
 */
export const Card = memo(function Card(props: CardProps) {
  const { id, list, isSelected, isActive } = props;
  const client = useClient();
  const { t } = useTranslation('contactPanel');
  const [conversation, contact, inbox, assignee, mark, isTyping, agentId] = useStoreParts(
    (store) => {
      const { conversations, contacts, inboxes, agents, marks } = store.entities;
      const found = conversations.get(id);
      return [
        found,
        contacts.get(found?.contactId ?? ''),
        inboxes.get(found?.inboxId ?? ''),
        agents.get(found?.assigneeId ?? ''),
        marks.get(id),
        store.typing(id).some(({ kind }) => kind === 'contact'),
        store.me?.id,
      ];
    },
  );
  if (!conversation) return null;
  const state = cardState(conversation, { agentId, mark, isSelected });
  const name = contactName(contact, conversation.contactId, (tag) => t('visitor', { tag }));
  return (
    <>
      <a
        href={props.address}
        onClick={(event) => props.onOpen(event, id)}
        // By the time the button is let go, what was said is here.
        onPointerDown={({ pointerType, button }) => {
          if (pointerType === 'mouse' && button === 0) client.watch(id).close();
        }}
        data-card={id}
        tabIndex={isActive ? 0 : -1}
        aria-current={isSelected ? 'true' : undefined}
        aria-keyshortcuts={props.keys}
        aria-describedby={props.isTicked ? TICKED : undefined}
        className={classes(
          'relative block h-full rounded-lg py-2 ps-13.5 pe-2.5 no-underline transition-colors -outline-offset-2',
          ground(state, isSelected),
        )}
      >
        <Avatar
          id={conversation.contactId}
          name={knownName(contact)}
          className="absolute start-2.5 top-2.5"
        />
        {state.isNew && <NewDot />}
        <TopLine name={name} conversation={conversation} isUnread={state.unread > 0} />
        <Preview conversation={conversation} state={state} isTyping={isTyping} />
        <BottomLine {...{ conversation, state, list, inbox, assignee }} />
      </a>
      {(isActive || props.isPointed || props.isTicking) && (
        <SelectBox
          id={id}
          name={name}
          isOn={props.isTicked}
          isShown={props.isTicking}
          isActive={isActive}
          onToggle={props.onTick}
        />
      )}
    </>
  );
});

function ground({ isUntaken }: CardState, isSelected: boolean): string {
  if (isSelected) return 'bg-selected';
  return isUntaken
    ? 'bg-positive-soft hover:bg-[color-mix(in_oklab,var(--color-positive-soft),var(--color-ink)_4%)]'
    : 'hover:bg-hover';
}

/** Over the edge of the picture. */
function NewDot() {
  const { t } = useTranslation('lists');
  return (
    <span
      role="img"
      aria-label={t('card.new')}
      title={t('card.new')}
      className="absolute start-2 top-2 z-1 size-3 rounded-full border-2 border-sunken bg-accent-text"
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

interface PreviewProps {
  conversation: Conversation;
  state: CardState;
  isTyping: boolean;
}

function Preview({ conversation: { lastMessage }, state, isTyping }: PreviewProps) {
  const { t } = useTranslation('lists');
  const isOurs = !isTyping && lastMessage?.side === 'ours';
  const text = lastMessage ? previewOf(lastMessage.text) : t('card.nothing');
  return (
    <span
      className={classes(
        'flex min-w-0 items-center gap-1 text-sm',
        state.unread > 0 ? 'text-ink' : 'text-muted',
      )}
    >
      {isOurs && (
        <svg role="img" aria-label={t('card.ours')} className={`${sign} text-faint`} {...box}>
          <path d="M9 6 4 11l5 5M4.5 11H15a5 5 0 0 1 5 5v3" />
        </svg>
      )}
      <span className={classes('min-w-0 flex-1 truncate', isTyping && 'text-accent-text')}>
        {isTyping ? t('card.typing') : text}
      </span>
      <Unread state={state} />
    </span>
  );
}

/** Of one path each, drawn once: they stand on most cards. */
const sign = 'size-3.5 shrink-0 fill-none stroke-2 stroke-current';
const box = { viewBox: '0 0 24 24', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const CLOCK = (
  <svg aria-hidden="true" className={sign} {...box}>
    <path d="M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zM12 7v5h3.5" />
  </svg>
);

function Unread({ state: { unread, concernsMe } }: { state: CardState }) {
  const { t } = useTranslation('lists');
  if (unread === 0) return null;
  return (
    <Badge tone={concernsMe ? 'solid' : 'neutral'} className="ms-1 h-4 min-w-4 px-1">
      <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
      <span className="sr-only">{t('card.unread', { count: unread })}</span>
    </Badge>
  );
}

interface BottomLineProps {
  conversation: Conversation;
  state: CardState;
  list: List;
  inbox: Inbox | undefined;
  assignee: Agent | undefined;
}

function BottomLine({ conversation, state, list, inbox, assignee }: BottomLineProps) {
  const { t } = useTranslation('lists');
  const { status } = conversation;
  return (
    <span className="mt-0.5 flex h-5 min-w-0 items-center gap-1.5 text-muted text-xs">
      {inbox && (
        // Its dot says which it is: its name gives way before a label does.
        <span className="relative min-w-0 shrink-9999 truncate ps-3.5">
          <InboxDot color={inbox.color} name={t('card.inbox')} className="absolute start-0 top-1" />
          {inbox.name}
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
          icon={CLOCK}
          isBrief={conversation.labelIds.length > 0}
        />
      )}
      {state.isUntaken && <span className="sr-only">{t('card.untaken')}</span>}
      {conversation.assigneeId !== null && (
        <Assignee id={conversation.assigneeId} agent={assignee} />
      )}
    </span>
  );
}

function Assignee({ id, agent }: { id: string; agent: Agent | undefined }) {
  const { t } = useTranslation(['lists', 'contactPanel']);
  const name = agent?.name ?? t('contactPanel:formerAgent');
  const words = t('card.assignee', { name });
  return (
    <span role="img" aria-label={words} title={words} className="ms-auto inline-flex shrink-0">
      <Avatar id={id} name={name} {...faceOf(agent)} size="tiny" />
    </span>
  );
}
