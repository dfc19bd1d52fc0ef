import type { Activity, ActivityEntry, Author, LabelId } from '@deskbell/contract';
import { memo } from 'react';
import { useStore } from '../../app/client.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { classes } from '../../ui/classes.ts';
import { exactTime, timeOfDay } from '../../ui/relative-time.ts';
import { useAgentName, useContactName, useTeamName } from '../contact-panel/use-names.ts';
import { useLabelNames } from '../labels/use-labels.ts';

interface ActivityLineProps {
  entry: ActivityEntry;
  /** As far from what was said before it as from what is said next. */
  isFirst: boolean;
}

/** What happened besides messages, in plain words. */
export const ActivityLine = memo(function ActivityLine({ entry, isFirst }: ActivityLineProps) {
  const { i18n } = useTranslation();
  const sentence = useSentence(entry);
  return (
    <p
      className={classes(
        'mx-auto max-w-200 px-6 pb-1 text-balance text-center text-muted text-xs',
        isFirst ? 'pt-3' : 'pt-1',
      )}
    >
      <span className="wrap-anywhere">{sentence}</span>{' '}
      <time
        dateTime={new Date(entry.at).toISOString()}
        title={exactTime(entry.at, i18n.language)}
        className="ms-0.5 text-faint tabular-nums"
      >
        {timeOfDay(entry.at, i18n.language)}
      </time>
    </p>
  );
});

const none: readonly LabelId[] = [];

function useSentence({ activity, author }: ActivityEntry): string {
  const { t } = useTranslation('conversation');
  const who = useAuthorName(author);
  const whom = useAgentOrYou('agentId' in activity ? activity.agentId : null);
  const team = useTeamName('teamId' in activity ? activity.teamId : null);
  const successor = useAgentOrYou('successorId' in activity ? activity.successorId : null);
  const reason = activity.what === 'closed' ? activity.text : undefined;
  const added = useLabelNames(activity.what === 'labelled' ? activity.added : none);
  const removed = useLabelNames(activity.what === 'labelled' ? activity.removed : none);
  const words = { who, whom, successor, reason, team, added, removed };
  return t(`activity.${phraseOf(activity, author)}`, words);
}

/** Which sentence tells it: it depends on who did it. */
function phraseOf(activity: Activity, author: Author) {
  switch (activity.what) {
    case 'opened':
      return byWhom(author, 'opened');
    case 'assigned':
      if (isBy(author, activity.agentId)) return 'taken';
      if (author.kind === 'system') return 'assignedByItself';
      return activity.isForced ? 'assignedByForce' : 'assigned';
    case 'unassigned':
      return isBy(author, activity.agentId) ? 'dropped' : 'unassigned';
    case 'left':
      return activity.successorId === null ? 'left' : 'leftTo';
    case 'detached':
    case 'went-offline':
      return gonePhrase(activity);
    case 'transferred':
      return passedOnPhrase(activity);
    case 'labelled':
      if (activity.removed.length === 0) return 'labelled.added';
      return activity.added.length === 0 ? 'labelled.removed' : 'labelled.both';
    case 'closed':
      return activity.text === undefined ? (`closed.${activity.reason}` as const) : 'closed.forced';
    case 'resumed':
      return byWhom(author, 'resumed');
    case 'reopened':
      return byWhom(author, 'reopened');
    default:
      return activity.what;
  }
}

function passedOnPhrase({ teamId, isBack }: Extract<Activity, { what: 'transferred' }>) {
  if (isBack) return 'backInTeam';
  return teamId === null ? 'transferredToAll' : 'transferred';
}

/** Who had it did nothing, or went. */
function gonePhrase({
  what,
  successorId,
}: Extract<Activity, { what: 'detached' | 'went-offline' }>) {
  if (what === 'detached') return successorId === null ? 'detached' : 'detachedTo';
  return successorId === null ? 'wentOffline' : 'wentOfflineTo';
}

const byWhom = <What extends string>(author: Author, what: What) =>
  author.kind === 'agent' ? (`${what}ByAgent` as const) : (`${what}ByContact` as const);

const isBy = (author: Author, agentId: string) => author.kind === 'agent' && author.id === agentId;

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
