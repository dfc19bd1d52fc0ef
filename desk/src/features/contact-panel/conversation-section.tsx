import type { AgentId, Conversation } from '@deskbell/contract';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { shortTime } from '../../ui/relative-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { InboxDot } from '../lists/inbox-filter.tsx';
import { Fact } from './fact.tsx';
import { useAgentName } from './use-names.ts';

/** The conversation as such: where, since when, who has it. */
export function ConversationSection({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('contactPanel');
  const inbox = useStore((store) => store.entities.inboxes.get(conversation.inboxId));
  const { openedAt, closedAt, closeReason, waitingSince, assigneeId, participants } = conversation;
  const isClosed = conversation.status === 'closed';
  return (
    <dl className="flex flex-col gap-3">
      {inbox && (
        <Fact label={t('inbox')}>
          <span className="inline-flex items-center gap-2">
            <InboxDot color={inbox.color} />
            {inbox.name}
          </span>
        </Fact>
      )}
      <Fact label={t('assignee')}>
        {assigneeId === null ? (
          <span className="text-muted">{t('nobody')}</span>
        ) : (
          <Colleague agentId={assigneeId} />
        )}
      </Fact>
      {participants.length > 0 && (
        <Fact label={t('participants')}>
          <ul className="flex flex-col gap-1">
            {participants.map(({ agentId }) => (
              <li key={agentId}>
                <Colleague agentId={agentId} />
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact label={t('opened')}>
        <Ago at={openedAt} />
      </Fact>
      {waitingSince !== null && !isClosed && (
        <Fact label={t('waiting')}>
          <Ago at={waitingSince} />
        </Fact>
      )}
      {isClosed && closedAt !== null && (
        <Fact label={t('closed')}>
          <Ago at={closedAt} />
          {closeReason && <span className="text-muted"> · {t(`reasons.${closeReason}`)}</span>}
        </Fact>
      )}
      <Fact label={t('messages')}>
        <span className="tabular-nums">{conversation.contactMessages}</span>
      </Fact>
    </dl>
  );
}

function Colleague({ agentId }: { agentId: AgentId }) {
  const name = useAgentName(agentId);
  const isOnline = useStore((store) => store.online.includes(agentId));
  return (
    <span className="inline-flex max-w-full items-center gap-2 py-0.5">
      <Avatar id={agentId} name={name} size="tiny" isOnline={isOnline} />
      <span className="truncate">{name}</span>
    </span>
  );
}

/** When it was, and how long ago that is. */
function Ago({ at }: { at: number }) {
  const { t, i18n } = useTranslation('conversation');
  return (
    <>
      {shortTime(at, i18n.language)}{' '}
      <span className="text-muted text-xs">
        · <RelativeTime at={at} language={i18n.language} nowLabel={t('now')} />
      </span>
    </>
  );
}
