import type { ConversationId, List } from '@deskbell/contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { MessageCircleOff } from 'lucide-react';
import { useStore } from '../app/client.tsx';
import { useShortcut } from '../app/shortcuts.ts';
import { useTranslation } from '../app/use-translation.ts';
import { Composer } from '../features/composer/index.tsx';
import { useActions } from '../features/conversation-actions/index.tsx';
import { Timeline, TypingLine } from '../features/timeline/index.tsx';
import { buttonClasses } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { useIsMissing } from './use-is-missing.ts';

interface ConversationScreenProps {
  /** Where one came from, and goes back to. */
  list: List;
  conversationId: ConversationId;
}

/** One conversation in the middle of the desk: head, timeline, composer, each a feature of its own. */
export function ConversationScreen({ list, conversationId }: ConversationScreenProps) {
  const navigate = useNavigate();
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const actions = useActions(conversationId);
  const isMissing = useIsMissing(conversationId);
  useShortcut('back', () => {
    void navigate({ to: '/$list/{-$conversationId}', params: { list } });
  });
  if (isMissing) return <Missing list={list} />;
  return (
    <>
      {conversation ? (
        <ConversationHeader {...{ list, conversation, actions }} />
      ) : (
        <HeaderSkeleton />
      )}
      <Timeline conversationId={conversationId} />
      <TypingLine conversationId={conversationId} />
      <Composer conversationId={conversationId} actions={actions} />
    </>
  );
}

function Missing({ list }: { list: List }) {
  const { t } = useTranslation('conversation');
  return (
    <EmptyState
      icon={<MessageCircleOff />}
      title={t('missing.title')}
      action={
        <Link to="/$list/{-$conversationId}" params={{ list }} className={buttonClasses()}>
          {t('back')}
        </Link>
      }
    >
      {t('missing.text')}
    </EmptyState>
  );
}

function HeaderSkeleton() {
  return (
    <div className="flex min-h-15 shrink-0 items-center gap-3 border-line border-b px-4">
      <Skeleton className="size-8 rounded-full!" />
      <div className="flex flex-col gap-1.5">
        <Skeleton className="h-3.5 w-36" />
        <Skeleton className="h-3 w-24" />
      </div>
    </div>
  );
}
