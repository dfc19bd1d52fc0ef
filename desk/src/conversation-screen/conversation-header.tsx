import type { Conversation, List } from '@deskbell/contract';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, Flag, PanelRight } from 'lucide-react';
import { AgentAvatar } from '../app/agent-avatar.tsx';
import { useStore } from '../app/client.tsx';
import { useLayout } from '../app/layout.tsx';
import { useKeysOf } from '../app/shortcuts.ts';
import { useTranslation } from '../app/use-translation.ts';
import { useAgentName, useContactName, useKnownName } from '../features/contact-panel/use-names.ts';
import {
  ConversationActionBar,
  type ConversationActions,
} from '../features/conversation-actions/index.tsx';
import { LabelButton } from '../features/labels/conversation-labels.tsx';
import { LabelChips } from '../features/labels/label-chip.tsx';
import { InboxDot } from '../features/lists/inbox-filter.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Participants } from './participants.tsx';
import { StatusMenu } from './status-menu.tsx';

interface ConversationHeaderProps {
  list: List;
  conversation: Conversation;
  actions: ConversationActions;
}

/** Who it is with, how it stands, who has it, and what can be done. */
export function ConversationHeader({ list, conversation, actions }: ConversationHeaderProps) {
  const keysOf = useKeysOf();
  const { t } = useTranslation('conversation');
  const { room, isDetailsOpen, toggleDetails } = useLayout();
  const name = useContactName(conversation.contactId);
  const knownName = useKnownName(conversation.contactId);
  return (
    <header className="flex min-h-15 shrink-0 items-center gap-3 border-line border-b px-4 py-2 max-md:gap-2 max-md:px-2">
      {room === 'one' && (
        <Link
          to="/$list/{-$conversationId}"
          params={{ list }}
          aria-label={t('back')}
          className="grid size-9 pointer-coarse:size-11 shrink-0 place-items-center rounded-md text-muted hover:bg-hover"
        >
          <ChevronLeft aria-hidden="true" className="size-5 rtl:-scale-x-100" />
        </Link>
      )}
      {room !== 'one' && <Avatar id={conversation.contactId} name={knownName} />}
      <div className="min-w-0 flex-1">
        <h1 className="truncate font-semibold text-base">{name}</h1>
        <Standing conversation={conversation} actions={actions} />
      </div>
      <div className="flex shrink-0 items-center gap-1">
        <LabelButton conversation={conversation} />
        <ConversationActionBar actions={actions} />
        <IconButton
          label={t('details')}
          shortcut={keysOf('details')}
          tooltipSide="bottom"
          isPressed={isDetailsOpen}
          icon={<PanelRight />}
          onClick={toggleDetails}
        />
      </div>
    </header>
  );
}

function Standing({ conversation, actions }: Omit<ConversationHeaderProps, 'list'>) {
  const { t } = useTranslation('conversation');
  const inbox = useStore((store) => store.entities.inboxes.get(conversation.inboxId));
  const { labelIds } = conversation;
  return (
    <div className="@container/standing flex h-6 min-w-0 items-center gap-2 overflow-x-clip pe-1 text-muted text-xs">
      {inbox && (
        // As on a card: its name gives way first, then labels do, who has it last.
        <span className="inline-flex min-w-3.5 max-w-40 shrink-9999 items-center gap-1.5">
          <InboxDot color={inbox.color} />
          <span className="truncate">{inbox.name}</span>
        </span>
      )}
      <StatusMenu conversation={conversation} actions={actions} />
      {conversation.isFlagged && (
        <Flag
          role="img"
          aria-label={t('flagged')}
          className="size-3.5 shrink-0 fill-current text-notice"
        />
      )}
      <Holder conversation={conversation} />
      {conversation.participants.length > 0 && (
        <Participants participants={conversation.participants} label={t('participants')} />
      )}
      <LabelChips labelIds={labelIds} most={3} className="shrink-99 @max-xl/standing:hidden" />
      <LabelChips
        labelIds={labelIds}
        most={1}
        className="max-w-1/3 shrink-0 @xl/standing:hidden @max-2xs/standing:hidden"
      />
    </div>
  );
}

function Holder({ conversation: { assigneeId } }: { conversation: Conversation }) {
  const { t } = useTranslation('conversation');
  const meId = useStore((store) => store.me?.id);
  const name = useAgentName(assigneeId);
  if (assigneeId === null) return null;
  const isMe = assigneeId === meId;
  return (
    <span
      className="inline-flex min-w-5 max-w-36 items-center gap-1.5"
      title={t('holder', { name })}
    >
      <AgentAvatar agentId={assigneeId} name={name} size="tiny" />
      <span className="truncate max-sm:sr-only">
        <span className="sr-only">{t('assignee')}: </span>
        {isMe ? t('you') : name}
      </span>
    </span>
  );
}
