import type { ConversationId, List } from '@deskbell/contract';
import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, useMemo } from 'react';

interface CardLinks {
  /** Of the list; a conversation's has its id behind it. */
  address: string;
  open(event: MouseEvent, id: ConversationId): void;
}

const to = '/$list/{-$conversationId}';

/**
 * Where the cards of a list lead. Of the router's own links each listens to it, and builds its address at every
 * drawing; here one address serves them all.
 */
export function useCardLinks(list: List): CardLinks {
  const router = useRouter();
  return useMemo(
    () => ({
      address: router.buildLocation({ to, params: { list } }).publicHref,
      open(event, conversationId) {
        if (!isForThisPage(event)) return;
        event.preventDefault();
        void router.navigate({ to, params: { list, conversationId } });
      },
    }),
    [router, list],
  );
}

/** Not for a new tab or window, which is the browser's to open. */
function isForThisPage(event: MouseEvent): boolean {
  const { button, metaKey, ctrlKey, shiftKey, altKey, defaultPrevented } = event;
  return button === 0 && !(metaKey || ctrlKey || shiftKey || altKey || defaultPrevented);
}
