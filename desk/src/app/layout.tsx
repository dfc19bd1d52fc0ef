import {
  createContext,
  type ReactNode,
  use,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { isBoolean, useKept } from './kept.ts';

/** How much room there is: one column, lists beside the conversation, or details beside it as well. */
export type Room = 'one' | 'two' | 'three';

export interface Layout {
  room: Room;
  /** Whether the details stand beside the conversation, or over it where there is no room. */
  isDetailsOpen: boolean;
  toggleDetails(): void;
  /** Folded away by the agent; never where they are alone. */
  isListFolded: boolean;
  toggleList(): void;
}

const LayoutContext = createContext<Layout | null>(null);

const two = '(min-width: 48rem)';
const three = '(min-width: 72rem)';

interface LayoutProviderProps {
  /** What is open in the middle: details that lie over it go with it. */
  conversationId: string | undefined;
  children: ReactNode;
}

export function LayoutProvider({ conversationId, children }: LayoutProviderProps) {
  const room = useRoom();
  const [isDocked, setDocked] = useKept('details-open', true, isBoolean);
  const [overWhat, setOverWhat] = useState<string | null>(null);
  const isOver = overWhat !== null && overWhat === conversationId;
  const [isFolded, setFolded] = useKept('lists-folded', false, isBoolean);
  // Not a part of what is handed on: another conversation is no reason to draw everything around it anew.
  const current = useRef(conversationId);
  useLayoutEffect(() => {
    current.current = conversationId;
  });
  const layout = useMemo(
    () => ({
      room,
      isDetailsOpen: room === 'three' ? isDocked : isOver,
      toggleDetails: () =>
        room === 'three'
          ? setDocked(!isDocked)
          : setOverWhat(isOver ? null : (current.current ?? null)),
      isListFolded: isFolded && room !== 'one',
      toggleList: () => setFolded(!isFolded),
    }),
    [room, isDocked, isOver, isFolded, setDocked, setFolded],
  );
  return <LayoutContext value={layout}>{children}</LayoutContext>;
}

export function useLayout(): Layout {
  const layout = use(LayoutContext);
  if (!layout) throw new Error('Outside of the desk');
  return layout;
}

function useRoom(): Room {
  return useSyncExternalStore(subscribe, roomNow);
}

function roomNow(): Room {
  if (matchMedia(three).matches) return 'three';
  return matchMedia(two).matches ? 'two' : 'one';
}

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(two), matchMedia(three)];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}
