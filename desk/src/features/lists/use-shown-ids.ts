import type { ConversationId, InboxId, List } from '@deskbell/contract';
import type { AgentStore, ListView } from '@deskbell/sdk';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useStore } from '../../app/client.tsx';
import { contactName } from '../contact-panel/contact-name.ts';
import { fold, isFound } from './list-search.ts';

export interface ListFilter {
  inboxId: InboxId | null;
  search: string;
}

export interface ShownList extends Pick<ListView, 'isLoaded' | 'hasMore'> {
  ids: readonly ConversationId[];
  /** How many are loaded, shown or not. */
  loaded: number;
}

/** The list as far as it is loaded, less what inbox and search leave out. */
export function useShownIds(list: List, filter: ListFilter): ShownList {
  const { t } = useTranslation('contactPanel');
  const { store } = useClient();
  const view = useStore((held) => held.list(list));
  // A letter appears at once; what it finds may come a frame later.
  const search = fold(useDeferredValue(filter.search));
  const { inboxId } = filter;
  const isAll = inboxId === null && search === '';
  const conversations = useStore((held) => (isAll ? null : held.entities.conversations.all()));
  const contacts = useStore((held) => (search === '' ? null : held.entities.contacts.all()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: conversations and contacts say when to look again
  const ids = useMemo(() => {
    if (isAll) return view.ids;
    const visitor = (tag: string) => t('visitor', { tag });
    return view.ids.filter((id) => isShown(store, id, { inboxId, search, visitor }));
  }, [view.ids, conversations, contacts, isAll, inboxId, search, store, t]);
  return { ids, isLoaded: view.isLoaded, hasMore: view.hasMore, loaded: view.ids.length };
}

interface Wanted extends ListFilter {
  visitor(tag: string): string;
}

function isShown(store: AgentStore, id: ConversationId, { inboxId, search, visitor }: Wanted) {
  const conversation = store.entities.conversations.get(id);
  if (!conversation || (inboxId !== null && conversation.inboxId !== inboxId)) return false;
  if (search === '') return true;
  const { contactId } = conversation;
  const contact = store.entities.contacts.get(contactId);
  return isFound(conversation, { contact, name: contactName(contact, contactId, visitor) }, search);
}
