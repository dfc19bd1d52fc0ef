import type { Inbox } from '@deskbell/contract';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Inbox as InboxIcon } from 'lucide-react';
import { useStore } from '../../app/client.tsx';
import { Forbidden } from '../../app/forbidden.tsx';
import { Page } from '../../app/page.tsx';
import { useSession } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { buttonClasses } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { InboxDomains } from './inbox-domains.tsx';
import { InboxForm } from './inbox-form.tsx';
import { InboxLook } from './inbox-look.tsx';
import { InboxMembers } from './inbox-members.tsx';
import { InboxRules } from './inbox-rules.tsx';
import { InboxSite } from './inbox-site.tsx';
import { InboxWords } from './inbox-words.tsx';
import { SavedMark } from './saved-mark.tsx';
import type { Topic } from './topic.ts';
import { topicIcons, topicsFor } from './topics.ts';
import { useActiveInSight } from './use-active-in-sight.ts';
import { type InboxDraft, useInboxDraft } from './use-inbox-draft.ts';
import { WidgetPreview } from './widget-preview.tsx';

const route = getRouteApi('/desk/shell/settings/inboxes/$inboxId/$topic');

/** One page about one inbox. */
export function InboxScreen() {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const { inboxId, topic } = route.useParams();
  const inbox = useStore((store) => store.entities.inboxes.get(inboxId));
  const isLoaded = useStore((store) => store.me !== null);
  const isMine = topicsFor(may.changeSettings).includes(topic);
  if (inbox && isMine) return <InboxTopic key={inbox.id} inbox={inbox} topic={topic} />;
  if (!isMine)
    return (
      <Page title={t(`topics.${topic}.title`)}>
        <Forbidden />
      </Page>
    );
  return (
    <Page title={t(`topics.${topic}.title`)}>
      {isLoaded ? (
        <EmptyState
          icon={<InboxIcon />}
          title={t('gone.title')}
          action={
            <Link to="/settings/inboxes" className={buttonClasses({ look: 'primary' })}>
              {t('gone.back')}
            </Link>
          }
        >
          {t('gone.text')}
        </EmptyState>
      ) : (
        <div role="status" className="space-y-3">
          <span className="sr-only">{t('loading')}</span>
          <Skeleton className="h-10 rounded-xl" />
          <Skeleton className="h-40 rounded-xl" />
        </div>
      )}
    </Page>
  );
}

function InboxTopic({ inbox: saved, topic }: { inbox: Inbox; topic: Topic }) {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const draft = useInboxDraft(saved);
  const isShown = topic === 'look' || topic === 'words' || topic === 'form';
  return (
    <Page
      title={t(`topics.${topic}.title`)}
      text={t(`topics.${topic}.text`, { inbox: saved.name })}
      // All of them begin at the same edge, with a preview beside or without.
      isWide
      actions={
        may.changeSettings &&
        topic !== 'members' &&
        topic !== 'rules' && <SavedMark draft={draft} />
      }
    >
      <TopicTabs inbox={saved} />
      <div className={isShown ? 'grid items-start gap-8 xl:grid-cols-[1fr_27rem]' : 'max-w-174'}>
        <div className="flex min-w-0 flex-col gap-6">
          <TopicContent topic={topic} saved={saved} draft={draft} mayChange={may.changeSettings} />
        </div>
        {isShown && (
          <WidgetPreview key={topic} inbox={draft.inbox} isOpenFirst={topic !== 'look'} />
        )}
      </div>
    </Page>
  );
}

interface TopicContentProps {
  topic: Topic;
  saved: Inbox;
  draft: InboxDraft;
  mayChange: boolean;
}

function TopicContent({ topic, saved, draft, mayChange }: TopicContentProps) {
  switch (topic) {
    case 'look':
      return <InboxLook draft={draft} />;
    case 'words':
      return <InboxWords draft={draft} />;
    case 'form':
      return <InboxForm draft={draft} />;
    case 'rules':
      return <InboxRules inbox={saved} />;
    case 'site':
      return <InboxSite inbox={saved} />;
    case 'domains':
      return <InboxDomains inbox={saved} />;
    case 'members':
      return <InboxMembers inbox={saved} mayChange={mayChange} />;
  }
}

/** The pages of this inbox where there is no room for the column beside. */
function TopicTabs({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation('settings');
  const { may } = useSession();
  const row = useActiveInSight<HTMLElement>();
  return (
    <nav
      ref={row}
      aria-label={t('shell.pages', { inbox: inbox.name })}
      className="faded-row -mx-4 mb-5 flex gap-1 overflow-x-auto px-4 [scrollbar-width:none] md:hidden"
    >
      {topicsFor(may.changeSettings).map((topic) => {
        const Icon = topicIcons[topic];
        return (
          <Link
            key={topic}
            to="/settings/inboxes/$inboxId/$topic"
            params={{ inboxId: inbox.id, topic }}
            className="flex h-8 pointer-coarse:h-10 shrink-0 items-center gap-1.5 rounded-full border border-line px-3 text-muted text-sm [&.active]:border-accent-line [&.active]:bg-selected [&.active]:font-medium [&.active]:text-accent-text [&_svg]:size-4"
          >
            <Icon aria-hidden="true" />
            {t(`topics.${topic}.title`)}
          </Link>
        );
      })}
    </nav>
  );
}
