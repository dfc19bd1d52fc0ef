import { createContext } from 'preact';
import { useContext, useEffect, useReducer, useState } from 'preact/hooks';
import { type Chat, watchLine } from './chat.ts';

export const ChatContext = createContext<Chat | null>(null);

/** The chat that this screen belongs to. */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error('a part of the chat stands outside of it');
  return chat;
}

/** Draws anew whenever the client's store changes. */
export function useStore(chat: Chat) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    redraw(undefined);
    return chat.client.subscribe(() => redraw(undefined));
  }, [chat]);
  return chat.client.store;
}

/** Whether the panel is open and its tab in view: only then somebody reads. */
export function useIsSeen({ page }: Chat): boolean {
  const [isSeen, setIsSeen] = useState(() => page.isOpen && !document.hidden);
  useEffect(() => {
    const look = () => setIsSeen(page.isOpen && !document.hidden);
    const leave = page.listen(look);
    document.addEventListener('visibilitychange', look);
    return () => {
      leave();
      document.removeEventListener('visibilitychange', look);
    };
  }, [page]);
  return isSeen;
}

export function useIsDown(chat: Chat): boolean {
  const [isDown, setIsDown] = useState(false);
  useEffect(() => watchLine(chat, setIsDown), [chat]);
  return isDown;
}

/** The time, often enough for "5 minutes ago". In ms since 1970. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
