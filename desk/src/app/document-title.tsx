import { useStore } from './client.tsx';
import { isolated } from './isolated.ts';
import { useHasQueue } from './use-lists.ts';

/** How many conversations wait for this agent. */
export function useWaiting(): number {
  const hasQueue = useHasQueue();
  return useStore((store) => ((hasQueue && store.counts?.queue) || 0) + store.unreadOwn);
}

/** What waits for this agent stands in the tab's title: the queue, and own conversations with something unread. */
export function DocumentTitle({ page }: { page: string }) {
  const waiting = useWaiting();
  return <title>{`${waiting > 0 ? `(${waiting}) ` : ''}${isolated(page)} · Deskbell`}</title>;
}
