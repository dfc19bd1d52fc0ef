import type { Contact, Conversation } from '@deskbell/contract';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useStore } from '../../app/client.tsx';
import { useMe } from '../../app/session-context.tsx';
import { useTranslation } from '../../app/use-translation.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { contactName, knownName } from '../contact-panel/contact-name.ts';
import { previewOf } from '../lists/preview.ts';
import type { Entry } from './entry.ts';

/** The conversations that the desk holds, one's own first, then by their last message. */
export function useConversationEntries(): Entry[] {
  const { t } = useTranslation('commandBar');
  const { t: tContact } = useTranslation('contactPanel');
  const navigate = useNavigate();
  const me = useMe();
  const held = useStore((store) => store.entities.conversations);
  const contacts = useStore((store) => store.entities.contacts);
  const known = useStore(
    ({ entities }) => entities.conversations.all().length + entities.contacts.all().length,
  );
  // As it is when the bar is opened, so that nothing moves under the arrow keys; only what the desk
  // didn't hold yet (the bar can be open before the lists have come) joins it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both tables stay the same objects
  return useMemo(() => {
    const entryOf = (conversation: Conversation, contact: Contact | undefined): Entry => {
      const { id, contactId, lastMessage, status } = conversation;
      const name = contactName(contact, contactId, (tag) => tContact('visitor', { tag }));
      const said = lastMessage ? previewOf(lastMessage.text) : '';
      return {
        id,
        group: 'conversations',
        label: name,
        detail: `${t(`status.${status}`)} · ${said}`,
        words: [name, contact?.email ?? '', said],
        icon: <Avatar id={contactId} name={knownName(contact)} size="tiny" />,
        run: () =>
          void navigate({
            to: '/$list/{-$conversationId}',
            params: { list: status === 'closed' ? 'closed' : 'open', conversationId: id },
          }),
      };
    };
    const isMine = (conversation: Conversation) =>
      Number(conversation.status !== 'closed' && conversation.assigneeId === me.id);
    return [...held.all()]
      .sort(
        (one, other) =>
          isMine(other) - isMine(one) || (other.lastMessage?.at ?? 0) - (one.lastMessage?.at ?? 0),
      )
      .map((conversation) => entryOf(conversation, contacts.get(conversation.contactId)));
  }, [held, contacts, known, me.id, navigate, t, tContact]);
}
