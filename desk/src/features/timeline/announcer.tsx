import type { ConversationId } from '@deskbell/contract';
import { plainText } from '@deskbell/contract/markdown';
import type { TimelineItem } from '@deskbell/sdk';
import { useStore } from '../../app/client.tsx';
import { useContactName } from '../contact-panel/use-names.ts';

interface AnnouncerProps {
  conversationId: ConversationId;
  items: readonly TimelineItem[];
}

/** Reads the contact's newest message out. The rows themselves can't: scrolling makes them come and go. */
export function Announcer({ conversationId, items }: AnnouncerProps) {
  const conversation = useStore((store) => store.entities.conversations.get(conversationId));
  const name = useContactName(conversation?.contactId);
  const last = items.findLast(({ state }) => state === 'stored');
  const entry = last?.state === 'stored' ? last.entry : undefined;
  const isSaid = entry?.kind === 'message' && entry.author.kind === 'contact';
  return (
    <div aria-live="polite" className="sr-only">
      {isSaid && `${name}: ${plainText(entry.text)}`}
    </div>
  );
}
