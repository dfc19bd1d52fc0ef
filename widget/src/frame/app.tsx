import type { ConversationId } from '@deskbell/contract';
import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import { applyAccent } from './accent.ts';
import type { Chat } from './chat.ts';
import { Composer } from './composer.tsx';
import { EndQuestion } from './end-question.tsx';
import { keepFocusWithin } from './focus.ts';
import { Header } from './header.tsx';
import { EarlierChat, History } from './history.tsx';
import { LineBar } from './line-bar.tsx';
import { LiveTimeline } from './live-timeline.tsx';
import { isToAnswer, PreChat } from './pre-chat.tsx';
import { ChatContext, useStore } from './use-chat.ts';

/** Where one is: in the chat, in the list of earlier ones, or in one of these. */
export type Place =
  | { name: 'chat' }
  | { name: 'history' }
  | { name: 'earlier'; id: ConversationId };

export function App({ chat }: { chat: Chat }) {
  const store = useStore(chat);
  const [place, setPlace] = useState<Place>({ name: 'chat' });
  const [isEnding, setIsEnding] = useState(false);
  const root = useRef<HTMLElement>(null);
  const color = store.site?.color;

  useEffect(() => {
    if (color) applyAccent(color);
  }, [color]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key === 'Escape' && !chat.page.isHosted) chat.page.tell({ t: 'close' });
      else if (event.key === 'Tab' && !chat.page.isHosted && root.current)
        keepFocusWithin(root.current, event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [chat]);

  return (
    <ChatContext.Provider value={chat}>
      <main ref={root} class="chat">
        <Header place={place} go={setPlace} onEnd={() => setIsEnding(true)} />
        <LineBar />
        {place.name === 'chat' && (
          <>
            <LiveTimeline />
            {isEnding ? <EndQuestion onDone={() => setIsEnding(false)} /> : <Below chat={chat} />}
          </>
        )}
        {place.name === 'history' && <History open={(id) => setPlace({ name: 'earlier', id })} />}
        {place.name === 'earlier' && <EarlierChat id={place.id} />}
      </main>
    </ChatContext.Provider>
  );
}

/** The questions where some are asked, else the field to write in. */
function Below({ chat }: { chat: Chat }) {
  const { site } = useStore(chat);
  const [, answered] = useReducer((count: number) => count + 1, 0);
  return site?.preChat && isToAnswer(chat, site) ? (
    <PreChat asked={site.preChat} onDone={() => answered(undefined)} />
  ) : (
    <Composer />
  );
}
