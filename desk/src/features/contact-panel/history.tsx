import type { ContactId, Conversation, ConversationId, List } from '@deskbell/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InboxDot } from '../lists/inbox-filter.tsx';
import { previewOf } from '../lists/preview.ts';
import { Section } from './section.tsx';
import { useHistory } from './use-history.ts';
import { useAgentName } from './use-names.ts';

/** So many at first; four times as many with each wish for more, up to what the server gives beside the open one. */
const FEW = 5;
const MOST = 499;

interface HistoryProps {
  list: List;
  contactId: ContactId;
  /** The one beside which the others are shown. */
  conversationId: ConversationId;
}

/** what else the contact has asked, whatever inbox and whenever, to be opened from here. */
export function History({ list, contactId, conversationId }: HistoryProps) {
  const { t } = useTranslation(['contactPanel', 'app']);
  const [shown, setShown] = useState(FEW);
  const { others, hasMore, hasFailed, again } = useHistory(contactId, {
    shown,
    besides: conversationId,
  });
  if (others.length === 0 && !hasFailed) return null;
  return (
    <Section title={t('history')}>
      <ul className="-mx-2 flex flex-col gap-0.5 empty:hidden">
        {others.map((conversation) => (
          <li key={conversation.id}>
            <Past conversation={conversation} list={list} />
          </li>
        ))}
      </ul>
      {hasFailed ? (
        <div className="flex flex-col items-start gap-2">
          <p role="alert" className="text-muted">
            {t('historyFailed')}
          </p>
          <Button size="small" onClick={() => void again()}>
            {t('app:failed.again')}
          </Button>
        </div>
      ) : (
        hasMore &&
        shown < MOST && (
          <Button size="small" className="mt-2" onClick={() => setShown(Math.min(shown * 4, MOST))}>
            {t('showMore')}
          </Button>
        )
      )}
    </Section>
  );
}

/** What it was about, when, who had it, and how it stands. */
function Past({ conversation, list }: { conversation: Conversation; list: List }) {
  const { t, i18n } = useTranslation(['contactPanel', 'conversation', 'lists']);
  const inbox = useStore((store) => store.entities.inboxes.get(conversation.inboxId));
  const { id, status, assigneeId, lastMessage, openedAt, closeReason } = conversation;
  const name = useAgentName(assigneeId);
  return (
    <Link
      to="/$list/{-$conversationId}"
      params={{ list, conversationId: id }}
      preload={false}
      className="block rounded-md px-2 py-1.5 no-underline hover:bg-hover"
    >
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate">
          {lastMessage ? previewOf(lastMessage.text) : t('lists:card.nothing')}
        </span>
        <RelativeTime
          at={lastMessage?.at ?? openedAt}
          language={i18n.language}
          nowLabel={t('conversation:now')}
          className="shrink-0 text-muted text-xs tabular-nums"
        />
      </span>
      <span className="flex min-h-5 min-w-0 items-center gap-1.5 text-muted text-xs">
        {inbox && (
          // Its dot says which it is: its name gives way before the others do.
          <span className="inline-flex min-w-2 shrink-9999 items-center gap-1.5">
            <InboxDot color={inbox.color} />
            <span className="truncate">{inbox.name}</span>
          </span>
        )}
        {assigneeId !== null && <span className="min-w-0 truncate">· {name}</span>}
        <span className="flex-1" />
        {status === 'closed' ? (
          <span className="max-w-3/5 shrink-0 truncate">
            {closeReason && t(`reasons.${closeReason}`)}
          </span>
        ) : (
          <Badge tone={status === 'pending' ? 'notice' : 'positive'}>
            {t(`conversation:status.${status}`)}
          </Badge>
        )}
      </span>
    </Link>
  );
}
