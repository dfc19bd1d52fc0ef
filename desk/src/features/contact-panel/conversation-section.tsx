import type { AgentId, ContactId, Conversation, Opening, TeamId } from '@deskbell/contract';
import { AgentAvatar } from '../../app/agent-avatar.tsx';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { shortTime } from '../../ui/relative-time.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { LabelFact } from '../labels/conversation-labels.tsx';
import { InboxDot } from '../lists/inbox-filter.tsx';
import { Fact } from './fact.tsx';
import { useAgentName, useTeamName } from './use-names.ts';

/** The conversation as such: where, since when, who has it. */
export function ConversationSection({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['contactPanel', 'labels']);
  const inbox = useStore((store) => store.entities.inboxes.get(conversation.inboxId));
  const { openedAt, closedAt, closeReason, waitingSince, assigneeId, participants } = conversation;
  const isClosed = conversation.status === 'closed';
  return (
    <dl className="flex flex-col gap-3">
      {inbox && (
        <Fact label={t('inbox')}>
          <span className="inline-flex max-w-full items-center gap-2">
            <InboxDot color={inbox.color} />
            <span className="truncate">{inbox.name}</span>
          </span>
        </Fact>
      )}
      {conversation.teamId !== null && <TeamFact teamId={conversation.teamId} />}
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
      <Fact label={t('labels:title')}>
        <LabelFact conversation={conversation} />
      </Fact>
      <Fact label={t('opened')}>
        <Ago at={openedAt} />
      </Fact>
      {conversation.opening && (
        <Answers opening={conversation.opening} contactId={conversation.contactId} />
      )}
      {waitingSince !== null && !isClosed && (
        <Fact label={t('waiting')}>
          <Ago at={waitingSince} />
        </Fact>
      )}
      {isClosed && closedAt !== null && (
        <Fact label={t('closed')}>
          <Ago at={closedAt} />
          {closeReason && <div className="text-muted">{t(`reasons.${closeReason}`)}</div>}
        </Fact>
      )}
      <Fact label={t('messages')}>
        <span className="tabular-nums">
          {t('fromThem', { count: conversation.contactMessages })}
        </span>
      </Fact>
    </dl>
  );
}

/** What they answered before the first message, and where they were. What the contact shows already isn't said twice. */
function Answers(props: { opening: Opening; contactId: ContactId }) {
  const { answers, page, isAgreed } = props.opening;
  const { t } = useTranslation('contactPanel');
  const contact = useStore((store) => store.entities.contacts.get(props.contactId));
  const shown = [contact?.name, contact?.email, contact?.phone];
  const further = answers.filter(({ value }) => !shown.includes(value));
  return (
    <>
      {further.map(({ key, label, value }) => (
        <Fact key={key} label={label}>
          {value}
        </Fact>
      ))}
      {isAgreed && <Fact label={t('consent')}>{t('consentGiven')}</Fact>}
      {page && (
        <Fact label={t('page')}>
          <span title={page} className="line-clamp-2 break-all">
            {page.replace(/^https?:\/\//, '')}
          </span>
        </Fact>
      )}
    </>
  );
}

function TeamFact({ teamId }: { teamId: TeamId }) {
  const { t } = useTranslation('contactPanel');
  return (
    <Fact label={t('team')}>
      <span className="block truncate">{useTeamName(teamId)}</span>
    </Fact>
  );
}

function Colleague({ agentId }: { agentId: AgentId }) {
  const name = useAgentName(agentId);
  return (
    <span className="inline-flex max-w-full items-center gap-2 py-0.5">
      <AgentAvatar agentId={agentId} name={name} size="tiny" />
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
