import { useStore } from './client.tsx';

/** What waits for this agent stands in the tab's title: the queue, and own conversations with something unread. */
export function DocumentTitle({ page }: { page: string }) {
  const waiting = useStore(
    (store) =>
      (store.counts?.queue ?? 0) +
      store.list('mine').ids.filter((id) => store.unread(id) > 0).length,
  );
  return <title>{`${waiting > 0 ? `(${waiting}) ` : ''}${page} · Deskbell`}</title>;
}
