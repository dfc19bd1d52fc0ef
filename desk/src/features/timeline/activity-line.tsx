import type { Activity, ActivityEntry, Author } from '@deskbell/contract';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../app/client.tsx';
import { exactTime, timeOfDay } from '../../ui/relative-time.ts';
import { useAgentName, useContactName } from '../contact-panel/use-names.ts';

/** What happened besides messages, in plain words. */
export const ActivityLine = memo(function ActivityLine({ entry }: { entry: ActivityEntry }) {
  const { i18n } = useTranslation();
  const sentence = useSentence(entry);
  return (
    <p className="mx-auto flex max-w-200 items-center justify-center gap-1.5 px-6 py-1.5 text-balance text-center text-muted text-xs">
      <span className="wrap-anywhere">{sentence}</span>
      <time
        dateTime={new Date(entry.at).toISOString()}
        title={exactTime(entry.at, i18n.language)}
        className="shrink-0 text-faint tabular-nums"
      >
        {timeOfDay(entry.at, i18n.language)}
      </time>
    </p>
  );
});

function useSentence({ activity, author }: ActivityEntry): string {
  const { t } = useTranslation('conversation');
  const who = useAuthorName(author);
  const whom = useAgentOrYou('agentId' in activity ? activity.agentId : null);
  const successor = useAgentOrYou('successorId' in activity ? activity.successorId : null);
  return t(`activity.${phraseOf(activity, author)}`, { who, whom, successor });
}

/** Which sentence tells it: it depends on who did it. */
function phraseOf(activity: Activity, author: Author) {
  switch (activity.what) {
    case 'opened':
      return author.kind === 'agent' ? 'openedByAgent' : 'openedByContact';
    case 'assigned':
      return author.kind === 'agent' && author.id === activity.agentId ? 'taken' : 'assigned';
    case 'left':
      return activity.successorId === null ? 'left' : 'leftTo';
    case 'closed':
      return `closed.${activity.reason}` as const;
    case 'resumed':
      return author.kind === 'agent' ? 'resumedByAgent' : 'resumedByContact';
    case 'reopened':
      return author.kind === 'agent' ? 'reopenedByAgent' : 'reopenedByContact';
    case 'joined':
    case 'pending':
      return activity.what;
  }
}

function useAuthorName(author: Author): string {
  const { t } = useTranslation('conversation');
  const contact = useContactName(author.kind === 'contact' ? author.id : undefined);
  const agent = useAgentOrYou(author.kind === 'agent' ? author.id : null);
  return { contact, agent, system: t('system') }[author.kind];
}

function useAgentOrYou(agentId: Parameters<typeof useAgentName>[0]): string {
  const { t } = useTranslation('conversation');
  const meId = useStore((store) => store.me?.id);
  const name = useAgentName(agentId);
  return agentId && agentId === meId ? t('you') : name;
}
