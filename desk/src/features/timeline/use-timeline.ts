import type { ConversationId } from '@deskbell/contract';
import type { TimelineHandle, TimelineView } from '@deskbell/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, useStore } from '../../app/client.tsx';

export interface LiveTimeline {
  view: TimelineView;
  /** Loads the page before the first, unless one is coming. */
  loadEarlier(): void;
  isLoadingEarlier: boolean;
  hasFailed: boolean;
}

/** A conversation's timeline, live for as long as it is shown. */
export function useTimeline(conversationId: ConversationId): LiveTimeline {
  const client = useClient();
  const view = useStore((store) => store.timeline(conversationId));
  const handle = useRef<TimelineHandle | null>(null);
  const [earlier, setEarlier] = useState<'idle' | 'loading' | 'failed'>('idle');
  // The watch lives outside of React: the server sends for as long as somebody holds it.
  useEffect(() => {
    handle.current = client.watch(conversationId);
    return () => handle.current?.close();
  }, [client, conversationId]);
  const loadEarlier = useCallback(() => {
    if (!handle.current) return;
    setEarlier('loading');
    void handle.current
      .loadEarlier()
      .then((refusal) => setEarlier(refusal === null ? 'idle' : 'failed'));
  }, []);
  return {
    view,
    loadEarlier,
    isLoadingEarlier: earlier === 'loading',
    hasFailed: earlier === 'failed',
  };
}
