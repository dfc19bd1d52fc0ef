import type { ConversationId, Refused } from '@deskbell/contract';
import { storedItem } from '@deskbell/sdk/overlay';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { Waiting } from './live-timeline.tsx';
import { rowsOf } from './rows.ts';
import { ScrollingRows } from './scrolling-rows.tsx';
import { dayNumberIn } from './times.ts';
import { useChat, useNow, useStore } from './use-chat.ts';

type Loading = 'loading' | 'loaded' | 'failed';
const dayNumber = dayNumberIn();

/** Loads at once, and again when asked. */
function useLoading(load: () => Promise<Refused | null>): [Loading, () => void] {
  const [state, setState] = useState<Loading>('loading');
  const start = useCallback(() => {
    setState('loading');
    load().then(
      (refused) => setState(refused ? 'failed' : 'loaded'),
      () => setState('failed'),
    );
  }, [load]);
  useEffect(start, [start]);
  return [state, start];
}

/** The visitor's earlier chats, the newest first. */
export function History({ open }: { open(id: ConversationId): void }) {
  const chat = useChat();
  const { client, language, times } = chat;
  const { words } = language;
  const store = useStore(chat);
  const now = useNow();
  const [state, reload] = useLoading(useCallback(() => client.loadConversations(), [client]));
  const current = store.current?.id;
  const earlier = store.conversations
    .all()
    .filter(({ id }) => id !== current)
    .sort((one, other) => other.openedAt - one.openedAt);

  if (earlier.length === 0 && state === 'loading') return <Waiting label={words.loading} />;
  if (state === 'failed') return <Failed retry={reload} />;
  if (earlier.length === 0)
    return (
      <div class="scroll nothing">
        <Icon name="clock" />
        <p>{words.noHistory}</p>
      </div>
    );
  return (
    <ul class="scroll history">
      {earlier.map(({ id, assigneeId, openedAt }) => {
        const face = assigneeId ? store.agents.get(assigneeId) : undefined;
        const name = face?.name || null;
        return (
          <li key={id}>
            <button type="button" onClick={() => open(id)}>
              <Avatar name={name ?? store.site?.name ?? ''} picture={face?.picture} />
              <span class="history-text">
                <strong>{name ? words.chatWith(name) : words.chatAlone}</strong>
                <time dateTime={new Date(openedAt).toISOString()} title={times.exact(openedAt)}>
                  {times.day(openedAt, now)}, {times.relative(openedAt, now)}
                </time>
              </span>
              <Icon name="next" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** One earlier chat, to read. */
export function EarlierChat({ id }: { id: ConversationId }) {
  const chat = useChat();
  const { client, language } = chat;
  const store = useStore(chat);
  const [state, reload] = useLoading(
    useCallback(
      async () => (store.timelines.get(id)?.isLoaded ? null : client.loadEarlier(id)),
      [client, id, store],
    ),
  );
  if (state === 'failed') return <Failed retry={reload} />;
  if (state === 'loading') return <Waiting label={language.words.loading} />;
  const hasEarlier = (store.timelines.get(id)?.earlierThan ?? null) !== null;
  return (
    <ScrollingRows
      rows={rowsOf(store.entries(id).map(storedItem), { receipt: null, readUpTo: null, dayNumber })}
      isLive={false}
      loadEarlier={hasEarlier ? () => client.loadEarlier(id) : null}
    />
  );
}

function Failed({ retry }: { retry(): void }) {
  const { words } = useChat().language;
  return (
    <div class="scroll nothing" role="alert">
      <Icon name="alert" />
      <p>{words.loadFailed}</p>
      <button type="button" class="button" onClick={retry}>
        {words.retry}
      </button>
    </div>
  );
}
