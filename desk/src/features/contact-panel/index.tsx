import type { ConversationId, List } from '@deskbell/contract';
import { X } from 'lucide-react';
import { memo } from 'react';
import { useStore } from '../../app/client.tsx';
import { useLayout } from '../../app/layout.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ContactSection } from './contact-section.tsx';
import { ConversationSection } from './conversation-section.tsx';
import { History } from './history.tsx';
import { Section } from './section.tsx';
import { useContactName, useKnownName } from './use-names.ts';

/** The right side: who the contact is, the facts of the conversation, and their others. */
export const DetailsColumn = memo(function DetailsColumn({
  list,
  conversationId,
}: {
  /** In which one stays. */
  list: List;
  conversationId: ConversationId;
}) {
  const { t } = useTranslation('contactPanel');
  const { toggleDetails } = useLayout();
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const contact = useStore((store) => store.entities.contacts.get(conversation?.contactId ?? ''));
  const name = useContactName(conversation?.contactId);
  const knownName = useKnownName(conversation?.contactId);
  return (
    <>
      <header className="flex min-h-15 shrink-0 items-center justify-between border-line border-b px-4">
        <h2 className="font-semibold text-base">{t('title')}</h2>
        <IconButton label={t('close')} icon={<X />} size="small" onClick={toggleDetails} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        {conversation && contact ? (
          <>
            <div className="mb-4 flex items-center gap-3">
              <Avatar id={contact.id} name={knownName} size="large" />
              <p className="own-direction wrap-anywhere line-clamp-2 min-w-0 font-semibold text-lg">
                {name}
              </p>
            </div>
            <Section title={t('contact')}>
              <ContactSection key={contact.id} contact={contact} />
            </Section>
            <Section title={t('conversation')}>
              <ConversationSection conversation={conversation} />
            </Section>
            <History
              key={contact.id}
              list={list}
              contactId={contact.id}
              conversationId={conversationId}
            />
          </>
        ) : (
          <DetailsSkeleton />
        )}
      </div>
    </>
  );
});

function DetailsSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <Skeleton className="size-10 rounded-full!" />
        <Skeleton className="h-4 w-32" />
      </div>
      <Skeleton className="h-3 w-20" />
      <Skeleton className="h-4 w-48" />
      <Skeleton className="h-3 w-20" />
      <Skeleton className="h-4 w-40" />
    </div>
  );
}
